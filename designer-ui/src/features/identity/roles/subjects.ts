import { t } from '../../../i18n';
import type { Permission } from './calls';

export interface Subject {
  name: string;
  title: string;
  permissions: Permission[];
}

/** What everybody who belongs to the organization has, whatever their role says. */
export const EVERYBODYS = 'organization:read';

const TITLES: Record<string, string> = {
  organization: 'Organization',
  member: 'Members',
  role: 'Roles',
  project: 'Projects',
  key: 'API keys',
  sso: 'Single sign-on',
  security: 'Security',
  audit: 'Audit log',
  workflow: 'Workflows',
  schedule: 'Schedules',
  run: 'Runs',
  approval: 'Approvals',
  connection: 'Connections',
  plugin: 'Plugins',
  node: 'Nodes',
};

/** Permissions by what they are about (`run:retry` is about runs), in the order in which the hub names them. */
export function bySubject(permissions: readonly Permission[]): Subject[] {
  const subjects = new Map<string, Permission[]>();
  for (const permission of permissions) {
    const name = permission.name.split(':')[0] ?? permission.name;
    subjects.set(name, [...(subjects.get(name) ?? []), permission]);
  }
  return [...subjects].map(([name, its]) => ({ name, title: titleOf(name), permissions: its }));
}

function titleOf(subject: string): string {
  const known = TITLES[subject];
  return known === undefined ? subject.charAt(0).toUpperCase() + subject.slice(1) : t(known);
}
