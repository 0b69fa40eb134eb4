import { ActionIcon, Badge, Button, Group, Menu, Stack, Text, Title } from '@mantine/core';
import { IconDots, IconPlus, IconRobot } from '@tabler/icons-react';
import { useState } from 'react';
import { confirm, EmptyState, ErrorState, LoadingRows, PageHead } from '../../../components/ui';
import { t } from '../../../i18n';
import { roleName } from '../organization/roles';
import { useDeleteAccount, useKeys, useServiceAccounts, type ServiceAccount } from './calls';
import { KeyDialog } from './KeyDialog';
import { KeyList } from './KeyList';
import { ServiceAccountDialog } from './ServiceAccountDialog';

/** Members of the organization that are programs, each with its keys. */
export function ServiceAccountsPage() {
  const accounts = useServiceAccounts();
  const [editing, setEditing] = useState<ServiceAccount | 'new'>();
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEditing('new')}>
      {t('New service account')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('Service accounts')} about={t('Members that are programs. They have a role and keys, and stay when whoever made them leaves.')}>
        {add}
      </PageHead>
      {accounts.isPending && <LoadingRows />}
      {accounts.error && <ErrorState error={accounts.error} retry={() => void accounts.refetch()} />}
      {accounts.data?.items.length === 0 && (
        <EmptyState icon={<IconRobot size={24} />} title={t('No service account yet')} action={add}>
          {t('Make one for each system that works with this organization, as your deployment or your shop.')}
        </EmptyState>
      )}
      <Stack>
        {accounts.data?.items.map((account) => (
          <AccountCard key={account.id} account={account} onEdit={() => setEditing(account)} />
        ))}
      </Stack>
      {editing && <ServiceAccountDialog account={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
    </>
  );
}

function AccountCard({ account, onEdit }: { account: ServiceAccount; onEdit: () => void }) {
  const [making, setMaking] = useState(false);
  const keys = useKeys({ serviceAccountId: account.id });
  const deletion = useDeleteAccount();
  const title = `service-account-${account.id}`;
  return (
    <section aria-labelledby={title}>
      <Group gap="sm" mb="xs" wrap="nowrap">
        <div style={{ flex: 1, minWidth: 0 }}>
          <Group gap="xs">
            <Title order={2} size="15px" id={title} style={{ overflowWrap: 'anywhere' }}>
              {account.name}
            </Title>
            <Badge color="gray" variant="light" c="var(--mantine-color-text)" tt="none">
              {roleName(account)}
            </Badge>
          </Group>
          {account.description && (
            <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {account.description}
            </Text>
          )}
        </div>
        <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={() => setMaking(true)} style={{ flex: 'none' }}>
          {t('New key')}
        </Button>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={t('More for {{name}}', { name: account.name })}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={onEdit}>{t('Edit')}</Menu.Item>
            <Menu.Item color="red" onClick={() => confirm(t('Delete {{name}}?', { name: account.name }), t('Its keys stop working at once. What it has started goes on.'), t('Delete'), () => deletion.mutate(account))}>
              {t('Delete…')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      {keys.isPending && <LoadingRows rows={1} />}
      {keys.error && <ErrorState error={keys.error} retry={() => void keys.refetch()} />}
      {keys.data?.items.length === 0 && (
        <Text className="panel-card" size="sm" c="dimmed" p="md">
          {t('No key yet: it can do nothing without one.')}
        </Text>
      )}
      {keys.data && keys.data.items.length > 0 && <KeyList keys={keys.data.items} owners={false} />}
      {making && <KeyDialog account={account} onClose={() => setMaking(false)} />}
    </section>
  );
}
