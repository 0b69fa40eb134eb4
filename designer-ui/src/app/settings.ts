import { IconBuilding, IconClockShield, IconDevices, IconEyeOff, IconFingerprint, IconFolder, IconGauge, IconHistory, IconKey, IconLink, IconLock, IconLockCog, IconMail, IconRobot, IconShieldLock, IconUser, IconUserShield, IconUsers, type Icon } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { Me } from '../api/types';
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
  /** For whom else it is. */
  when?: (me: Me) => boolean;
  load: () => Promise<ComponentType>;
}

/** Every page below Settings, once: its place in the navigation, its route and its code, which is loaded when needed. */
export const SETTINGS: readonly SettingsEntry[] = [
  { path: 'account', label: 'Account', group: 'You', Icon: IconUser, load: async () => (await import('../features/identity/account/AccountPage')).AccountPage },
  { path: 'security', label: 'Security', group: 'You', Icon: IconLock, load: async () => (await import('../features/identity/account/SecurityPage')).SecurityPage },
  { path: 'sessions', label: 'Sessions', group: 'You', Icon: IconDevices, load: async () => (await import('../features/identity/account/SessionsPage')).SessionsPage },
  { path: 'api-keys', label: 'API keys', group: 'You', Icon: IconKey, needs: 'key:create', load: async () => (await import('../features/identity/keys/ApiKeysPage')).ApiKeysPage },
  { path: 'connected-sign-in', label: 'Connected sign-in', group: 'You', Icon: IconLink, load: async () => (await import('../features/identity/sso/ConnectSsoPage')).ConnectSsoPage },
  { path: 'privacy', label: 'Privacy', group: 'You', Icon: IconEyeOff, load: async () => (await import('../features/privacy/PrivacyPage')).PrivacyPage },
  { path: 'organization', label: 'Organization', group: 'Organization', Icon: IconBuilding, load: async () => (await import('../features/identity/organization/OrganizationPage')).OrganizationPage },
  { path: 'members', label: 'Members', group: 'Organization', Icon: IconUsers, load: async () => (await import('../features/identity/organization/MembersPage')).MembersPage },
  { path: 'roles', label: 'Roles', group: 'Organization', Icon: IconUserShield, needs: 'role:manage', load: async () => (await import('../features/identity/roles/RolesPage')).RolesPage },
  { path: 'projects', label: 'Projects', group: 'Organization', Icon: IconFolder, load: async () => (await import('../features/identity/projects/ProjectsPage')).ProjectsPage },
  { path: 'service-accounts', label: 'Service accounts', group: 'Organization', Icon: IconRobot, needs: 'key:manage', load: async () => (await import('../features/identity/keys/ServiceAccountsPage')).ServiceAccountsPage },
  { path: 'single-sign-on', label: 'Single sign-on', group: 'Organization', Icon: IconFingerprint, needs: 'sso:manage', load: async () => (await import('../features/identity/sso/SsoPage')).SsoPage },
  { path: 'security-rules', label: 'Security rules', group: 'Organization', Icon: IconShieldLock, needs: 'security:manage', load: async () => (await import('../features/identity/security/SecurityRulesPage')).SecurityRulesPage },
  { path: 'limits', label: 'Limits', group: 'Organization', Icon: IconGauge, load: async () => (await import('../features/identity/limits/LimitsPage')).LimitsPage },
  { path: 'audit', label: 'Audit log', group: 'Organization', Icon: IconHistory, needs: 'audit:read', load: async () => (await import('../features/audit/AuditPage')).AuditPage },
  { path: 'retention', label: 'Privacy & retention', group: 'Organization', Icon: IconClockShield, needs: 'audit:read', load: async () => (await import('../features/privacy/RetentionPage')).RetentionPage },
  { path: 'encryption-key', label: 'Encryption key', group: 'Organization', Icon: IconLockCog, needs: 'security:manage', load: async () => (await import('../features/secret/EncryptionKeyPage')).EncryptionKeyPage },
  { path: 'outbox', label: 'Outbox', group: 'Installation', Icon: IconMail, when: (me) => me.outbox, load: async () => (await import('../features/identity/OutboxPage')).OutboxPage },
];

/** The settings that the signed-in user may look at. */
export function useSettings(): readonly SettingsEntry[] {
  const { data } = useMe();
  return SETTINGS.filter(({ needs, when }) => (needs === undefined || data?.permissions.includes(needs)) && (when === undefined || (data !== undefined && when(data))));
}
