import { ActionIcon, Avatar, Badge, Button, Group, Menu, Select, Text } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { IconDots, IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { call, get, query, remove } from '../../../api/http';
import type { Member, Page, Role } from '../../../api/types';
import { useMay, useMe } from '../../../api/useMe';
import { confirm, ErrorState, LoadingRows, notifyDone, notifyFailure, PageHead } from '../../../components/ui';
import { t } from '../../../i18n';
import { formatFullTime, formatTime } from '../../../lib/format';
import { InviteDialog } from './InviteDialog';
import { Invitations } from './Invitations';
import { roleChoices, roleName, roleValue, useRoles } from './roles';
import '../identity.css';

const PATH = '/api/v1/organizations/members';

/** Who belongs to the organization and in which role, and who is invited. */
export function MembersPage() {
  const mayManage = useMay('member:manage');
  const [inviting, setInviting] = useState(false);
  const roles = useRoles();
  const members = useInfiniteQuery({
    queryKey: ['members'],
    queryFn: ({ pageParam, signal }) => get<Page<Member>>(`${PATH}${query({ cursor: pageParam })}`, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  const items = members.data?.pages.flatMap((page) => page.items);
  const choices = roles.data?.items ?? [];
  return (
    <>
      <PageHead title={t('Members')} about={t('Who belongs to this organization, and what they may do in it.')}>
        {mayManage && (
          <Button leftSection={<IconUserPlus size={16} />} onClick={() => setInviting(true)}>
            {t('Invite')}
          </Button>
        )}
      </PageHead>
      {members.isPending && <LoadingRows rows={3} />}
      {members.error && <ErrorState error={members.error} retry={() => void members.refetch()} />}
      {items && (
        <ul className="panel-card plain-list" aria-label={t('Members')}>
          {items.map((member) => (
            <MemberRow key={member.userId} member={member} roles={choices} mayManage={mayManage} />
          ))}
        </ul>
      )}
      {members.hasNextPage && (
        <Button variant="default" mt="md" loading={members.isFetchingNextPage} onClick={() => void members.fetchNextPage()}>
          {t('Show more')}
        </Button>
      )}
      {mayManage && <Invitations />}
      {inviting && <InviteDialog roles={choices} onClose={() => setInviting(false)} />}
    </>
  );
}

function MemberRow({ member, roles, mayManage }: { member: Member; roles: readonly Role[]; mayManage: boolean }) {
  const queries = useQueryClient();
  const { data: me } = useMe();
  const { userId, name, email, joinedAt } = member;
  const self = me?.user.id === userId;
  const path = `${PATH}/${userId}`;
  const refresh = () => Promise.all(['members', 'roles', 'me'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
  const changing = useMutation({
    mutationFn: (role: string) => call(path, { method: 'PATCH', body: { role } }),
    onSuccess: () => notifyDone(t('The role of {{name}} is changed.', { name })),
    onError: notifyFailure,
    onSettled: refresh,
  });
  const removing = useMutation({ mutationFn: () => remove(path), onSuccess: () => notifyDone(t('{{name}} does not belong to the organization any more.', { name })), onError: notifyFailure, onSettled: refresh });
  const current = roles.find(({ role }) => role === roleValue(member));
  const mayChange = mayManage && (current?.assignable ?? false);
  return (
    <Group component="li" className="row" gap="sm" wrap="nowrap">
      <Avatar size={32} radius="xl" color="violet" name={name} aria-hidden visibleFrom="xs" />
      <div style={{ flex: 1, minWidth: 0 }}>
        <Group gap="xs" wrap="nowrap" align="flex-start">
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {name}
          </Text>
          {self && (
            <Badge color="gray" c="var(--mantine-color-text)" style={{ flex: 'none' }}>
              {t('You')}
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }} title={t('Since {{time}}', { time: formatFullTime(joinedAt) })}>
          {email}
          <Text span inherit visibleFrom="sm">
            {' '}
            · {t('since {{time}}', { time: formatTime(joinedAt) })}
          </Text>
        </Text>
      </div>
      {mayChange ? (
        <Select
          aria-label={t('Role of {{name}}', { name })}
          size="xs"
          w={112}
          style={{ flex: 'none' }}
          data={roleChoices(roles)}
          value={roleValue(member)}
          allowDeselect={false}
          disabled={changing.isPending}
          onChange={(role) => role && role !== roleValue(member) && changing.mutate(role)}
          comboboxProps={{ width: 200, position: 'bottom-end' }}
        />
      ) : (
        <Text size="sm" style={{ flex: 'none' }}>
          {roleName(member)}
        </Text>
      )}
      {mayManage && !self && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={t('More for {{name}}', { name })} loading={removing.isPending} disabled={!mayChange}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item color="red" onClick={() => confirm(t('Remove {{name}}?', { name }), t('The person loses every access to this organization at once. What they have made stays.'), t('Remove'), () => removing.mutate())}>
              {t('Remove')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </Group>
  );
}
