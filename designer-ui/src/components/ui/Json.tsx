import { ActionIcon, CopyButton, Group, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { t } from '../../i18n';
import { formatJson } from '../../lib/format';

/** A JSON value under its name, to read and to copy. */
export function Json({ label, value }: { label: string; value: unknown }) {
  const text = value === undefined || value === null ? '' : formatJson(value);
  return (
    <div>
      <Group justify="space-between" mb={4}>
        <Text size="sm" fw={600}>
          {label}
        </Text>
        {text && (
          <CopyButton value={text}>
            {({ copied, copy }) => (
              <ActionIcon size="sm" variant="subtle" color="gray" onClick={copy} aria-label={t('Copy {{what}}', { what: label })}>
                {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
              </ActionIcon>
            )}
          </CopyButton>
        )}
      </Group>
      {text ? (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard
        <pre className="json" role="group" aria-label={label} tabIndex={0}>{text}</pre>
      ) : (
        <Text size="sm" c="dimmed">
          {t('Nothing')}
        </Text>
      )}
    </div>
  );
}
