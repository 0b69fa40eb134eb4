import { Avatar, Menu, Modal, Text, UnstyledButton, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { IconCheck, IconDeviceDesktop, IconLogout, IconMoon, IconPlus, IconSettings, IconSun } from '@tabler/icons-react';
import { signOut } from '../api/signOut';
import { useMe } from '../api/useMe';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { notifyFailure } from '../components/ui';
import { CreateOrganization } from '../features/identity/organization/CreateOrganization';
import { SignInElsewhere } from '../features/identity/organization/SignInElsewhere';
import { roleName } from '../features/identity/organization/roles';
import { switchTo } from '../features/identity/organization/switching';
import { t } from '../i18n';
import { useSettings } from './settings';

const SCHEMES: { scheme: MantineColorScheme; label: string; Icon: typeof IconSun }[] = [
  { scheme: 'light', label: 'Light', Icon: IconSun },
  { scheme: 'dark', label: 'Dark', Icon: IconMoon },
  { scheme: 'auto', label: 'As the system', Icon: IconDeviceDesktop },
];

/** Who is signed in, the appearance, and the way out. */
export function AccountMenu({ slim }: { slim: boolean }) {
  const { data: me } = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [first] = useSettings();
  const [founding, setFounding] = useState(false);
  return (
    <>
      {founding && !me?.singleSignOn && <CreateOrganization onClose={() => setFounding(false)} />}
      {founding && me?.singleSignOn && (
        <Modal opened onClose={() => setFounding(false)} title={t('Another organization')}>
          <SignInElsewhere organization={me.organization.name} />
        </Modal>
      )}
      <Menu position="right-end" width={260} shadow="md">
        <Menu.Target>
          <UnstyledButton className="nav-link" aria-label={t('Account')} style={{ paddingInline: 8 }}>
            <Avatar size={24} radius="xl" color="violet" name={me?.user.name} />
            {!slim && (
              <span style={{ minWidth: 0 }}>
                <Text size="sm" fw={600} truncate c="var(--mantine-color-text)" lh={1.25}>
                  {me?.user.name ?? '…'}
                </Text>
                <Text size="xs" truncate lh={1.25}>
                  {me?.organization.name}
                </Text>
              </span>
            )}
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label style={{ overflowWrap: 'anywhere' }}>{me?.user.email}</Menu.Label>
          <Menu.Divider />
          <Menu.Label>{t('Organization')}</Menu.Label>
          {me?.organizations.map(({ id, name, role, customRole, deletesAt }) => (
            <Menu.Item
              key={id}
              leftSection={<IconCheck size={16} style={{ visibility: id === me.organization.id ? 'visible' : 'hidden' }} />}
              aria-current={id === me.organization.id ? 'true' : undefined}
              onClick={() => id !== me.organization.id && void switchTo(id).catch(notifyFailure)}
            >
              <Text size="sm" truncate>
                {name}
              </Text>
              <Text size="xs" c="dimmed">
                {deletesAt ? t('will be deleted') : roleName({ role, customRole })}
              </Text>
            </Menu.Item>
          ))}
          <Menu.Item leftSection={<IconPlus size={16} />} onClick={() => setFounding(true)}>
            {me?.singleSignOn ? t('Another organization…') : t('New organization')}
          </Menu.Item>
          <Menu.Divider />
          {first && (
            <Menu.Item leftSection={<IconSettings size={16} />} onClick={() => void navigate(`/settings/${first.path}`)}>
              {t('Settings')}
            </Menu.Item>
          )}
          <Menu.Label>{t('Appearance')}</Menu.Label>
          {SCHEMES.map(({ scheme, label, Icon }) => (
            <Menu.Item key={scheme} leftSection={<Icon size={16} />} onClick={() => setColorScheme(scheme)} bg={colorScheme === scheme ? 'var(--mantine-color-default-hover)' : undefined}>
              {t(label)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut(queries)}>
            {t('Sign out')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
