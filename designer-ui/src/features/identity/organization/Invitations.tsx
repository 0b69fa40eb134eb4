import { ActionIcon, Badge, Button, Group, Menu, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { IconDots } from '@tabler/icons-react';
import { get, post, query, remove } from '../../../api/http';
import type { Invitation, Page } from '../../../api/types';
import { confirm, ErrorState, notifyDone, notifyFailure } from '../../../components/ui';
import { t } from '../../../i18n';
import { formatFullTime, formatUntil } from '../../../lib/format';
import { roleName } from './roles';

const PATH = '/api/v1/organizations/invitations';

/** Who is invited and has not accepted yet; nothing where there is nobody. */
export function Invitations() {
  const invitations = useInfiniteQuery({
    queryKey: ['invitations'],
    queryFn: ({ pageParam, signal }) => get<Page<Invitation>>(`${PATH}${query({ cursor: pageParam })}`, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  const items = invitations.data?.pages.flatMap((page) => page.items) ?? [];
  if (invitations.error) return <ErrorState error={invitations.error} retry={() => void invitations.refetch()} />;
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="invitations">
      <Title order={2} size="15px" id="invitations" mt="xl" mb="sm">
        {t('Invitations that wait')}
      </Title>
      <ul className="panel-card plain-list">
        {items.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} />
        ))}
      </ul>
      {invitations.hasNextPage && (
        <Button variant="default" mt="md" loading={invitations.isFetchingNextPage} onClick={() => void invitations.fetchNextPage()}>
          {t('Show more')}
        </Button>
      )}
    </section>
  );
}

function InvitationRow({ invitation }: { invitation: Invitation }) {
  const queries = useQueryClient();
  const { id, email, invitedBy, expiresAt, expired } = invitation;
  const settled = { onError: notifyFailure, onSettled: () => queries.invalidateQueries({ queryKey: ['invitations'] }) };
  const resending = useMutation({ mutationFn: () => post(`${PATH}/${id}/resend`), onSuccess: () => notifyDone(t('The invitation is sent again.')), ...settled });
  const withdrawing = useMutation({ mutationFn: () => remove(`${PATH}/${id}`), onSuccess: () => notifyDone(t('The invitation is withdrawn.')), ...settled });
  const withdraw = (): void => confirm(t('Withdraw the invitation?'), t('The link that {{email}} has got stops working.', { email }), t('Withdraw'), () => withdrawing.mutate());
  return (
    <Group component="li" className="row" gap="sm" wrap="nowrap">
      <div style={{ flex: 1, minWidth: 0 }}>
        <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
          {email}
        </Text>
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }} title={formatFullTime(expiresAt)}>
          {[roleName(invitation), invitedBy && t('invited by {{name}}', { name: invitedBy }), !expired && t('ends {{when}}', { when: formatUntil(expiresAt) })].filter(Boolean).join(' · ')}
        </Text>
      </div>
      {expired && (
        <Badge color="orange" c="light-dark(#8a3b00, #ffc078)" style={{ flex: 'none' }}>
          {t('Too old')}
        </Badge>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('More for {{name}}', { name: email })} loading={resending.isPending || withdrawing.isPending}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => resending.mutate()}>{t('Send again')}</Menu.Item>
          <Menu.Item color="red" onClick={withdraw}>
            {t('Withdraw')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
