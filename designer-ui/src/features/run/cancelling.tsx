import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { get } from '../../api/http';
import { t } from '../../i18n';
import { useCancel } from './actions';
import { readDrawn } from './drawn';

/** The workflow of a run as it was drawn when the run began. */
export const diagramOf = (runId: string) => ({
  queryKey: ['run-diagram', runId],
  queryFn: ({ signal }: { signal: AbortSignal }) => get<{ bpmnXml: string }>(`/api/v1/runs/${runId}/diagram`, signal),
  staleTime: Infinity,
});

interface Cancelling {
  begin(): void;
  pending: boolean;
  /** The question, to be put beside what asks it. */
  dialog: ReactNode;
}

/** Cancels a run; where its workflow says what undoes steps, it asks whether that is to be done first. */
export function useCancelling(runId: string): Cancelling {
  const cancel = useCancel(runId);
  const queries = useQueryClient();
  const [looking, setLooking] = useState(false);
  const [asking, { open, close }] = useDisclosure(false);
  const begin = async (): Promise<void> => {
    setLooking(true);
    // without an answer it is asked: better once too often than to leave undone what could have been undone
    const undoable = await queries.fetchQuery(diagramOf(runId)).then(
      ({ bpmnXml }) => readDrawn(bpmnXml).undoes.size > 0,
      () => true,
    );
    setLooking(false);
    if (undoable) open();
    else cancel.mutate(false);
  };
  const choose = (compensate: boolean): void => {
    close();
    cancel.mutate(compensate);
  };
  return { begin: () => void begin(), pending: looking || cancel.isPending, dialog: <UndoQuestion opened={asking} onChoose={choose} onClose={close} /> };
}

function UndoQuestion({ opened, onChoose, onClose }: { opened: boolean; onChoose(compensate: boolean): void; onClose(): void }) {
  return (
    <Modal opened={opened} onClose={onClose} title={t('Cancel the run')} centered>
      <Stack>
        <Text size="sm">{t('This workflow says what undoes its steps. Should what was done so far be undone first, the last step first?')}</Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('Keep it running')}
          </Button>
          <Button variant="light" color="red" onClick={() => onChoose(false)}>
            {t('Only cancel')}
          </Button>
          <Button color="red.8" onClick={() => onChoose(true)} data-autofocus>
            {t('Undo, then cancel')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
