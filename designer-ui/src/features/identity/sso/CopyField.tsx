import { Button, CopyButton, Group, TextInput } from '@mantine/core';
import { t } from '../../../i18n';

/** Something to enter elsewhere. */
export function CopyField({ label, about, value }: { label: string; about?: string; value: string }) {
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap">
      <TextInput label={label} description={about} value={value} readOnly style={{ flex: 1, minWidth: 0 }} onFocus={(event) => event.target.select()} />
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Button variant="default" onClick={copy} aria-label={t('Copy: {{label}}', { label })}>
            {copied ? t('Copied') : t('Copy')}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
