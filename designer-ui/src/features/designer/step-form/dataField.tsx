import { ActionIcon, Tooltip } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import { PlainField, type FieldProps, type FieldRenderer } from '../../../components/schema-form';
import { t } from '../../../i18n';
import { isMultiline, isObject, isSecret, itemsOf, labelOf, placeholderOf, typeOf, type Schema } from '../../../lib/schema';
import type { Scope } from '../state/scope';
import { ExpressionField } from './ExpressionField';
import { JsonField } from './JsonField';
import { MapField } from './MapField';

/** Draws the fields of a form so that each takes an expression in place of its value. */
export const dataField =
  (scope: Scope): FieldRenderer =>
  (props) => {
    const { schema, value, onChange } = props;
    const type = typeOf(schema);
    const common = { id: props.path, label: labelOf(props.name, schema), description: schema.description, required: props.required, error: props.errors[props.path], scope };
    const isExpression = typeof value === 'string' && value.includes('{{');
    if (isSecret(schema)) return undefined;
    if (schema.enum || type === 'integer' || type === 'number' || type === 'boolean') {
      if (isExpression) return <ExpressionField {...common} value={value} onChange={onChange} aside={<Toggle on label={common.label} onClick={() => onChange(undefined)} />} />;
      return <PlainField {...props} aside={<Toggle label={common.label} onClick={() => onChange('{{  }}')} />} />;
    }
    switch (type) {
      case 'string':
        return <ExpressionField {...common} value={textOf(value)} onChange={onChange} multiline={isMultiline(schema)} placeholder={placeholderOf(schema)} />;
      case 'array':
        return itemsOf(schema).enum && !isExpression ? undefined : <JsonField {...common} value={value} onChange={onChange} />;
      case 'object':
        if (schema.properties) return undefined;
        if (isMapOfTexts(schema) && (value === undefined || isTextMap(value))) return <MapField {...common} value={value ?? {}} onChange={onChange} />;
        return <JsonField {...common} value={value} onChange={onChange} />;
      default:
        return <JsonField {...common} value={value} onChange={onChange} />;
    }
  };

/** Settings that are read before any data is there take no expressions, but JSON with its own editor. */
export const constantField =
  (scope: Scope): FieldRenderer =>
  (props: FieldProps) => {
    const type = typeOf(props.schema);
    if (['string', 'integer', 'number', 'boolean', 'array'].includes(type ?? '') || props.schema.enum || props.schema.properties) return undefined;
    return <JsonField id={props.path} label={labelOf(props.name, props.schema)} description={props.schema.description} required={props.required} error={props.errors[props.path]} scope={scope} value={props.value} onChange={props.onChange} />;
  };

function Toggle({ label, onClick, on }: { label: string; onClick(): void; on?: boolean }) {
  const text = on ? t('Choose {{field}} by hand', { field: label }) : t('Use data for {{field}}', { field: label });
  return (
    <Tooltip label={text}>
      <ActionIcon size="sm" variant={on ? 'light' : 'subtle'} color={on ? 'violet' : 'gray'} aria-label={text} onClick={onClick}>
        <IconBraces size={14} />
      </ActionIcon>
    </Tooltip>
  );
}

function isMapOfTexts(schema: Schema): boolean {
  return typeof schema.additionalProperties === 'object' && ['string', undefined].includes(typeOf(schema.additionalProperties));
}

function isTextMap(value: unknown): value is Record<string, string> {
  return isObject(value) && Object.values(value).every((each) => typeof each === 'string');
}

const textOf = (value: unknown): string => (value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value));
