import type { ReactNode } from 'react';
import type { Schema } from '../../lib/schema';

export interface FieldProps {
  /** Where the value is in the form's: `headers.accept`. */
  path: string;
  name: string;
  schema: Schema;
  root: Schema;
  required: boolean;
  value: unknown;
  onChange: (value: unknown) => void;
  errors: Record<string, string>;
  storedSecrets: readonly string[];
  renderField?: FieldRenderer;
}

/** Draws a field in its own way; `undefined` leaves it to the form. Its schema has its references resolved. */
export type FieldRenderer = (props: FieldProps) => ReactNode | undefined;

/** A value with one property changed; what is empty is left out of it, except for a stored secret: an empty text takes it away. */
export function withValue(value: Record<string, unknown>, name: string, next: unknown, storedSecrets: readonly string[] = []): Record<string, unknown> {
  const entries = Object.entries({ ...value, [name]: next });
  return Object.fromEntries(entries.filter(([key, each]) => key !== name || (each !== undefined && (each !== '' || storedSecrets.includes(name)))));
}
