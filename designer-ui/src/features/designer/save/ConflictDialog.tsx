import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { t } from '../../../i18n';

interface ConflictDialogProps {
  onReload(): void;
  onOverwrite(): void;
  onCopy(): void;
  onClose(): void;
}

/** Two people changed the same workflow: nothing is lost without being asked. */
export function ConflictDialog({ onReload, onOverwrite, onCopy, onClose }: ConflictDialogProps) {
  return (
    <Modal opened onClose={onClose} title={t('Somebody else saved this workflow')} centered size="md">
      <Stack>
        <Text size="sm">{t('It was changed while you were working on it. Your changes are still here and not saved.')}</Text>
        <Group gap="xs" justify="flex-end">
          <Button variant="default" onClick={onReload}>
            {t('Reload theirs')}
          </Button>
          <Button variant="light" onClick={onCopy}>
            {t('Keep mine as a copy')}
          </Button>
          <Button color="red" onClick={onOverwrite}>
            {t('Overwrite with mine')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
