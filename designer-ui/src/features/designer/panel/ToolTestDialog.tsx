import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { SchemaForm } from '../../../components/schema-form';
import { t } from '../../../i18n';
import { schemaOfCalls, type FromAi } from '../expressions/fromAi';

interface Props {
  parameters: readonly FromAi[];
  /** What was given the last time. */
  given: Record<string, unknown>;
  busy: boolean;
  onTest(values: Record<string, unknown>): void;
  onClose(): void;
}

/** Asks the person who tests a tool for what the agent would give it. */
export function ToolTestDialog({ parameters, given, busy, onTest, onClose }: Props) {
  const [values, setValues] = useState(given);
  const missing = parameters.some(({ name, required }) => required && (values[name] === undefined || values[name] === ''));
  return (
    <Modal opened onClose={onClose} title={t('Test this tool')} closeButtonProps={{ 'aria-label': t('Close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!missing) onTest(values);
        }}
      >
        <Stack>
          <Text size="sm" c="dimmed">
            {t('Give what the agent would give. The tool really runs: what it sends is sent.')}
          </Text>
          <SchemaForm schema={schemaOfCalls(parameters)} value={values} onChange={setValues} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('Cancel')}
            </Button>
            <Button type="submit" disabled={missing} loading={busy} leftSection={<IconPlayerPlay size={16} />}>
              {t('Test')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
