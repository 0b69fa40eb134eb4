import { Alert, Anchor, Stack, Text } from '@mantine/core';
import { IconUserCheck } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Task } from '../../../api/types';
import { t } from '../../../i18n';
import { Outcome } from './ApprovalCard';
import { useApproval } from './calls';
import { whoDecides } from './words';

export const isApproval = ({ stepType }: Pick<Task, 'stepType'>): boolean => stepType === 'approval';

/** Of an approval within a run: that somebody is asked, or who decided what. */
export function TaskApproval({ task }: { task: Task }) {
  const approval = useApproval(isApproval(task) ? task.id : undefined, task.status).data;
  if (!approval) return null;
  const waiting = approval.status === 'waiting';
  return (
    <Alert color={waiting ? 'orange' : 'gray'} icon={<IconUserCheck size={18} />} title={waiting ? t('Waits for a person') : approval.title}>
      <Stack gap={6}>
        {waiting ? <Text size="sm">{t('{{title}} Asked: {{who}}.', { title: approval.title, who: whoDecides(approval.assignees) })}</Text> : <Outcome approval={approval} />}
        <Anchor component={Link} to={`/approvals/${task.id}`} size="sm" underline="always" c="inherit">
          {waiting && approval.canDecide ? t('Decide it') : t('Open the approval')}
        </Anchor>
      </Stack>
    </Alert>
  );
}
