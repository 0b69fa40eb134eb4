import { Alert, Anchor, Button, Loader, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { ApiProblem, get, post } from '../../../api/http';
import type { WaitingSignIn } from '../../../api/types';
import { t } from '../../../i18n';
import { messageOf } from '../../../lib/problem';
import { AuthCard } from '../AuthCard';
import { goTo } from '../organization/switching';
import { ssoProblem } from './problems';
import './sso.css';

const WAITING = '/auth/sso/waiting';

/** Asks whether the person wants a single sign-on that no page of the application began: it may be somebody else's. */
export function ConfirmSsoPage() {
  const waiting = useQuery({ queryKey: ['sso', 'waiting'], queryFn: ({ signal }) => get<WaitingSignIn>(WAITING, signal), retry: false, staleTime: Infinity, refetchOnWindowFocus: false });
  if (waiting.data) return <Asked waiting={waiting.data} />;
  return (
    <AuthCard title={t('Is this you?')} about={t('Single sign-on at Cadre.')}>
      {waiting.error ? (
        <>
          <Failure error={waiting.error} />
          <Button component={Link} to="/sign-in" variant="default" fullWidth>
            {t('Go to the sign-in page')}
          </Button>
        </>
      ) : (
        <Loader size="sm" aria-label={t('Loading')} />
      )}
    </AuthCard>
  );
}

function Asked({ waiting: { organization, email, name, signedInAs } }: { waiting: WaitingSignIn }) {
  const going = useMutation({ mutationFn: () => post<{ returnTo: string }>(WAITING), onSuccess: ({ returnTo }) => goTo(returnTo) });
  const replaces = signedInAs !== null && signedInAs !== undefined && signedInAs !== email;
  return (
    <AuthCard title={t('Is this you?')} about={t('A link, a bookmark or a portal has sent you here, and somebody else may have made it. Go on only if you know this organization and this account is yours.')}>
      <dl className="sso-who">
        <dt>{t('You sign in to')}</dt>
        <dd>{organization}</dd>
        <dt>{t('as')}</dt>
        <dd>
          {name}
          <Text span display="block" size="sm" c="dimmed">
            {email}
          </Text>
        </dd>
      </dl>
      {replaces && (
        <Alert color="yellow" role="note" c="var(--mantine-color-text)">
          {t('This browser is signed in as {{email}} now. Going on replaces that.', { email: signedInAs })}
        </Alert>
      )}
      {going.error && <Failure error={going.error} />}
      <Stack gap="xs">
        <Button fullWidth loading={going.isPending || going.isSuccess} onClick={() => going.mutate()}>
          {t('Yes, sign in')}
        </Button>
        <Text size="sm" ta="center">
          <Anchor component={Link} to="/" size="sm" underline="always">
            {t('No, not now')}
          </Anchor>
        </Text>
      </Stack>
    </AuthCard>
  );
}

function Failure({ error }: { error: unknown }) {
  return (
    <Alert color="red" role="alert">
      {error instanceof ApiProblem && error.code.startsWith('sso-') ? ssoProblem(error.code) : messageOf(error)}
    </Alert>
  );
}
