import { IconGauge, IconKey, IconRobot, IconShieldLock, IconUserShield, type Icon } from '@tabler/icons-react';
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
  { path: 'api-keys', label: 'API keys', group: 'You', Icon: IconKey, needs: 'key:create', load: async () => (await import('../features/identity/keys/ApiKeysPage')).ApiKeysPage },
  { path: 'roles', label: 'Roles', group: 'Organization', Icon: IconUserShield, needs: 'role:manage', load: async () => (await import('../features/identity/roles/RolesPage')).RolesPage },
  { path: 'service-accounts', label: 'Service accounts', group: 'Organization', Icon: IconRobot, needs: 'key:manage', load: async () => (await import('../features/identity/keys/ServiceAccountsPage')).ServiceAccountsPage },
  { path: 'security-rules', label: 'Security rules', group: 'Organization', Icon: IconShieldLock, needs: 'security:manage', load: async () => (await import('../features/identity/security/SecurityRulesPage')).SecurityRulesPage },
  { path: 'limits', label: 'Limits', group: 'Organization', Icon: IconGauge, load: async () => (await import('../features/identity/limits/LimitsPage')).LimitsPage },
];

/** The settings that the signed-in user may look at. */
export function useSettings(): readonly SettingsEntry[] {
  const { data } = useMe();
  return SETTINGS.filter(({ needs }) => needs === undefined || data?.permissions.includes(needs));
}
