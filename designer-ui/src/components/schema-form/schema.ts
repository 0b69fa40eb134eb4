import type { ReactNode } from 'react';

/** A JSON Schema, as far as forms read it. */
export interface Schema {
  type?: string | string[];
  title?: string;
  description?: string;
  format?: string;
  default?: unknown;
  enum?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema | boolean;
  additionalProperties?: Schema | boolean;
  anyOf?: Schema[];
  writeOnly?: boolean;
  minimum?: number;
  maximum?: number;
  $ref?: string;
  $defs?: Record<string, Schema>;
  [keyword: string]: unknown;
}

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

export type FieldRenderer = (props: FieldProps) => ReactNode | undefined;

export const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The schema behind a reference, without the `null` that only says that a field may be absent. */
export function resolved(schema: Schema, root: Schema): Schema {
  if (schema.$ref?.startsWith('#/$defs/')) {
    const target = root.$defs?.[schema.$ref.slice('#/$defs/'.length)];
    if (target) return resolved({ ...target, ...without(schema, '$ref') }, root);
  }
  const choices = schema.anyOf?.filter((choice) => choice.type !== 'null');
  if (choices?.length === 1 && choices[0]) return resolved({ ...choices[0], ...without(schema, 'anyOf') }, root);
  return schema;
}

export function typeOf(schema: Schema): string | undefined {
  const type = Array.isArray(schema.type) ? schema.type.find((each) => each !== 'null') : schema.type;
  return type ?? (schema.properties ? 'object' : undefined);
}

/** `apiKey` as a person writes it: `Api key`. */
export function labelOf(name: string, schema: Schema): string {
  if (schema.title) return schema.title;
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/[-_]/g, ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function without(schema: Schema, key: string): Schema {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== key));
}
