import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlayerStop } from '@tabler/icons-react';
import { t } from '../../i18n';
import { useCancel } from './actions';

/** Cancels a run; where its workflow says what undoes steps, it asks whether that is to be done first. */
export function CancelButton({ runId, undoable }: { runId: string; undoable: boolean }) {
  const cancel = useCancel(runId);
  const [asking, { open, close }] = useDisclosure(false);
  const choose = (compensate: boolean): void => {
    close();
    cancel.mutate(compensate);
  };
  return (
    <>
      <Button size="xs" variant="default" leftSection={<IconPlayerStop size={15} />} loading={cancel.isPending} onClick={undoable ? open : () => cancel.mutate(false)}>
        {t('Cancel')}
      </Button>
      <Modal opened={asking} onClose={close} title={t('Cancel the run')} centered>
        <Stack>
          <Text size="sm">{t('This workflow says what undoes its steps. Should what was done so far be undone first, the last step first?')}</Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {t('Keep it running')}
            </Button>
            <Button variant="light" color="red" onClick={() => choose(false)}>
              {t('Only cancel')}
            </Button>
            <Button color="red.8" onClick={() => choose(true)} data-autofocus>
              {t('Undo, then cancel')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
