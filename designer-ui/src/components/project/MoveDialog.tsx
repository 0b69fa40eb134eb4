import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
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
        {moving.error && <Alert color="red">{messageOf(moving.error)}</Alert>}
        <ProjectSelect value={wanted} onChange={setWanted} />
        <Text size="sm" c="dimmed">
          {kind === 'workflows' ? t('Its runs, approvals and triggers go with it: who is not in the project no longer sees them.') : t('Workflows of other projects can no longer use it: their steps fail until they get another one.')}
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
