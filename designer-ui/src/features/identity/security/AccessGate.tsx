import { Alert, Button, Center, Loader, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { signOut } from '../../../api/signOut';
import { useMe } from '../../../api/useMe';
import { t } from '../../../i18n';
import { messageOf } from '../../../lib/problem';
import { AuthCard } from '../AuthCard';
import { switchTo } from '../organization/switching';
import { useAccess } from './calls';
import { SecondFactorSetUp } from './SecondFactorSetUp';

/** Shows the application to whom the organization's rules let in, and everybody else what to do. */
export function AccessGate({ children }: { children: ReactNode }) {
  const access = useAccess();
  if (access.isPending) {
    return (
      <Center h="100vh">
        <Loader aria-label={t('Loading')} />
      </Center>
    );
  }
  if (access.data && !access.data.addressAllowed) {
    return (
      <AuthCard title={t('Not from here')} about={t('This organization may not be used from {{address}}. Ask one of its administrators to allow it.', { address: access.data.address ?? '?' })}>
        <WaysOut />
      </AuthCard>
    );
  }
  if (access.data?.secondFactorMissing) {
    return (
      <AuthCard title={t('Set up a second factor')} about={t('This organization wants one of everybody who works in it.')}>
        <SecondFactorSetUp done={() => void access.refetch()} />
        <WaysOut />
      </AuthCard>
    );
  }
  return children;
}

/** To one of the person's other organizations, or out. */
function WaysOut() {
  const { data: me } = useMe();
  const queries = useQueryClient();
  const go = useMutation({
    mutationFn: (id: string) => switchTo(id),
  });
  const others = me?.organizations.filter(({ id }) => id !== me.organization.id) ?? [];
  return (
    <Stack gap="xs">
      {go.error && (
        <Alert color="red" role="alert">
          {messageOf(go.error)}
        </Alert>
      )}
      {others.length > 0 && <Text size="sm">{t('Or go on in another organization:')}</Text>}
      {others.map(({ id, name }) => (
        <Button key={id} variant="default" onClick={() => go.mutate(id)} loading={go.isPending && go.variables === id}>
          {name}
        </Button>
      ))}
      <Button variant="subtle" onClick={() => void signOut(queries)}>
        {t('Sign out')}
      </Button>
    </Stack>
  );
}
