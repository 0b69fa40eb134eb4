import { Fieldset, NumberInput, PasswordInput, Select, Stack, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import { t } from '../../i18n';
import { JsonInput } from './JsonInput';
import { isObject, labelOf, resolved, typeOf, type FieldProps, type Schema } from './schema';

/** One field, by what its schema says it holds. */
export function SchemaField(props: FieldProps) {
  const schema = resolved(props.schema, props.root);
  const custom = props.renderField?.({ ...props, schema });
  if (custom !== undefined) return custom;
  const type = typeOf(schema);
  if (type === 'object' && schema.properties) return <Nested {...props} schema={schema} />;
  const { value, onChange } = props;
  const common = {
    label: labelOf(props.name, schema),
    description: schema.description,
    required: props.required,
    error: props.errors[props.path],
    name: props.path,
  };
  const text = typeof value === 'string' ? value : '';
  if (isSecret(schema)) {
    const stored = props.storedSecrets.includes(props.name);
    return <PasswordInput {...common} required={props.required && !stored} placeholder={stored ? t('Stored. Leave empty to keep it.') : undefined} autoComplete="new-password" value={text} onChange={(event) => onChange(event.currentTarget.value)} />;
  }
  if (schema.enum) {
    return <Select {...common} data={schema.enum.filter((each) => each !== null).map(String)} value={text || defaultText(schema) || null} onChange={(next) => onChange(next ?? undefined)} clearable={!props.required} />;
  }
  switch (type) {
    case 'boolean':
      return <Switch {...common} checked={Boolean(value ?? schema.default)} onChange={(event) => onChange(event.currentTarget.checked)} />;
    case 'integer':
    case 'number':
      return <NumberInput {...common} value={typeof value === 'number' ? value : ''} min={schema.minimum} max={schema.maximum} allowDecimal={type === 'number'} placeholder={defaultText(schema)} onChange={(next) => onChange(next === '' ? undefined : Number(next))} />;
    case 'array':
      if (typeOf(isObject(schema.items) ? (schema.items as Schema) : {}) === 'string') {
        return <TagsInput {...common} value={Array.isArray(value) ? value.map(String) : []} onChange={onChange} placeholder={t('Type and press Enter')} />;
      }
      return <JsonInput {...common} value={value} onChange={onChange} />;
    case 'string':
      if (schema.format === 'multiline' || schema['x-multiline'] === true) {
        return <Textarea {...common} autosize minRows={3} maxRows={12} value={text} placeholder={defaultText(schema)} onChange={(event) => onChange(event.currentTarget.value)} />;
      }
      return <TextInput {...common} value={text} type={schema.format === 'email' ? 'email' : schema.format === 'uri' ? 'url' : 'text'} placeholder={defaultText(schema)} onChange={(event) => onChange(event.currentTarget.value)} />;
    default:
      return <JsonInput {...common} value={value} onChange={onChange} />;
  }
}

function Nested(props: FieldProps) {
  const value = isObject(props.value) ? props.value : {};
  return (
    <Fieldset legend={labelOf(props.name, props.schema)} variant="filled">
      <Stack gap="sm">
        {Object.entries(props.schema.properties ?? {}).map(([name, property]) => (
          <SchemaField
            {...props}
            key={name}
            path={`${props.path}.${name}`}
            name={name}
            schema={property}
            required={props.schema.required?.includes(name) ?? false}
            value={value[name]}
            onChange={(next) => props.onChange({ ...value, [name]: next })}
          />
        ))}
      </Stack>
    </Fieldset>
  );
}

const isSecret = (schema: Schema): boolean => schema.writeOnly === true || schema.format === 'password';

function defaultText(schema: Schema): string | undefined {
  return schema.default === undefined || schema.default === null ? undefined : String(schema.default);
}
