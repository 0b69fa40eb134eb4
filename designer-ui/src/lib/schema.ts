/** A JSON Schema, as far as forms and completions read it. */
export interface Schema {
  type?: string | string[];
  title?: string;
  description?: string;
  format?: string;
  default?: unknown;
  examples?: unknown;
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema | boolean;
  additionalProperties?: Schema | boolean;
  anyOf?: Schema[];
  oneOf?: Schema[];
  writeOnly?: boolean;
  minimum?: number;
  maximum?: number;
  $ref?: string;
  $defs?: Record<string, Schema>;
  [keyword: string]: unknown;
}

export const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The schema behind a reference, without the `null` that only says that a field may be absent. */
export function resolved(schema: Schema, root: Schema): Schema {
  const { $ref, anyOf, oneOf, ...own } = schema;
  const target = $ref === undefined ? undefined : targetOf($ref, root);
  if (target) return resolved({ ...target, ...own }, root);
  const choices = (anyOf ?? oneOf)?.filter((choice) => choice.type !== 'null');
  if (choices?.length === 1) return resolved({ ...choices[0], ...own }, root);
  return schema;
}

/** What a reference within a schema names, as `#/$defs/Address`. */
export function targetOf(ref: string, root: Schema | undefined): Schema | undefined {
  const name = /^#\/(?:\$defs|definitions)\/(.+)$/.exec(ref)?.[1];
  return name ? root?.$defs?.[name] : undefined;
}

/** The one type that is left when `null` is taken away. */
export function typeOf(schema: Schema): string | undefined {
  const type = Array.isArray(schema.type) ? schema.type.find((each) => each !== 'null') : schema.type;
  return type ?? (schema.properties ? 'object' : undefined);
}

/** What a field is called: its title, or its name as a person writes it, `apiKey` as `Api key`. */
export function labelOf(name: string, schema: Schema = {}): string {
  if (schema.title) return schema.title;
  const words = (name.split('.').pop() ?? name).replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/[-_]/g, ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The schema of a list's items where it says one. */
export const itemsOf = ({ items }: Schema): Schema => (typeof items === 'object' ? items : {});

/** What stands in an empty field: the default, or an example. */
export function placeholderOf(schema: Schema): string | undefined {
  const example = schema.default ?? (Array.isArray(schema.examples) ? (schema.examples[0] as unknown) : undefined);
  return example === undefined || example === null ? undefined : String(example);
}

export const isMultiline = (schema: Schema): boolean =>
  schema['x-multiline'] === true || schema['x-widget'] === 'textarea' || schema.format === 'multiline' || schema.format === 'textarea';

export const isSecret = (schema: Schema): boolean => schema.writeOnly === true || schema.format === 'password';
