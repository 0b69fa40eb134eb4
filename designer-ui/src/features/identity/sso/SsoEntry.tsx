import { Alert, Button } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { ApiProblem } from '../../../api/http';
import { t } from '../../../i18n';
import { returnTo } from '../../../lib/returning';
import { goTo } from '../organization/switching';
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
export function SsoRequiredEntry({ error, to }: { error: unknown; to: string }) {
  const url = error instanceof ApiProblem && error.code === 'sso-required' ? startUrlOf(error) : undefined;
  return url !== undefined ? (
    <Button component="a" href={url} variant="default" fullWidth onClick={() => returnTo(to)}>
      {t('Sign in with SSO')}
    </Button>
  ) : null;
}

/** Sends the browser to the single sign-on of this address, and remembers where it goes on then. */
export function startSso(email: string, to: string): void {
  returnTo(to);
  goTo(`/auth/sso/start?${new URLSearchParams({ email })}`);
}
