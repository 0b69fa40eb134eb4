import { Alert, Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useMe } from '../../../api/useMe';
import { SchemaForm } from '../../../components/schema-form';
import { t } from '../../../i18n';
import { fieldErrors } from '../../../lib/problem';
import type { Schema } from '../../../lib/schema';
import { isInput, useDecide, type Approval } from './calls';
import { correctionsOf, prefilled } from './corrections';
import { whyNot } from './words';

const LONGEST_COMMENT = 4000;

/** The form of the corrections, a comment, and the two answers. */
export function DecisionForm({ approval, onDecided }: { approval: Approval; onDecided?: () => void }) {
  const { data: me } = useMe();
  const [values, setValues] = useState(() => prefilled(approval));
  const [comment, setComment] = useState('');
  const [rejecting, setRejecting] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const decide = useDecide(approval, onDecided);
  const reason = whyNot(approval, me);
  const disabled = !approval.canDecide;
  const said = comment.trim() || undefined;
  const approve = (): void => {
    if (form.current?.reportValidity()) decide.mutate({ decision: 'approve', comment: said, arguments: correctionsOf(approval, values) });
  };
  const reject = (): void => {
    setRejecting(false);
    decide.mutate({ decision: 'reject', comment: said });
  };
  const commentField = (
    <Textarea label={t('Comment')} description={t('Optional; kept with the decision')} autosize minRows={2} maxRows={8} maxLength={LONGEST_COMMENT} value={comment} onChange={(event) => setComment(event.currentTarget.value)} disabled={disabled} />
  );
  return (
    // Enter in a field must not approve: both answers are plain buttons
    <form ref={form} onSubmit={(event) => event.preventDefault()} aria-label={t('Decision on {{title}}', { title: approval.title })}>
      <Stack gap="sm">
        {approval.form && (
          <fieldset disabled={disabled} className="approval-form">
            <SchemaForm schema={approval.form as Schema} value={values} onChange={setValues} errors={argumentErrors(decide.error)} />
          </fieldset>
        )}
        {!rejecting && commentField}
        {isInput(decide.error) && (
          <Alert color="red" title={t('This cannot be approved like that')}>
            {decide.error.message}
          </Alert>
        )}
        {reason && (
          <Text size="sm" c="dimmed" id={`${approval.id}-why`}>
            {reason}
          </Text>
        )}
        <Group gap="xs">
          <Button leftSection={<IconCheck size={16} />} onClick={approve} disabled={disabled} loading={decide.isPending && decide.variables.decision === 'approve'} aria-describedby={reason ? `${approval.id}-why` : undefined}>
            {t('Approve')}
          </Button>
          <Button variant="default" leftSection={<IconX size={16} />} onClick={() => setRejecting(true)} disabled={disabled} loading={decide.isPending && decide.variables.decision === 'reject'} aria-describedby={reason ? `${approval.id}-why` : undefined}>
            {t('Reject')}
          </Button>
        </Group>
      </Stack>
      <Modal opened={rejecting} onClose={() => setRejecting(false)} title={t('Reject: {{title}}', { title: approval.title })}>
        <Stack>
          <Text size="sm">{t('It cannot be taken back. Say why, so that others understand it.')}</Text>
          {commentField}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setRejecting(false)}>
              {t('Go back')}
            </Button>
            <Button color="red" onClick={reject}>
              {t('Reject for good')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </form>
  );
}

/** The messages at the form's fields; the hub's pointers begin with `/arguments`. */
function argumentErrors(error: unknown): Record<string, string> {
  if (!isInput(error)) return {};
  return Object.fromEntries(Object.entries(fieldErrors(error)).map(([path, message]) => [path.replace(/^arguments\./, ''), message]));
}
