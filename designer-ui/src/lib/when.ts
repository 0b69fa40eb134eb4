/** A schema, as far as it says for which values of its siblings a field is there. */
type Conditional = { 'x-when'?: unknown; default?: unknown };

/** Whether a field belongs to these values: `x-when` names siblings and the values that they must have. */
export function isFor(schema: Conditional, values: Record<string, unknown>, siblings: Record<string, Conditional>): boolean {
  const when = schema['x-when'];
  if (typeof when !== 'object' || when === null) return true;
  return Object.entries(when).every(([name, wanted]) => Array.isArray(wanted) && wanted.includes(values[name] ?? siblings[name]?.default));
}
