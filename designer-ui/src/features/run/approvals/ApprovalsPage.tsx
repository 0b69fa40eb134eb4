import { Button, Group, Stack, Tabs } from '@mantine/core';
import { IconUserCheck } from '@tabler/icons-react';
import { useRef } from 'react';
import { useSearchParams } from 'react-router';
import { EmptyState, ErrorState, LoadingRows, PageHead } from '../../../components/ui';
import { t } from '../../../i18n';
import { ApprovalCard } from './ApprovalCard';
import { useApprovals } from './calls';

/** What runs ask people: open questions to answer, and what became of the others. */
export function ApprovalsPage() {
  const [params, setParams] = useSearchParams();
  const tab = params.get('show') === 'done' ? 'done' : 'open';
  return (
    <>
      <PageHead title={t('Approvals')} about={t('What runs ask people before they go on, newest first.')} />
      <Tabs value={tab} onChange={(next) => setParams(next === 'done' ? { show: 'done' } : {}, { replace: true })} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="open">{t('Open')}</Tabs.Tab>
          <Tabs.Tab value="done">{t('Done')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="open">
          <ApprovalList open />
        </Tabs.Panel>
        <Tabs.Panel value="done">
          <ApprovalList open={false} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function ApprovalList({ open }: { open: boolean }) {
  const approvals = useApprovals(open);
  const list = useRef<HTMLDivElement>(null);
  if (approvals.isPending) return <LoadingRows rows={3} />;
  if (approvals.error) return <ErrorState error={approvals.error} retry={() => void approvals.refetch()} />;
  const items = approvals.data.pages.flatMap((page) => page.items);
  return (
    // the card with the focus goes away when it is decided: the keyboard goes on from here
    <div ref={list} tabIndex={-1} className="approval-list">
      {items.length === 0 && (
        <EmptyState icon={<IconUserCheck size={24} />} title={open ? t('Nothing waits for an answer') : t('Nothing has been decided yet')}>
          {open ? t('When a run reaches an approval, its question appears here.') : t('Approvals that were answered, or that ran out of time, are listed here.')}
        </EmptyState>
      )}
      <Stack gap="md">
        {items.map((approval) => (
          <ApprovalCard key={approval.id} approval={approval} onDecided={() => list.current?.focus()} />
        ))}
      </Stack>
      {approvals.hasNextPage && (
        <Group justify="center" mt="md">
          <Button variant="default" loading={approvals.isFetchingNextPage} onClick={() => void approvals.fetchNextPage()}>
            {t('Show more')}
          </Button>
        </Group>
      )}
    </div>
  );
}
