import { IconShieldLock, type Icon } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useMe } from '../api/useMe';

type SettingsGroup = 'You' | 'Organization' | 'Installation';

export interface SettingsEntry {
  /** Below /settings. */
  path: string;
  label: string;
  group: SettingsGroup;
  Icon: Icon;
  /** What who sees it must be allowed to do. */
  needs?: string;
  load: () => Promise<ComponentType>;
}

/** Every page below Settings, once: its place in the navigation, its route and its code, which is loaded when needed. */
export const SETTINGS: readonly SettingsEntry[] = [
  {
    path: 'security-rules',
    label: 'Security rules',
    group: 'Organization',
    Icon: IconShieldLock,
    needs: 'security:manage',
    load: () => import('../features/identity/security/SecurityRulesPage').then((page) => page.SecurityRulesPage),
  },
];

/** The settings that the signed-in user may look at. */
export function useSettings(): readonly SettingsEntry[] {
  const { data } = useMe();
  return SETTINGS.filter(({ needs }) => needs === undefined || data?.permissions.includes(needs));
}
