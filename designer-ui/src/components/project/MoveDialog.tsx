import { Alert, Anchor, Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { ApiProblem } from '../../api/http';
import { t } from '../../i18n';
import { messageOf } from '../../lib/problem';
import { useMoveToProject, type Kind } from './projects';
import { ProjectSelect } from './ProjectSelect';

interface MoveDialogProps {
  kind: Kind;
  id: string;
  name: string;
  projectId: string | null;
  onClose: () => void;
}

/** Asks where something shall belong. */
export function MoveDialog({ kind, id, name, projectId, onClose }: MoveDialogProps) {
  const [wanted, setWanted] = useState(projectId);
  const moving = useMoveToProject(kind, id, onClose);
  return (
    <Modal opened onClose={onClose} title={t('Move {{name}}', { name })} closeButtonProps={{ 'aria-label': t('Close') }}>
      <Stack>
        {moving.error && <Refusal error={moving.error} />}
        <ProjectSelect value={wanted} onChange={setWanted} />
        <Text size="sm" c="dimmed">
          {kind === 'workflows' ? t('Its runs, approvals and triggers go with it: who is not in the project no longer sees them.') : t('Workflows elsewhere can no longer use it. While published ones do, it stays.')}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button loading={moving.isPending} disabled={wanted === projectId} onClick={() => moving.mutate(wanted)}>
            {t('Move')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** Why it stays where it is, with the way to the workflows that hold it there. */
function Refusal({ error }: { error: unknown }) {
  const users = error instanceof ApiProblem && error.code === 'connection-in-use' ? (error.members.workflows as { id: string; name: string }[]) : [];
  return (
    <Alert color="red" role="alert">
      {messageOf(error)}
      {users.length > 0 && (
        <List size="sm" mt="xs">
          {users.map(({ id, name }) => (
            <List.Item key={id}>
              <Anchor component={Link} to={`/workflows/${id}`} size="sm" underline="always">
                {name}
              </Anchor>
            </List.Item>
          ))}
        </List>
      )}
    </Alert>
  );
}
