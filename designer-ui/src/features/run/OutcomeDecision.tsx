import { Alert, Button, Group, JsonInput, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconCheck, IconRefresh, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { post } from '../../api/http';
import type { Task } from '../../api/types';
import { useRole } from '../../api/useMe';
import { notifyDone, notifyFailure } from '../../components/ui';
import { t } from '../../i18n';

type Decision = 'retry' | 'succeed' | 'fail';

const ABOUT: Record<Decision, { title: string; text: string; action: string }> = {
  retry: { title: 'Try the step again', text: 'Do this when it had no effect: it is made once more.', action: 'Try again' },
  succeed: { title: 'Take the step as done', text: 'Do this when it had its effect: the run goes on with the output that you give.', action: 'Go on' },
  fail: { title: 'Take the step as failed', text: 'What follows is what the workflow says about a failure of this step.', action: 'Let it fail' },
};

export const isUndecided = (task: Pick<Task, 'status' | 'error'>): boolean => task.status === 'waiting' && task.error?.code === 'OUTCOME_UNKNOWN';

/** What a person decides about an attempt that was cut off: nobody else knows whether it had its effect. */
export function OutcomeDecision({ task }: { task: Task }) {
  const [decision, setDecision] = useState<Decision | null>(null);
  const mayRun = useRole('member');
  if (!isUndecided(task)) return null;
  return (
    <Alert color="orange" title={t('Did this step have its effect?')} styles={{ title: { color: 'light-dark(#8a3b00, #ffc078)' } }}>
      <Stack gap="sm">
        <Text size="sm">{task.error?.message}</Text>
        {mayRun && (
          <Group gap="xs">
            <Button size="xs" leftSection={<IconCheck size={15} />} onClick={() => setDecision('succeed')}>
              {t('It has succeeded')}
            </Button>
            <Button size="xs" variant="default" leftSection={<IconRefresh size={15} />} onClick={() => setDecision('retry')}>
              {t('Try again')}
            </Button>
            <Button size="xs" variant="default" leftSection={<IconX size={15} />} onClick={() => setDecision('fail')}>
              {t('It has failed')}
            </Button>
          </Group>
        )}
      </Stack>
      {decision && <DecisionDialog task={task} decision={decision} onClose={() => setDecision(null)} />}
    </Alert>
  );
}

function DecisionDialog({ task, decision, onClose }: { task: Task; decision: Decision; onClose: () => void }) {
  const queries = useQueryClient();
  const [output, setOutput] = useState('{}');
  const [comment, setComment] = useState('');
  const about = ABOUT[decision];
  const deciding = useMutation({
    mutationFn: () => post(`/api/v1/tasks/${task.id}/decision`, { decision, comment: comment.trim() || undefined, ...(decision === 'succeed' && { output: parsed(output) }) }),
    onSuccess: async () => {
      notifyDone(t('Decided.'));
      onClose();
      await Promise.all(['run', 'runs', 'dead-letters'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
    },
    onError: notifyFailure,
  });
  const invalid = decision === 'succeed' && parsed(output) === undefined;
  return (
    <Modal opened onClose={onClose} title={t(about.title)}>
      <Stack>
        <Text size="sm">{t(about.text)}</Text>
        {decision === 'succeed' && <JsonInput label={t('Output of the step')} description={t('A JSON object, as later steps read it')} autosize minRows={3} maxRows={12} formatOnBlur value={output} onChange={setOutput} error={invalid ? t('This is no JSON object.') : undefined} />}
        <Textarea label={t('Comment')} description={t('Optional; kept with the decision')} autosize minRows={2} maxRows={8} maxLength={4000} value={comment} onChange={(event) => setComment(event.currentTarget.value)} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button color={decision === 'fail' ? 'red' : undefined} loading={deciding.isPending} disabled={invalid} onClick={() => deciding.mutate()}>
            {t(about.action)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
