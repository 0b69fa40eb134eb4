import { Group, NumberInput, Text } from '@mantine/core';
import type { ConnectionLimits } from '../../api/types';
import { t } from '../../i18n';

/** How much steps may ask of a connection; an empty field is no limit. */
export function ConnectionLimitFields({ limits, onChange }: { limits: ConnectionLimits; onChange: (limits: ConnectionLimits) => void }) {
  const set = (key: keyof ConnectionLimits) => (value: string | number): void => onChange({ ...limits, [key]: value === '' ? null : Number(value) });
  return (
    <div>
      <Group grow align="flex-start">
        <NumberInput label={t('Steps at once')} placeholder={t('No limit')} min={1} max={10_000} allowDecimal={false} value={limits.maxConcurrent ?? ''} onChange={set('maxConcurrent')} />
        <NumberInput label={t('Calls per minute')} placeholder={t('No limit')} min={1} max={100_000} allowDecimal={false} value={limits.ratePerMinute ?? ''} onChange={set('ratePerMinute')} />
      </Group>
      <Text size="xs" c="dimmed" mt={4}>
        {t('Steps over a limit wait for their turn.')}
      </Text>
    </div>
  );
}
