import { Alert, Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCopy } from '@tabler/icons-react';
import { t } from '../../../i18n';
import type { NewKey } from './calls';

/** A key, this once. */
export function NewKeyShown({ made, onClose }: { made: NewKey; onClose: () => void }) {
  return (
    <Stack>
      <Alert color="yellow" icon={<IconAlertTriangle size={18} />}>
        {t('Copy the key now: it is kept nowhere and never shown again.')}
      </Alert>
      <Group wrap="nowrap" align="stretch" gap="xs">
        <div className="key-text" data-testid="new-key">
          {made.key}
        </div>
        <CopyButton value={made.key}>
          {({ copied, copy }) => (
            <Button onClick={copy} leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />} style={{ height: 'auto', flex: 'none' }} variant={copied ? 'light' : 'filled'}>
              {copied ? t('Copied') : t('Copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
      <div>
        <Text size="sm" mb={6}>
          {t('Send it with each request:')}
        </Text>
        <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>{`curl ${window.location.origin}/api/v1/me -H "Authorization: Bearer $CADRE_API_KEY"`}</Code>
      </div>
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('I have copied it')}</Button>
      </Group>
    </Stack>
  );
}
