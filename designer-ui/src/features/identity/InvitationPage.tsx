import { Alert, Anchor, Button, Loader, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Link, useLocation } from 'react-router';
import { ApiProblem, post } from '../../api/http';
import { session } from '../../api/session';
import { signOut } from '../../api/signOut';
import type { InvitationOffer, OrganizationOfUser } from '../../api/types';
import { useMe } from '../../api/useMe';
import { t } from '../../i18n';
import { fieldErrors, messageOf } from '../../lib/problem';
import { returned, returnTo } from '../../lib/returning';
import { AuthCard } from './AuthCard';
import { ask, enter } from './enter';
import { SignInElsewhere } from './organization/SignInElsewhere';
import { goTo, switchTo } from './organization/switching';

/** What the link of an invitation leads to; the token is behind the # of the address. */
export function InvitationPage() {
  const token = useLocation().hash.slice(1);
  useEffect(() => {
    returned();
  }, []);
  const offer = useQuery({ queryKey: ['invitation', token], queryFn: () => ask<InvitationOffer>('/auth/invitations/look', { token }), retry: false, staleTime: Infinity });
  if (offer.data) return <Offered offer={offer.data} token={token} />;
  return (
    <AuthCard title={t('Your invitation')} about={t('To an organization at Cadre.')}>
      {offer.error ? (
        <Alert color="red" role="alert">
          {messageOf(offer.error)}
        </Alert>
      ) : (
        <Loader size="sm" aria-label={t('Loading')} />
      )}
      <Text size="sm" ta="center">
        <Anchor component={Link} to="/" size="sm" underline="always">
          {t('Go to Cadre')}
        </Anchor>
      </Text>
    </AuthCard>
  );
}

function Offered({ offer, token }: { offer: InvitationOffer; token: string }) {
  const signedIn = useSyncExternalStore(session.subscribe, session.signedIn);
  const [asked, setAsked] = useState(signedIn);
  useEffect(() => {
    if (!asked) void session.renew().finally(() => setAsked(true));
  }, [asked]);
  const about = t('{{name}} invites {{email}}.', { name: offer.invitedBy, email: offer.email });
  return (
    <AuthCard title={t('Join {{organization}}', { organization: offer.organization })} about={about}>
      {!asked ? <Loader size="sm" aria-label={t('Loading')} /> : signedIn ? <Accept offer={offer} token={token} /> : offer.hasAccount ? <SignInFirst token={token} /> : <Join offer={offer} token={token} />}
    </AuthCard>
  );
}

/** For who is signed in: with the invited address, or a wrong one. */
function Accept({ offer, token }: { offer: InvitationOffer; token: string }) {
  const me = useMe();
  const queries = useQueryClient();
  const accepting = useMutation({
    mutationFn: async () => switchTo((await post<OrganizationOfUser>('/api/v1/organizations/invitations/accept', { token })).id),
  });
  const leaving = useMutation({
    mutationFn: () =>
      signOut(queries, (provider) => {
        returnTo(`/invitation#${token}`);
        goTo(provider);
      }),
  });
  if (me.data && accepting.error instanceof ApiProblem && accepting.error.code === 'sign-in-required') {
    return (
      <Stack>
        <Alert color="green" role="status">
          {t('You are a member of {{organization}} now.', { organization: offer.organization })}
        </Alert>
        <SignInElsewhere organization={me.data.organization.name} problem={accepting.error} />
      </Stack>
    );
  }
  const other = me.data && me.data.user.email !== offer.email;
  return (
    <Stack>
      {accepting.error && (
        <Alert color="red" role="alert">
          {messageOf(accepting.error)}
        </Alert>
      )}
      {other ? (
        <>
          <Alert color="yellow" role="alert">
            {t('You are signed in as {{email}}. This invitation is for {{invited}}: sign out and use that address, or ask to be invited with yours.', { email: me.data.user.email, invited: offer.email })}
          </Alert>
          <Button fullWidth loading={leaving.isPending} onClick={() => leaving.mutate()}>
            {t('Sign out')}
          </Button>
        </>
      ) : (
        <Button fullWidth loading={accepting.isPending} onClick={() => accepting.mutate()}>
          {t('Accept')}
        </Button>
      )}
      <Text size="sm" ta="center">
        <Anchor component={Link} to="/" size="sm" underline="always">
          {t('Not now')}
        </Anchor>
      </Text>
    </Stack>
  );
}

function SignInFirst({ token }: { token: string }) {
  return (
    <Stack>
      <Text size="sm">{t('There is an account with this address. Sign in with it, then you can accept.')}</Text>
      <Button component={Link} to="/sign-in" state={{ from: `/invitation#${token}` }} fullWidth>
        {t('Sign in')}
      </Button>
    </Stack>
  );
}

/** For who has no account yet: it gets the invited address, which the link has proven. */
function Join({ offer, token }: { offer: InvitationOffer; token: string }) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const joining = useMutation({ mutationFn: () => enter('/auth/invitations/join', { token, name, password }), onSuccess: () => goTo('/') });
  const errors = fieldErrors(joining.error);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        joining.mutate();
      }}
    >
      <Stack>
        {joining.error && Object.keys(errors).length === 0 && (
          <Alert color="red" role="alert">
            {messageOf(joining.error)}
          </Alert>
        )}
        <TextInput label={t('E-mail')} type="email" autoComplete="username" readOnly value={offer.email} />
        <TextInput label={t('Name')} autoComplete="name" required maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} error={errors.name} />
        <PasswordInput label={t('Password')} description={t('At least 10 characters, not a common password')} autoComplete="new-password" required value={password} onChange={(event) => setPassword(event.currentTarget.value)} error={errors.password} />
        <Button type="submit" loading={joining.isPending} fullWidth>
          {t('Create account and join')}
        </Button>
      </Stack>
    </form>
  );
}
