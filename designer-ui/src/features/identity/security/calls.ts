import { useQuery } from '@tanstack/react-query';
import { call, get } from '../../../api/http';
import type { components } from '../../../api/schema';

type Schemas = components['schemas'];

export type Rules = Schemas['ShownSecurityRules'];
export type RulesInput = Schemas['SecurityRulesInput'];
export type Access = Schemas['AccessHere'];

const RULES = '/api/v1/organizations/security';

/** What the organization asks of those who work in it, with the revision that a change starts from. */
export function useRules() {
  return useQuery({ queryKey: ['security-rules'], queryFn: ({ signal }) => call<Rules>(RULES, { signal }) });
}

export const changeRules = (input: RulesInput, etag: string | null) => call<Rules>(RULES, { method: 'PUT', body: input, headers: { 'If-Match': etag ?? '*' } });

/** Whether the organization's rules let the signed-in person work here now. */
export function useAccess() {
  return useQuery({ queryKey: ['access'], queryFn: ({ signal }) => get<Access>('/api/v1/me/access', signal), staleTime: Infinity });
}
