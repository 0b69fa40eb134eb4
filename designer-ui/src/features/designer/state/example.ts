import type { JsonSchema } from '../../../diagram';
import { targetOf, typeOf } from '../../../lib/schema';

const MAX_DEPTH = 5;

/** A value of the shape a schema describes, for completion only: it stands for no real data. */
export function exampleOf(schema: JsonSchema | undefined, root: JsonSchema | undefined = schema, depth = 0): unknown {
  if (!schema || depth > MAX_DEPTH) return undefined;
  if (schema.$ref) return exampleOf(targetOf(schema.$ref, root), root, depth + 1);
  if (schema.default !== undefined) return schema.default;
  if (schema.enum) return schema.enum[0];
  const chosen = schema.anyOf ?? schema.oneOf;
  if (chosen) return exampleOf(chosen.find((option) => option.type !== 'null'), root, depth + 1);
  switch (typeOf(schema)) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, property]) => [name, exampleOf(property, root, depth + 1) ?? null]),
      );
    case 'array':
      return typeof schema.items === 'object' ? [exampleOf(schema.items, root, depth + 1)] : [];
    case 'string':
      return '';
    case 'integer':
    case 'number':
      return 0;
    case 'boolean':
      return false;
    default:
      return undefined;
  }
}
