import { Fieldset, Stack } from '@mantine/core';
import { isObject, labelOf, resolved, typeOf } from '../../lib/schema';
import { PlainField } from './PlainField';
import { withValue, type FieldProps } from './schema';

/** One field: as whoever uses the form draws it, as a group of fields, or plainly. */
export function SchemaField(given: FieldProps) {
  const props = { ...given, schema: resolved(given.schema, given.root) };
  const custom = props.renderField?.(props);
  if (custom !== undefined) return custom;
  if (typeOf(props.schema) === 'object' && props.schema.properties) return <Nested {...props} />;
  return <PlainField {...props} />;
}

function Nested(props: FieldProps) {
  const value = isObject(props.value) ? props.value : {};
  const change = (name: string, next: unknown): void => {
    const changed = withValue(value, name, next);
    props.onChange(Object.keys(changed).length > 0 ? changed : undefined);
  };
  return (
    <Fieldset legend={labelOf(props.name, props.schema)} variant="filled" p="sm">
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
            onChange={(next) => change(name, next)}
          />
        ))}
      </Stack>
    </Fieldset>
  );
}
