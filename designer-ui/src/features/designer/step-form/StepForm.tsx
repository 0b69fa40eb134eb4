import type { ReactNode } from 'react';
import { PlainField, SchemaForm, type FieldRenderer } from '../../../components/schema-form';
import type { JsonSchema } from '../../../diagram';
import type { JsonObject } from '../../../diagram/dialect';
import { t } from '../../../i18n';
import { isSecret } from '../../../lib/schema';
import type { Scope } from '../state/scope';
import { constantField, dataField } from './dataField';
import { JsonField } from './JsonField';
import { ToolInput } from './ToolInput';

interface StepFormProps {
  schema: JsonSchema;
  values: JsonObject;
  onChange(values: JsonObject, field: string): void;
  scope: Scope;
  errors?: Record<string, string>;
  constant?: boolean;
  /** Fields that something better than their schema shows. */
  special?: Record<string, (value: unknown, set: (value: unknown) => void) => ReactNode>;
  /** Fields that are shown elsewhere. */
  elsewhere?: readonly string[];
}

/** The settings of a step, from the schema of its inputs; a schema that says nothing is edited as JSON. */
export function StepForm({ schema, values, onChange, scope, errors, constant, special = {}, elsewhere }: StepFormProps) {
  if (!schema.properties && schema.additionalProperties !== false) {
    return <JsonField id="inputs" label={t('Settings')} scope={scope} value={values} onChange={(value) => onChange((value ?? {}) as JsonObject, 'inputs')} />;
  }
  const plain = constant ? constantField(scope) : dataField(scope);
  const renderField: FieldRenderer = (props) => {
    const own = special[props.path];
    const drawn = own ? own(props.value, props.onChange) : plain(props);
    if (constant || !scope.tool || isSecret(props.schema) || (drawn === undefined && props.schema.properties)) return drawn;
    return (
      <ToolInput key={props.path} field={props}>
        {drawn ?? <PlainField {...props} />}
      </ToolInput>
    );
  };
  return <SchemaForm schema={schema} value={values} onChange={onChange} errors={errors} renderField={renderField} elsewhere={elsewhere} />;
}
