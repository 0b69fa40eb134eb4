import { useQuery } from '@tanstack/react-query';
import { get } from './http';
import type { Me } from './types';

/** Who is signed in, and what they may do. */
export function useMe() {
  return useQuery({ queryKey: ['me'], queryFn: ({ signal }) => get<Me>('/api/v1/me', signal), staleTime: 60_000 });
}

/** Whether the signed-in user has a permission, as `plugin:manage`, in their organization. */
export function useMay(permission: string): boolean {
  const { data } = useMe();
  return data?.permissions.includes(permission) ?? false;
}

/** Whether the signed-in user's role is at least this one. */
export function useRole(atLeast: 'viewer' | 'member' | 'admin' | 'owner'): boolean {
  const order = ['viewer', 'member', 'admin', 'owner'];
  const { data } = useMe();
  return data !== undefined && order.indexOf(data.role) >= order.indexOf(atLeast);
}
