import { ActionIcon, Fieldset, MultiSelect, NumberInput, Select, Stack, Switch, TagsInput, TextInput, Tooltip } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { JsonSchema } from '../../../diagram';
import { isJsonObject } from '../../../diagram/dialect';
import { resolve, typeOf } from '../state/example';
import type { Scope } from '../state/scope';
import { ExpressionField } from './ExpressionField';
import { JsonField } from './JsonField';
import { MapField } from './MapField';

export interface SchemaFieldProps {
  name: string;
  schema: JsonSchema;
  root: JsonSchema;
  required: boolean;
  value: unknown;
  onChange(value: unknown): void;
  scope: Scope;
  error?: string;
  /** Settings that are read before any data is there take no expressions. */
  constant?: boolean;
}

/** One field of a form, by its JSON Schema. Every field takes an expression in place of its value. */
export function SchemaField(props: SchemaFieldProps) {
  const schema = simplified(props.schema, props.root);
  const common = {
    id: props.name,
    label: schema.title ?? humanize(props.name),
    description: schema.description,
    required: props.required,
    error: props.error,
    scope: props.scope,
  };
  const { value, onChange, constant } = props;
  const type = typeOf(schema);
  const mantine = { label: common.label, description: common.description, withAsterisk: common.required, error: common.error, 'data-testid': `field-${props.name}` };
  if (typeof value === 'string' && value.includes('{{') && type !== 'string' && type !== 'object' && type !== undefined) {
    const back = constant ? undefined : <Toggle on label={common.label} onClick={() => onChange(undefined)} />;
    return <ExpressionField {...common} value={value} onChange={onChange} aside={back} />;
  }
  const toExpression: ReactNode = constant ? null : <Toggle label={common.label} onClick={() => onChange('{{  }}')} />;
  if (type === 'array' && enumOf(schema.items)) {
    return <MultiSelect {...mantine} data={texts(enumOf(schema.items))} value={texts(value)} onChange={(next) => onChange(next)} searchable />;
  }
  if (schema.enum) {
    if (typeof value === 'string' && value.includes('{{')) return <ExpressionField {...common} value={value} onChange={onChange} />;
    return <Select {...mantine} data={texts(schema.enum)} value={textOrNull(value)} onChange={(next) => onChange(next ?? undefined)} clearable={!props.required} placeholder={placeholderOf(schema) ?? 'Choose…'} comboboxProps={{ withinPortal: true }} />;
  }
  switch (type) {
    case 'string':
      if (constant) return <TextInput {...mantine} value={textOrNull(value) ?? ''} placeholder={placeholderOf(schema)} onChange={(event) => onChange(event.currentTarget.value)} />;
      return <ExpressionField {...common} value={textOrNull(value) ?? ''} onChange={onChange} multiline={isMultiline(schema)} placeholder={placeholderOf(schema)} />;
    case 'integer':
    case 'number':
      return <NumberInput {...mantine} value={typeof value === 'number' ? value : ''} placeholder={placeholderOf(schema)} allowDecimal={type === 'number'} min={numberOf(schema.minimum)} max={numberOf(schema.maximum)} onChange={(next) => onChange(next === '' ? undefined : Number(next))} rightSection={toExpression} />;
    case 'boolean':
      return <Switch label={common.label} description={common.description} error={common.error} checked={Boolean(value ?? schema.default)} onChange={(event) => onChange(event.currentTarget.checked)} data-testid={`field-${props.name}`} />;
    case 'array':
      if (isTextList(schema) && constant) return <TagsInput {...mantine} value={texts(value)} onChange={onChange} />;
      return <JsonField {...common} value={value} onChange={onChange} />;
    case 'object':
      if (schema.properties) return <ObjectField {...props} schema={schema} label={common.label} />;
      if (isMapOfTexts(schema) && (value === undefined || isTextMap(value))) return <MapField {...common} value={value ?? {}} onChange={onChange} />;
      return <JsonField {...common} value={value} onChange={onChange} />;
    default:
      return <JsonField {...common} value={value} onChange={onChange} />;
  }
}

function ObjectField({ schema, root, value, onChange, scope, name, label, constant }: SchemaFieldProps & { label: string }) {
  const object = isJsonObject(value) ? value : {};
  const set = (key: string, next: unknown): void => {
    const merged = Object.fromEntries(Object.entries({ ...object, [key]: next }).filter(([, item]) => item !== undefined && item !== ''));
    onChange(Object.keys(merged).length > 0 ? merged : undefined);
  };
  return (
    <Fieldset legend={label} variant="filled" p="sm">
      <Stack gap="sm">
        {Object.entries(schema.properties ?? {}).map(([key, property]) => (
          <SchemaField key={key} name={`${name}.${key}`} schema={property} root={root} required={schema.required?.includes(key) ?? false} value={object[key]} onChange={(next) => set(key, next)} scope={scope} constant={constant} />
        ))}
      </Stack>
    </Fieldset>
  );
}

function Toggle({ label, onClick, on }: { label: string; onClick(): void; on?: boolean }) {
  const text = on ? `Choose ${label} by hand` : `Use data for ${label}`;
  return (
    <Tooltip label={text}>
      <ActionIcon size="sm" variant={on ? 'light' : 'subtle'} color={on ? 'violet' : 'gray'} aria-label={text} onClick={onClick}>
        <IconBraces size={14} />
      </ActionIcon>
    </Tooltip>
  );
}

/** References followed, and `null` taken out of what may be null. */
function simplified(schema: JsonSchema, root: JsonSchema): JsonSchema {
  const { $ref, ...own } = schema;
  if ($ref) return simplified({ ...resolve($ref, root), ...own }, root);
  const options = (schema.anyOf ?? schema.oneOf)?.filter((option) => option.type !== 'null');
  if (options?.length === 1) return simplified({ ...options[0], ...own, anyOf: undefined, oneOf: undefined }, root);
  return schema;
}

export function humanize(name: string): string {
  const words = (name.split('.').pop() ?? name).replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[_-]/g, ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function isMultiline(schema: JsonSchema): boolean {
  return schema['x-multiline'] === true || schema.format === 'multiline' || schema.format === 'textarea' || schema['x-widget'] === 'textarea';
}

function isMapOfTexts(schema: JsonSchema): boolean {
  return typeof schema.additionalProperties === 'object' && ['string', undefined].includes(typeOf(schema.additionalProperties));
}

function isTextMap(value: unknown): value is Record<string, string> {
  return isJsonObject(value) && Object.values(value).every((each) => typeof each === 'string');
}

function isTextList(schema: JsonSchema): boolean {
  return typeof schema.items === 'object' && typeOf(schema.items) === 'string';
}

function enumOf(items: JsonSchema | boolean | undefined): unknown[] | undefined {
  return typeof items === 'object' ? items.enum : undefined;
}

function placeholderOf(schema: JsonSchema): string | undefined {
  const example = schema.default ?? (Array.isArray(schema.examples) ? (schema.examples[0] as unknown) : undefined);
  return example === undefined ? undefined : String(example);
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => item !== null).map(String) : [];
}

function textOrNull(value: unknown): string | null {
  return value === undefined || value === null ? null : typeof value === 'string' ? value : JSON.stringify(value);
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
