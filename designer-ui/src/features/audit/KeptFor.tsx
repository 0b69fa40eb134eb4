import { Button, Group, NumberInput, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { t } from '../../i18n';
import { useRetention, useRetentionChange } from './calls';

const LEAST = 30;
const MOST = 3650;

/** How long the organization keeps its log. */
export function KeptFor({ mayChange }: { mayChange: boolean }) {
  const retention = useRetention();
  return retention.data ? <Days key={retention.data.etag} days={retention.data.days} etag={retention.data.etag} mayChange={mayChange} /> : null;
}

function Days({ days, etag, mayChange }: { days: number; etag: string | null; mayChange: boolean }) {
  const [wanted, setWanted] = useState<number | string>(days);
  const change = useRetentionChange(etag);
  const valid = typeof wanted === 'number' && wanted >= LEAST && wanted <= MOST;
  return (
    <section className="panel-card audit-kept" aria-labelledby="audit-kept">
      <Title order={2} size="15px" id="audit-kept">
        {t('How long events are kept')}
      </Title>
      <Text size="sm" c="dimmed">
        {t('Older events are deleted; the rest still proves itself. Export them before, if you must keep them for longer.')}
      </Text>
      <Group align="flex-end" gap="xs" mt="sm">
        <NumberInput label={t('Days')} w={140} min={LEAST} max={MOST} clampBehavior="none" allowDecimal={false} disabled={!mayChange} value={wanted} onChange={setWanted} error={valid ? null : t('From {{least}} to {{most}}', { least: LEAST, most: MOST })} />
        {mayChange && (
          <Button variant="default" disabled={!valid || wanted === days} loading={change.isPending} onClick={() => change.mutate(Number(wanted))}>
            {t('Save')}
          </Button>
        )}
      </Group>
    </section>
  );
}
