import { withCompanions } from '../companions';
import type { Permission } from './calls';

export interface ScopeGroup {
  name: string;
  permissions: Permission[];
}

/** Permissions by what they are about, in the order in which they come. */
export function grouped(permissions: readonly Permission[]): ScopeGroup[] {
  const groups = new Map<string, Permission[]>();
  for (const permission of permissions) {
    const subject = permission.name.split(':')[0] ?? '';
    groups.set(subject, [...(groups.get(subject) ?? []), permission]);
  }
  return [...groups].map(([subject, own]) => ({ name: subject.charAt(0).toUpperCase() + subject.slice(1), permissions: own }));
}

/** What changes nothing. */
export const readOnly = (permissions: readonly Permission[]): string[] =>
  withCompanions(permissions.map(({ name }) => name).filter((name) => name.endsWith(':read')));
