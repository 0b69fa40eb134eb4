import { ErrorState, LoadingRows, PageHead } from '../../components/ui';
import { useMay } from '../../api/useMe';
import { t } from '../../i18n';
import { ProcessingRecord } from './ProcessingRecord';
import { RetentionForm } from './RetentionForm';
import { useRunRetention } from './calls';
import './privacy.css';

/** How long the organization keeps what has ended, and its record of what it does with people's data. */
export function RetentionPage() {
  const retention = useRunRetention();
  const mayChange = useMay('security:manage');
  return (
    <>
      <PageHead title={t('Privacy & retention')} about={t('How long this organization keeps data, and what it does with data of people.')} />
      {retention.isPending && <LoadingRows rows={2} />}
      {retention.error && <ErrorState error={retention.error} retry={() => void retention.refetch()} />}
      {retention.data && <RetentionForm key={retention.data.etag} retention={retention.data.data} etag={retention.data.etag} mayChange={mayChange} reload={retention.refetch} />}
      <ProcessingRecord />
    </>
  );
}
