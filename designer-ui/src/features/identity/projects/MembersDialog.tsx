import { ActionIcon, Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { Project } from '../../../components/project';
import { ErrorState, LoadingRows } from '../../../components/ui';
import { t } from '../../../i18n';
import { useChangeMembers, usePeople, useProjectMembers } from './calls';

/** Who is in a project; with choices for who may choose. */
export function MembersDialog({ project, mayManage, onClose }: { project: Project; mayManage: boolean; onClose: () => void }) {
  const members = useProjectMembers(project.id);
  const change = useChangeMembers(project.id);
  const inside = members.data?.pages.flatMap(({ items }) => items);
  return (
    <Modal opened onClose={onClose} title={t('Members of {{name}}', { name: project.name })} closeButtonProps={{ 'aria-label': t('Close') }}>
      <Stack>
        <Text size="sm" c="dimmed">
          {t('They see what belongs to the project and do with it what their role allows. Who sees all projects by their role need not be a member.')}
        </Text>
        {members.isPending && <LoadingRows rows={2} />}
        {members.error && <ErrorState error={members.error} retry={() => void members.refetch()} />}
        {inside && mayManage && <AddMember inside={inside.map(({ id }) => id)} onAdd={(userId) => change.mutate({ userId, add: true })} />}
        {inside?.length === 0 && <Text size="sm">{t('Nobody is in it yet.')}</Text>}
        {inside && inside.length > 0 && (
          <ul className="project-members" aria-label={t('Members')}>
            {inside.map((member) => (
              <li key={member.id}>
                <div style={{ flex: 1, minWidth: 0 }}>
                  <Text fw={600} truncate>
                    {member.name ?? t('Somebody who has left')}
                  </Text>
                  <Text size="sm" c="dimmed" truncate>
                    {member.email}
                  </Text>
                </div>
                {mayManage && (
                  <ActionIcon variant="subtle" color="gray" aria-label={t('Remove {{name}} from the project', { name: member.name ?? '' })} disabled={change.isPending} onClick={() => change.mutate({ userId: member.id, add: false })}>
                    <IconX size={16} />
                  </ActionIcon>
                )}
              </li>
            ))}
          </ul>
        )}
        {members.hasNextPage && (
          <Button variant="default" loading={members.isFetchingNextPage} onClick={() => void members.fetchNextPage()}>
            {t('Show more')}
          </Button>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('Close')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function AddMember({ inside, onAdd }: { inside: readonly string[]; onAdd: (userId: string) => void }) {
  const people = usePeople();
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = people;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const others = (people.data?.pages.flatMap(({ items }) => items) ?? []).filter(({ userId }) => !inside.includes(userId));
  return (
    <Select
      label={t('Add a member')}
      placeholder={others.length > 0 ? t('Choose somebody of the organization') : t('Everybody is in it')}
      disabled={others.length === 0}
      searchable
      data={others.map(({ userId, name, email }) => ({ value: userId, label: `${name} (${email})` }))}
      value={null}
      onChange={(userId) => userId !== null && onAdd(userId)}
      nothingFoundMessage={t('Nobody matches.')}
    />
  );
}
