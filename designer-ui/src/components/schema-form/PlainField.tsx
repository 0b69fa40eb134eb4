import { MultiSelect, NumberInput, Select, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../i18n';
import { isMultiline, isSecret, itemsOf, labelOf, placeholderOf, typeOf } from '../../lib/schema';
import { JsonInput } from './JsonInput';
import { SecretField } from './SecretField';
import type { FieldProps } from './schema';

/** One value by what its schema says it holds. `aside` stands within a field that has room for it. */
export function PlainField({ aside, ...props }: FieldProps & { aside?: ReactNode }) {
  const { schema, value, onChange } = props;
  const common = {
    label: labelOf(props.name, schema),
    description: schema.description,
    required: props.required,
    error: props.errors[props.path],
    name: props.path,
    'data-testid': `field-${props.path}`,
  };
  const text = value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  if (isSecret(schema)) return <SecretField {...props} />;
  if (schema.enum) {
    const options = schema.enum.filter((each) => each !== null);
    return <Select {...common} data={options.map(String)} value={text || null} onChange={(next) => onChange(options.find((each) => String(each) === next))} clearable={!props.required} placeholder={placeholderOf(schema) ?? t('Choose…')} comboboxProps={{ withinPortal: true }} />;
  }
  switch (typeOf(schema)) {
    case 'boolean':
      // a switch that is off is an answer too: `required` would ask for it to be on
      return <Switch {...common} required={false} checked={Boolean(value ?? schema.default)} onChange={(event) => onChange(event.currentTarget.checked)} />;
    case 'integer':
    case 'number':
      return <NumberInput {...common} value={typeof value === 'number' ? value : ''} min={schema.minimum} max={schema.maximum} allowDecimal={typeOf(schema) === 'number'} placeholder={placeholderOf(schema)} onChange={(next) => onChange(next === '' ? undefined : Number(next))} rightSection={aside} />;
    case 'array': {
      const items = itemsOf(schema);
      const texts = Array.isArray(value) ? value.filter((each) => each !== null).map(String) : [];
      if (items.enum) return <MultiSelect {...common} data={items.enum.map(String)} value={texts} onChange={onChange} searchable />;
      if (typeOf(items) === 'string') return <TagsInput {...common} value={texts} onChange={onChange} placeholder={t('Type and press Enter')} />;
      return <JsonInput {...common} value={value} onChange={onChange} />;
    }
    case 'string':
      if (isMultiline(schema)) {
        return <Textarea {...common} autosize minRows={3} maxRows={12} value={text} placeholder={placeholderOf(schema)} onChange={(event) => onChange(event.currentTarget.value)} />;
      }
      return <TextInput {...common} value={text} type={schema.format === 'email' ? 'email' : schema.format === 'uri' ? 'url' : 'text'} placeholder={placeholderOf(schema)} onChange={(event) => onChange(event.currentTarget.value)} />;
    default:
      return <JsonInput {...common} value={value} onChange={onChange} />;
  }
}
