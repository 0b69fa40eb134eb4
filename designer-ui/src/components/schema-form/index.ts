export { SchemaForm } from './SchemaForm';
export type { FieldProps, FieldRenderer, Schema } from './schema';
export { isObject, labelOf } from './schema';
