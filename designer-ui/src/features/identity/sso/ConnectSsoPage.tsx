import { Alert, Button, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { post } from '../../../api/http';
import { useMe } from '../../../api/useMe';
import { notifyFailure, PageHead } from '../../../components/ui';
import { t } from '../../../i18n';
import './sso.css';

/** For a member who signed in with a password and wants to come by the organization's identity provider. */
export function ConnectSsoPage() {
  const [params] = useSearchParams();
  const { data: me } = useMe();
  const connecting = useMutation({
    mutationFn: () => post<{ authorizationUrl: string }>('/api/v1/organizations/sso/link'),
    onSuccess: ({ authorizationUrl }) => window.location.assign(authorizationUrl),
    onError: notifyFailure,
  });
  const name = me?.organization.name ?? '';
  return (
    <>
      <PageHead title={t('Connected sign-in')} about={t('Come in through the identity provider of {{name}}, whatever address you have there.', { name })} />
      {params.has('connected') && (
        <Alert color="teal" c="light-dark(#0a5740, var(--mantine-color-teal-1))" mb="md" role="status">
          {t('Connected. Next time, choose "Sign in with SSO".')}
        </Alert>
      )}
      <section className="panel-card sso-card">
        <Text size="sm" mb="md">
          {t('You are sent to the provider once. From then on it can sign you in to {{name}}, and to no other organization of yours.', { name })}
        </Text>
        <Button loading={connecting.isPending} onClick={() => connecting.mutate()}>
          {t('Connect single sign-on')}
        </Button>
      </section>
    </>
  );
}
