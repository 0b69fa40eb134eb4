import { useQuery } from '@tanstack/react-query';
import { get } from '../../../api/http';
import type { Member, Page, Role } from '../../../api/types';
import { t } from '../../../i18n';

/** The roles that members of the organization may have. */
export function useRoles() {
  return useQuery({ queryKey: ['roles'], queryFn: ({ signal }) => get<Page<Role>>('/api/v1/roles', signal), staleTime: 30_000 });
}

/** As a request names it. */
export const roleValue = ({ role, customRole }: Pick<Member, 'role' | 'customRole'>): string => customRole?.id ?? role;

/** As people read it. */
export const roleName = ({ role, customRole }: Pick<Member, 'role' | 'customRole'>): string => customRole?.name ?? capitalized(role);

/** Choices for a select; those that the user may not give are shown and can't be chosen. */
export const roleChoices = (roles: readonly Role[]): { value: string; label: string; disabled: boolean }[] =>
  roles.map(({ role, name, builtIn, assignable }) => ({ value: role, label: builtIn ? capitalized(name) : name, disabled: !assignable }));

function capitalized(text: string): string {
  const name = text.charAt(0).toUpperCase() + text.slice(1);
  return t(name);
}
