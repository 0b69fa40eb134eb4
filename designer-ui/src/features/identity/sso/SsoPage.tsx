import { Alert, Button, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../api/http';
import type { Sso } from '../../../api/types';
import { confirm, ErrorState, LoadingRows, notifyDone, notifyFailure, PageHead } from '../../../components/ui';
import { t } from '../../../i18n';
import { formatTime } from '../../../lib/format';
import { CopyField } from './CopyField';
import { SsoDomains } from './SsoDomains';
import { SsoForm } from './SsoForm';
import './sso.css';

const SSO = '/api/v1/organizations/sso';

/** How the organization's people sign in through its own identity provider. */
export function SsoPage() {
  const queries = useQueryClient();
  const sso = useQuery({ queryKey: ['sso'], queryFn: ({ signal }) => call<Sso>(SSO, { signal }) });
  const removal = useMutation({
    mutationFn: () => call(SSO, { method: 'DELETE' }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['sso'] });
      notifyDone(t('Single sign-on is removed. People sign in with a password now.'));
    },
    onError: notifyFailure,
  });
  const provider = sso.data?.data.provider;
  return (
    <>
      <PageHead title={t('Single sign-on')} about={t('Let the people of this organization sign in through its own identity provider (OpenID Connect). SAML works through a bridge such as Keycloak.')}>
        {provider && (
          <Button
            variant="default"
            loading={removal.isPending}
            onClick={() => confirm(t('Remove single sign-on?'), t('Everybody who came by it is signed out, and needs a password to come back.'), t('Remove'), () => removal.mutate())}
          >
            {t('Remove')}
          </Button>
        )}
      </PageHead>
      {sso.isPending && <LoadingRows />}
      {sso.error && <ErrorState error={sso.error} retry={() => void sso.refetch()} />}
      {sso.data && (
        <Stack gap="lg">
          {provider && <Used at={provider.usedAt} enforced={provider.enforced} />}
          <Addresses sso={sso.data.data} />
          <SsoForm key={sso.data.etag} sso={sso.data.data} etag={sso.data.etag ?? '"0"'} />
          <SsoDomains />
        </Stack>
      )}
    </>
  );
}

function Used({ at, enforced }: { at?: string | null; enforced: boolean }) {
  return at ? (
    <Alert color="teal" c="light-dark(#0a5740, var(--mantine-color-teal-1))">
      {enforced ? t('Members come in by single sign-on only. Owners keep their password for the day the provider is away.') : t('Last used {{time}}.', { time: formatTime(at) })}
    </Alert>
  ) : (
    <Alert color="yellow">{t('Nobody has signed in through this provider as it is set up now. Try it with the start address below, in a private window.')}</Alert>
  );
}

function Addresses({ sso }: { sso: Sso }) {
  return (
    <section className="panel-card sso-card" aria-labelledby="sso-addresses">
      <Title order={2} size="16px" id="sso-addresses">
        {t('What to enter at the provider')}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t('Make a confidential client there, for the authorization code flow with PKCE (S256).')}
      </Text>
      <Stack gap="sm">
        <CopyField label={t('Redirect address')} about={t('If the provider asks where people return to after signing out, enter it there too.')} value={sso.redirectUri} />
        <CopyField label={t('Back-channel logout address')} value={sso.logoutUri} />
        <CopyField label={t('Start address, for portals and bookmarks')} value={sso.startUrl} />
      </Stack>
    </section>
  );
}
