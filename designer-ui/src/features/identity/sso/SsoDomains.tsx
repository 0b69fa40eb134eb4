import { Badge, Button, Code, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, remove } from '../../../api/http';
import type { Page, SsoDomain } from '../../../api/types';
import { confirm, ErrorState, notifyDone, notifyFailure } from '../../../components/ui';
import { t } from '../../../i18n';
import { fieldErrors } from '../../../lib/problem';

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
    onError: (error) => form.setErrors(fieldErrors(error)),
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

function Domain({ domain: { domain, proven, recordName, recordValue } }: { domain: SsoDomain }) {
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: ['sso', 'domains'] });
  const check = useMutation({
    mutationFn: () => post(`${DOMAINS}/${domain}/check`),
    onSuccess: async () => {
      await refresh();
      notifyDone(t('{{domain}} is proven.', { domain }));
    },
    onError: notifyFailure,
  });
  const release = useMutation({ mutationFn: () => remove(`${DOMAINS}/${domain}`), onSuccess: refresh, onError: notifyFailure });
  return (
    <div className="sso-domain">
      <Group gap="xs">
        <Text fw={600}>{domain}</Text>
        <Badge color={proven ? 'teal' : 'orange'} c={proven ? 'light-dark(#0a5740, var(--mantine-color-teal-2))' : 'light-dark(#8a3b00, #ffc078)'}>
          {proven ? t('Proven') : t('Claimed')}
        </Badge>
        {recordName && (
          <Group gap="xs" ml="auto">
            {!proven && (
              <Button size="xs" loading={check.isPending} onClick={() => check.mutate()}>
                {t('Check')}
              </Button>
            )}
            <Button
              size="xs"
              variant="default"
              aria-label={t('Remove {{domain}}', { domain })}
              loading={release.isPending}
              onClick={() => confirm(t('Remove {{domain}}?', { domain }), t('Nobody new with such an address can join any more.'), t('Remove'), () => release.mutate())}
            >
              {t('Remove')}
            </Button>
          </Group>
        )}
      </Group>
      {!proven && recordName && (
        <Text size="sm" mt={6} component="div">
          {t('Add this TXT record to its DNS, then check:')}
          <Code block mt={4}>
            {`${recordName}. TXT "${recordValue}"`}
          </Code>
        </Text>
      )}
      {!recordName && (
        <Text size="sm" c="dimmed">
          {t('Given to this organization by the operator.')}
        </Text>
      )}
    </div>
  );
}
