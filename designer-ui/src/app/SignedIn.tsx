import { Center, Loader } from '@mantine/core';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Navigate, useLocation } from 'react-router';
import { session } from '../api/session';
import { AccessGate } from '../features/identity/security/AccessGate';
import { t } from '../i18n';
import { Shell } from './Shell';

/** Lets signed-in users through; after a reload the refresh cookie brings the session back. */
export function SignedIn() {
  const signedIn = useSyncExternalStore(session.subscribe, session.signedIn);
  const [asked, setAsked] = useState(signedIn);
  const location = useLocation();
  useEffect(() => {
    if (!asked) void session.renew().finally(() => setAsked(true));
  }, [asked]);
  if (signedIn) {
    return (
      <AccessGate>
        <Shell />
      </AccessGate>
    );
  }
  if (!asked) {
    return (
      <Center h="100vh">
        <Loader aria-label={t('Loading')} />
      </Center>
    );
  }
  return <Navigate to="/sign-in" replace state={{ from: `${location.pathname}${location.search}` }} />;
}
