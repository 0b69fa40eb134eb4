import { Alert, Button, Group, NumberInput, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../api/http';
import type { components } from '../../../api/schema';
import { useMay } from '../../../api/useMe';
import { ErrorState, isStale, LoadingRows, notifyDone, PageHead, Stale } from '../../../components/ui';
import { t } from '../../../i18n';
import { fieldErrors, messageOf } from '../../../lib/problem';

type Limits = components['schemas']['LimitsView'];

const LIMITS = ['rate-limits'] as const;
const PATH = '/api/v1/rate-limits';

/** How many requests a minute the organization allows. */
export function LimitsPage() {
  const limits = useQuery({ queryKey: LIMITS, queryFn: ({ signal }) => call<Limits>(PATH, { signal }) });
  return (
    <>
      <PageHead title={t('Limits')} about={t('How many requests a minute are answered. More are refused until the minute is over.')} />
      {limits.isPending && <LoadingRows rows={2} />}
      {limits.error && <ErrorState error={limits.error} retry={() => void limits.refetch()} />}
      {limits.data && <LimitsForm key={limits.data.etag} limits={limits.data.data} etag={limits.data.etag} />}
    </>
  );
}

function LimitsForm({ limits, etag }: { limits: Limits; etag: string | null }) {
  const queries = useQueryClient();
  const mayChange = useMay('organization:manage');
  const form = useForm<{ eachCaller: number | string; allCallers: number | string }>({ initialValues: { eachCaller: limits.eachCaller ?? '', allCallers: limits.allCallers ?? '' } });
  const save = useMutation({
    mutationFn: (values: typeof form.values) => call<Limits>(PATH, { method: 'PUT', headers: etag ? { 'If-Match': etag } : {}, body: { eachCaller: numeric(values.eachCaller), allCallers: numeric(values.allCallers) } }),
    onSuccess: (answer) => {
      queries.setQueryData(LIMITS, answer);
      notifyDone(t('The limits count from now on.'));
    },
    onError: (error) => form.setErrors(fieldErrors(error)),
  });
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate className="panel-card">
      <Stack p="md" maw={520}>
        <Stale error={save.error} reload={() => queries.invalidateQueries({ queryKey: LIMITS })} />
        {save.error && !isStale(save.error) && Object.keys(form.errors).length === 0 && (
          <Alert color="red" role="alert">
            {messageOf(save.error)}
          </Alert>
        )}
        <NumberInput label={t('Each person and each key')} description={t('Requests a minute. Empty: {{usual}}, as usual on this hub. At most {{most}}.', { usual: limits.usual, most: limits.most })} placeholder={String(limits.usual)} min={1} max={limits.most} allowDecimal={false} readOnly={!mayChange} {...form.getInputProps('eachCaller')} />
        <NumberInput label={t('All together')} description={t('Requests a minute of the whole organization. Empty: no such limit.')} placeholder={t('No limit')} min={1} allowDecimal={false} readOnly={!mayChange} {...form.getInputProps('allCallers')} />
        <Text size="xs" c="dimmed">
          {t('A webhook has no limit unless its trigger sets one, under Security.')}
        </Text>
        {mayChange && (
          <Group>
            <Button type="submit" loading={save.isPending}>
              {t('Save')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

const numeric = (value: number | string): number | null => (value === '' ? null : Number(value));
