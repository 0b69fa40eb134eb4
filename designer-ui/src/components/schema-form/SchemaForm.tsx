import { Stack } from '@mantine/core';
import { isObject, type FieldRenderer, type Schema } from './schema';
import { SchemaField } from './SchemaField';

interface SchemaFormProps {
  schema: Schema;
  value: Record<string, unknown>;
  onChange: (value: Record<string, unknown>) => void;
  /** Messages by field path: `url`, `headers.accept`. */
  errors?: Record<string, string>;
  /** Secrets that are stored already: left empty they stay as they are. */
  storedSecrets?: readonly string[];
  /** Draws a field in its own way, as the designer does for expressions; `undefined` leaves it to the form. */
  renderField?: FieldRenderer;
}

/** A form from a JSON Schema: one field for each property, nested objects, lists, maps and any JSON included. */
export function SchemaForm({ schema, value, onChange, errors = {}, storedSecrets = [], renderField }: SchemaFormProps) {
  const properties = Object.entries(schema.properties ?? {});
  return (
    <Stack gap="sm">
      {properties.map(([name, property]) => (
        <SchemaField
          key={name}
          path={name}
          name={name}
          schema={property}
          root={schema}
          required={schema.required?.includes(name) ?? false}
          value={isObject(value) ? value[name] : undefined}
          onChange={(next) => onChange(withValue(value, name, next))}
          errors={errors}
          storedSecrets={storedSecrets}
          renderField={renderField}
        />
      ))}
    </Stack>
  );
}

export function withValue(value: Record<string, unknown>, name: string, next: unknown): Record<string, unknown> {
  const entries = Object.entries({ ...value, [name]: next });
  return Object.fromEntries(entries.filter(([key, each]) => key !== name || (each !== undefined && each !== '')));
}
