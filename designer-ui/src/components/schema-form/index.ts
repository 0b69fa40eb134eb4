export { PlainField } from './PlainField';
export { SchemaForm } from './SchemaForm';
export type { FieldProps, FieldRenderer } from './schema';
