import { withCompanions } from '../companions';
import type { Permission } from './calls';

/** What changes nothing. */
export const readOnly = (permissions: readonly Permission[]): string[] =>
  withCompanions(permissions.map(({ name }) => name).filter((name) => name.endsWith(':read')));
