import { Alert, Badge, Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core';
import { IconPin, IconPinnedOff } from '@tabler/icons-react';
import { useState } from 'react';
import type { DiagramElement } from '../../../diagram';
import { t } from '../../../i18n';
import { formatDuration } from '../../../lib/format';
import { JsonField } from '../step-form/JsonField';
import { useDesigner, useStepData } from '../state/DesignerContext';
import type { Scope } from '../state/scope';

const NO_SCOPE: Scope = { entries: [], data: {}, hints: {} };
const SOURCES = { pinned: t('Pinned data'), test: t('From the last test'), run: t('From the last run') };

/** What came out of a step: of the last test, the last run, or pinned by hand. */
export function ResultTab({ element }: { element: DiagramElement }) {
  const { data } = useDesigner();
  useStepData(data);
  const known = data.known(element.id);
  const test = data.lastTest(element.id);
  const pinned = data.isPinned(element.id);
  const [editing, setEditing] = useState(false);
  return (
    <Stack gap="sm">
      {test && (
        <Group gap={8}>
          <Badge color={test.status === 'succeeded' ? 'teal.9' : 'red.8'} variant="filled">
            {test.status === 'succeeded' ? t('Succeeded') : t('Failed')}
          </Badge>
          <Text size="xs" c="dimmed">
            {formatDuration(test.durationMs)}
          </Text>
        </Group>
      )}
      {test?.error && (
        <Alert color="red" variant="light" title={t('It did not work')} p="sm">
          <Text size="sm">{test.error.message}</Text>
          <Text size="xs" c="dimmed" mt={4}>
            {test.error.code}
          </Text>
        </Alert>
      )}
      {test?.answer && <Output title={t('What the caller would be answered')} value={test.answer} />}
      {known && !editing && <Output title={SOURCES[known.source]} value={known.value} />}
      {!known && !test && (
        <Text size="sm" c="dimmed">
          {t('No result yet. Test the step, or pin data to go on without it.')}
        </Text>
      )}
      {editing && (
        <JsonField id="pin" label={t('Pinned data')} description={t('Used while you design, never in production')} plain scope={NO_SCOPE} value={known?.value} onChange={(value) => (value === undefined ? data.unpin(element.id) : data.pin(element.id, value))} />
      )}
      <Group gap={6}>
        {!pinned && known && (
          <Button size="xs" variant="light" leftSection={<IconPin size={14} />} onClick={() => data.pin(element.id, known.value)}>
            {t('Pin this data')}
          </Button>
        )}
        {pinned && (
          <Button size="xs" variant="light" color="gray" leftSection={<IconPinnedOff size={14} />} onClick={() => data.unpin(element.id)}>
            {t('Unpin')}
          </Button>
        )}
        <Button size="xs" variant="subtle" onClick={() => setEditing(!editing)}>
          {editing ? t('Done') : t('Edit data')}
        </Button>
        {known && (
          <CopyButton value={JSON.stringify(known.value, null, 2)}>
            {({ copied, copy }) => (
              <Button size="xs" variant="subtle" color="gray" onClick={copy}>
                {copied ? t('Copied') : t('Copy')}
              </Button>
            )}
          </CopyButton>
        )}
      </Group>
      {test && <Output title={t('What went in')} value={test.input} />}
      {test && test.logs.length > 0 && <Output title={t('Log')} value={test.logs.map((line) => `${line.level} ${line.message}`).join('\n')} />}
    </Stack>
  );
}

function Output({ title, value }: { title: string; value: unknown }) {
  return (
    <div>
      <Text size="xs" fw={600} c="dimmed" mb={4}>
        {title}
      </Text>
      <Code block className="result-code" tabIndex={0} aria-label={title}>
        {typeof value === 'string' ? value : JSON.stringify(value, null, 2)}
      </Code>
    </div>
  );
}
