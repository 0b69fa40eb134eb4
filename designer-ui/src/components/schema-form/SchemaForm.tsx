import { Accordion, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../i18n';
import { isObject, type Schema } from '../../lib/schema';
import { isFor } from '../../lib/when';
import { withValue, type FieldRenderer } from './schema';
import { SchemaField } from './SchemaField';

interface SchemaFormProps {
  schema: Schema;
  value: Record<string, unknown>;
  /** Told with the name of the property that changed. */
  onChange: (value: Record<string, unknown>, name: string) => void;
  /** Messages by field path: `url`, `headers.accept`. */
  errors?: Record<string, string>;
  /** Secrets that are stored already: left empty they stay as they are. */
  storedSecrets?: readonly string[];
  renderField?: FieldRenderer;
  /** Fields that are shown elsewhere. */
  elsewhere?: readonly string[];
}

/** A form from a JSON Schema: one field for each property, nested objects, lists and any JSON included. */
export function SchemaForm({ schema, value, onChange, errors = {}, storedSecrets = [], renderField, elsewhere = [] }: SchemaFormProps) {
  const siblings = schema.properties ?? {};
  const fields = Object.entries(siblings).filter(([name, property]) => !elsewhere.includes(name) && isFor(property, isObject(value) ? value : {}, siblings));
  const show = ([name, property]: [string, Schema]): ReactNode => (
    <SchemaField
      key={name}
      path={name}
      name={name}
      schema={property}
      root={schema}
      required={schema.required?.includes(name) ?? false}
      value={isObject(value) ? value[name] : undefined}
      onChange={(next) => onChange(withValue(value, name, next, storedSecrets), name)}
      errors={errors}
      storedSecrets={storedSecrets}
      renderField={renderField}
    />
  );
  const isAdvanced = ([, property]: [string, Schema]): boolean => property['x-advanced'] === true;
  const advanced = fields.filter(isAdvanced);
  return (
    <Stack gap="sm">
      {fields.filter((field) => !isAdvanced(field)).map(show)}
      {advanced.length > 0 && (
        <Accordion variant="separated" radius="md">
          <Accordion.Item value="advanced">
            <Accordion.Control>
              <Text size="sm" fw={600}>
                {t('More settings')}
              </Text>
            </Accordion.Control>
            <Accordion.Panel>
              <Stack gap="sm">{advanced.map(show)}</Stack>
            </Accordion.Panel>
          </Accordion.Item>
        </Accordion>
      )}
    </Stack>
  );
}
