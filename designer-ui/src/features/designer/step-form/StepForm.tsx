import { Accordion, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { JsonSchema } from '../../../diagram';
import type { JsonObject } from '../../../diagram/dialect';
import type { Scope } from '../state/scope';
import { JsonField } from './JsonField';
import { SchemaField } from './SchemaField';

interface StepFormProps {
  schema: JsonSchema;
  values: JsonObject;
  onChange(values: JsonObject, field: string): void;
  scope: Scope;
  errors?: Record<string, string>;
  constant?: boolean;
  /** Fields that something better than their schema shows. */
  special?: Record<string, (value: unknown, set: (value: unknown) => void) => ReactNode>;
}

/** The settings of a step, from the schema of its inputs. */
export function StepForm({ schema, values, onChange, scope, errors = {}, constant, special = {} }: StepFormProps) {
  const fields = Object.entries(schema.properties ?? {});
  if (fields.length === 0 && schema.additionalProperties !== false && typeof schema.properties !== 'object') {
    return <JsonField id="inputs" label="Settings" scope={scope} value={values} onChange={(value) => onChange((value ?? {}) as JsonObject, 'inputs')} />;
  }
  const show = ([name, property]: [string, JsonSchema]): ReactNode => {
    const set = (value: unknown): void => onChange({ ...values, [name]: value }, name);
    const own = special[name];
    if (own) return <div key={name}>{own(values[name], set)}</div>;
    return (
      <SchemaField key={name} name={name} schema={property} root={schema} required={schema.required?.includes(name) ?? false} value={values[name]} onChange={set} scope={scope} error={errors[name]} constant={constant} />
    );
  };
  const isAdvanced = ([, property]: [string, JsonSchema]): boolean => property['x-advanced'] === true;
  const advanced = fields.filter(isAdvanced);
  return (
    <Stack gap="md">
      {fields.filter((field) => !isAdvanced(field)).map(show)}
      {advanced.length > 0 && (
        <Accordion variant="separated" radius="md">
          <Accordion.Item value="advanced">
            <Accordion.Control>
              <Text size="sm" fw={600}>
                More settings
              </Text>
            </Accordion.Control>
            <Accordion.Panel>
              <Stack gap="md">{advanced.map(show)}</Stack>
            </Accordion.Panel>
          </Accordion.Item>
        </Accordion>
      )}
    </Stack>
  );
}
