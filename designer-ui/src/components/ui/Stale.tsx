import { Alert, Button, Stack } from '@mantine/core';
import { ApiProblem } from '../../api/http';
import { t } from '../../i18n';

export const isStale = (error: unknown): boolean => error instanceof ApiProblem && error.status === 412;

/** For a form whose subject somebody else, or another tab, has changed meanwhile: says so, and shows how it is now. */
export function Stale({ error, reload }: { error: unknown; reload: () => unknown }) {
  return isStale(error) ? (
    <Alert color="orange" role="alert" title={t('This was changed meanwhile')}>
      <Stack gap="xs" align="flex-start">
        {t('Somebody else has saved it, or you in another tab. Nothing of yours is saved: look at how it is now, and make your change again.')}
        <Button size="xs" variant="default" onClick={() => void reload()}>
          {t('Show how it is now')}
        </Button>
      </Stack>
    </Alert>
  ) : null;
}
