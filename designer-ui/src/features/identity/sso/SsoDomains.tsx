import { Badge, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, remove } from '../../../api/http';
import type { Page, SsoDomain } from '../../../api/types';
import { confirm, ErrorState, notifyDone, notifyFailure } from '../../../components/ui';
import { t } from '../../../i18n';
import { formatDate, formatTime } from '../../../lib/format';
import { fieldErrors } from '../../../lib/problem';
import { CopyField } from './CopyField';

const DOMAINS = '/api/v1/organizations/sso/domains';

/** The e-mail domains whose people may join through the provider, each proven in its DNS. */
export function SsoDomains() {
  const queries = useQueryClient();
  const domains = useQuery({ queryKey: ['sso', 'domains'], queryFn: ({ signal }) => get<Page<SsoDomain>>(DOMAINS, signal) });
  const form = useForm({ initialValues: { domain: '' } });
  const claim = useMutation({
    mutationFn: (values: { domain: string }) => post(DOMAINS, values),
    onSuccess: async () => {
      form.reset();
      await queries.invalidateQueries({ queryKey: ['sso', 'domains'] });
    },
    onError: (error) => {
      const errors = fieldErrors(error);
      if (Object.keys(errors).length > 0) form.setErrors(errors);
      else notifyFailure(error);
    },
  });
  return (
    <section className="panel-card sso-card" aria-labelledby="sso-domains">
      <Title order={2} size="16px" id="sso-domains">
        {t('E-mail domains')}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t('People whose address is in a proven domain join when they first sign in, and find the way here by their address. Without one, only people who are members already and connect their account can come.')}
      </Text>
      {domains.error && <ErrorState error={domains.error} />}
      <Stack gap="sm">
        {domains.data?.items.map((domain) => (
          <Domain key={domain.domain} domain={domain} />
        ))}
        <form onSubmit={form.onSubmit((values) => claim.mutate(values))} noValidate>
          <Group gap="xs" align="flex-start" wrap="nowrap">
            <TextInput aria-label={t('Domain')} placeholder="example.com" style={{ flex: 1, minWidth: 0 }} {...form.getInputProps('domain')} />
            <Button type="submit" variant="default" loading={claim.isPending}>
              {t('Add domain')}
            </Button>
          </Group>
        </form>
      </Stack>
    </section>
  );
}

function Domain({ domain }: { domain: SsoDomain }) {
  const { domain: name, proven, recordName } = domain;
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: ['sso', 'domains'] });
  const check = useMutation({
    mutationFn: () => post<SsoDomain>(`${DOMAINS}/${name}/check`),
    onSuccess: (now) => {
      if (now.proven && !now.missingSince) notifyDone(t('{{domain}} is proven.', { domain: name }));
    },
    onError: notifyFailure,
    onSettled: refresh,
  });
  const release = useMutation({ mutationFn: () => remove(`${DOMAINS}/${name}`), onSuccess: refresh, onError: notifyFailure });
  const removal = proven
    ? t('Nobody new with such an address can join any more, and the sign-in page does not find your provider by it. Another organization can prove the domain.')
    : t('Its TXT record is worth nothing any more: a new claim gets another.');
  return (
    <div className="sso-domain">
      <Group gap="xs" justify="space-between">
        <Group gap="xs" style={{ minWidth: 0 }}>
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {name}
          </Text>
          <State domain={domain} />
        </Group>
        {recordName && (
          <Group gap="xs">
            <Button size="xs" variant={proven && !domain.missingSince ? 'default' : 'filled'} aria-label={proven ? t('Check {{domain}} now', { domain: name }) : t('Check {{domain}}', { domain: name })} loading={check.isPending} onClick={() => check.mutate()}>
              {proven ? t('Check now') : t('Check')}
            </Button>
            <Button size="xs" variant="default" aria-label={t('Remove {{domain}}', { domain: name })} loading={release.isPending} onClick={() => confirm(t('Remove {{domain}}?', { domain: name }), removal, t('Remove'), () => release.mutate())}>
              {t('Remove')}
            </Button>
          </Group>
        )}
      </Group>
      <Proof domain={domain} />
    </div>
  );
}

function State({ domain: { proven, missingSince } }: { domain: SsoDomain }) {
  const [color, text, label] = !proven
    ? ['orange', 'light-dark(#8a3b00, #ffc078)', missingSince ? t('Not proven any more') : t('Claimed')]
    : missingSince
      ? ['red', 'light-dark(#8f1d1d, #ffc9c9)', t('Record missing')]
      : ['teal', 'light-dark(#0a5740, var(--mantine-color-teal-2))', t('Proven')];
  return (
    <Badge color={color} c={text} variant="light">
      {label}
    </Badge>
  );
}

/** How the proof stands, and the record that it hangs on where it is wanted. */
function Proof({ domain: { proven, recordName, recordValue, provenAt, lookedUpAt, missingSince, endsAt } }: { domain: SsoDomain }) {
  if (!recordName) {
    return (
      <Text size="sm" c="dimmed">
        {t('Given to this organization by the operator.')}
      </Text>
    );
  }
  const facts = [proven && provenAt && t('Proven since {{time}}', { time: formatDate(provenAt) }), lookedUpAt && t('last looked up {{time}}', { time: formatTime(lookedUpAt) })].filter(Boolean).join(' · ');
  const wanted = proven
    ? missingSince && endsAt && t('Its TXT record has been missing since {{since}}. Put it back by {{end}}, or the proof ends:', { since: formatDate(missingSince), end: formatDate(endsAt) })
    : missingSince
      ? t('The proof has ended: this TXT record has been missing since {{since}}. Put it back, then check:', { since: formatDate(missingSince) })
      : t('Add this TXT record to its DNS, then check:');
  return (
    <>
      {facts && (
        <Text size="sm" c="dimmed">
          {facts.charAt(0).toUpperCase() + facts.slice(1)}
        </Text>
      )}
      {wanted && (
        <Stack gap="xs" mt={6}>
          <Text size="sm" role={missingSince ? 'status' : undefined}>
            {wanted}
          </Text>
          <CopyField label={t('Name of the TXT record')} value={recordName} />
          <CopyField label={t('Its value')} value={recordValue ?? ''} />
        </Stack>
      )}
    </>
  );
}
