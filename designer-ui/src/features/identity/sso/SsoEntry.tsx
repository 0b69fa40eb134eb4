import { Alert, Button } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { ApiProblem } from '../../../api/http';
import { t } from '../../../i18n';
import { ssoProblem } from './problems';
import { startUrlOf } from './startUrl';

/** Why single sign-on sent the person back here. */
export function SsoRefusal() {
  const [params] = useSearchParams();
  const code = params.get('sso');
  return code === null ? null : (
    <Alert color="red" role="alert">
      {ssoProblem(code)}
    </Alert>
  );
}

/** The way to the identity provider, for a password that was right where single sign-on is required. */
export function SsoRequiredEntry({ error }: { error: unknown }) {
  const url = error instanceof ApiProblem && error.code === 'sso-required' ? startUrlOf(error) : undefined;
  return url !== undefined ? (
    <Button component="a" href={url} variant="default" fullWidth>
      {t('Sign in with SSO')}
    </Button>
  ) : null;
}

/** Where the browser goes for single sign-on with this address. */
export function startSso(email: string, to: string): void {
  window.location.assign(`/auth/sso/start?${new URLSearchParams({ email, to })}`);
}
