import { Alert, Anchor, Button, Group, NumberInput, Stack, Text, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Link } from 'react-router';
import type { Retention } from '../../api/types';
import { isStale, Stale } from '../../components/ui';
import { t } from '../../i18n';
import { fieldErrors, messageOf } from '../../lib/problem';
import { useRunRetentionChange } from './calls';

const PARTS = ['runs', 'deadLetters', 'logs'] as const;
type Part = (typeof PARTS)[number];
type Values = Record<Part, number | string>;

const LABELS: Record<Part, string> = { runs: 'Runs that ended well', deadLetters: 'Failed runs', logs: 'Logs of ended runs' };
const MOST = 3650;

const numeric = (value: number | string): number | null => (typeof value === 'number' ? value : null);

/** `P90D` in whole days, as many as the hub takes; null for ever. */
export function daysOf(time: string | null | undefined): number | null {
  const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(time ?? '');
  return parts ? Math.floor(Number(parts[1] ?? 0) + Number(parts[2] ?? 0) / 24 + Number(parts[3] ?? 0) / 1440 + Number(parts[4] ?? 0) / 86_400) : null;
}

function bound(time: string | null | undefined): string {
  const days = daysOf(time);
  return days === null ? t('Empty: for ever, as this hub does.') : days === 0 ? t('Empty: less than a day, as this hub does.') : t('Empty: {{days}} days, the longest on this hub.', { days });
}

/** Days for each part; empty for what the operator of the hub has set. */
export function RetentionForm({ retention, etag, mayChange, reload }: { retention: Retention; etag: string | null; mayChange: boolean; reload: () => unknown }) {
  const form = useForm<Values>({ initialValues: { runs: retention.runs.days ?? '', deadLetters: retention.deadLetters.days ?? '', logs: retention.logs.days ?? '' } });
  const save = useRunRetentionChange(etag);
  const submit = (values: Values) => save.mutate({ runs: numeric(values.runs), deadLetters: numeric(values.deadLetters), logs: numeric(values.logs) }, { onError: (error) => form.setErrors(fieldErrors(error)) });
  return (
    <form onSubmit={form.onSubmit(submit)} noValidate className="panel-card privacy-part" aria-labelledby="retention">
      <Title order={2} size="15px" id="retention">
        {t('How long data is kept')}
      </Title>
      <Stack mt="sm" maw={520}>
        <Stale error={save.error} reload={reload} />
        {save.error && !isStale(save.error) && Object.keys(form.errors).length === 0 && (
          <Alert color="red" role="alert">
            {messageOf(save.error)}
          </Alert>
        )}
        {PARTS.map((part) => (
          <NumberInput
            key={part}
            label={t(LABELS[part])}
            description={t('Days after the end.') + ' ' + bound(retention[part].operator)}
            placeholder={daysOf(retention[part].operator)?.toString() ?? t('For ever')}
            min={1}
            max={daysOf(retention[part].operator) ?? MOST}
            clampBehavior="none"
            allowDecimal={false}
            readOnly={!mayChange || daysOf(retention[part].operator) === 0}
            {...form.getInputProps(part)}
          />
        ))}
        <Text size="xs" c="dimmed">
          {t('Older data is deleted for good. How long the audit log is kept is set on')}{' '}
          <Anchor component={Link} to="/settings/audit" size="xs" underline="always">
            {t('its page')}
          </Anchor>
          .
        </Text>
        {mayChange && (
          <Group>
            <Button type="submit" disabled={!form.isDirty()} loading={save.isPending}>
              {t('Save')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
