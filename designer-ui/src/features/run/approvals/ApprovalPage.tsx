import { Anchor } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { Link, useParams } from 'react-router';
import { ErrorState, LoadingRows, PageHead } from '../../../components/ui';
import { t } from '../../../i18n';
import { ApprovalCard } from './ApprovalCard';
import { useApproval } from './calls';

/** One approval, as links from runs and messages lead to it. */
export function ApprovalPage() {
  const { approvalId } = useParams();
  const approval = useApproval(approvalId);
  return (
    <>
      <PageHead title={t('Approval')}>
        <Anchor component={Link} to="/approvals" size="sm">
          <IconArrowLeft size={14} aria-hidden style={{ verticalAlign: -2 }} /> {t('All approvals')}
        </Anchor>
      </PageHead>
      {approval.isPending && <LoadingRows rows={3} />}
      {approval.error && <ErrorState error={approval.error} retry={() => void approval.refetch()} />}
      {approval.data && <ApprovalCard key={approval.data.id} approval={approval.data} />}
    </>
  );
}
