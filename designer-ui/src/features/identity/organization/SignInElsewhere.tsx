import { Button, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { signOut } from '../../../api/signOut';
import { t } from '../../../i18n';
import { startUrlOf } from '../sso/startUrl';

/** For who came by single sign-on, which opens its own organization only: how to get to the others. */
export function SignInElsewhere({ organization, problem }: { organization: string; problem?: unknown }) {
  const queries = useQueryClient();
  const leaving = useMutation({ mutationFn: () => signOut(queries) });
  const start = startUrlOf(problem);
  return (
    <Stack>
      <Text size="sm">{t('You came by the single sign-on of {{organization}}, which opens that organization only. For another one, sign in there: by its own single sign-on, or by your password.', { organization })}</Text>
      <Text size="sm">{t('You have no password yet? "Forgot your password?" on the sign-in page sets one.')}</Text>
      {start && (
        <Button component="a" href={start} fullWidth>
          {t('Sign in by its single sign-on')}
        </Button>
      )}
      <Button variant={start ? 'default' : 'filled'} fullWidth loading={leaving.isPending} onClick={() => leaving.mutate()}>
        {t('Sign out, then sign in by password')}
      </Button>
    </Stack>
  );
}
