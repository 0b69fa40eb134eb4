/** What a permission counts together with only: the hub refuses a role or a key with one and not the other. */
const COMPANIONS: Readonly<Record<string, string>> = { 'audit:read': 'project:all' };

/** The names, and what they count together with only. */
export function withCompanions(names: readonly string[]): string[] {
  return [...new Set(names.flatMap((name) => [COMPANIONS[name], name].filter((each) => each !== undefined)))];
}

/** The names, and what does not count without them. */
export function withDependents(names: readonly string[]): string[] {
  const dependents = Object.keys(COMPANIONS).filter((name) => names.includes(COMPANIONS[name] ?? ''));
  return [...names, ...dependents];
}
