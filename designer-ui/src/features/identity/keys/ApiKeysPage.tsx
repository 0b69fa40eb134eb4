import { Button, SegmentedControl } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useMay } from '../../../api/useMe';
import { EmptyState, ErrorState, LoadingRows, PageHead } from '../../../components/ui';
import { t } from '../../../i18n';
import { useKeys } from './calls';
import { KeyDialog } from './KeyDialog';
import { KeyList } from './KeyList';

/** The keys of the signed-in person; whoever manages keys sees everybody's. */
export function ApiKeysPage() {
  const [whose, setWhose] = useState('mine');
  const [making, setMaking] = useState(false);
  const mayManage = useMay('key:manage');
  const all = whose === 'all';
  const keys = useKeys({ all });
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)}>
      {t('New API key')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('API keys')} about={t('For programs that call the hub in your name. A key does what it is allowed to, and never more than you may.')}>
        {mayManage && <SegmentedControl size="xs" aria-label={t('Whose keys')} value={whose} onChange={setWhose} data={[{ value: 'mine', label: t('Mine') }, { value: 'all', label: t('Everybody’s') }]} />}
        {add}
      </PageHead>
      {keys.isPending && <LoadingRows />}
      {keys.error && <ErrorState error={keys.error} retry={() => void keys.refetch()} />}
      {keys.data?.items.length === 0 && (
        <EmptyState icon={<IconKey size={24} />} title={t('No key yet')} action={add}>
          {t('Make one for a script of yours. For what shall go on without you, use a service account.')}
        </EmptyState>
      )}
      {keys.data && keys.data.items.length > 0 && <KeyList keys={keys.data.items} owners={all} />}
      {making && <KeyDialog onClose={() => setMaking(false)} />}
    </>
  );
}
