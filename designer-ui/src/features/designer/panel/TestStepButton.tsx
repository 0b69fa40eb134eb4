import { Button, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import type { DiagramElement } from '../../../diagram';
import { inputsHolder, textOf } from '../../../diagram/dialect';
import { t } from '../../../i18n';
import { testStep } from '../api/calls';
import { ownCalls } from '../canvas/agents';
import { useDesigner } from '../state/DesignerContext';
import { testInput, type Scope } from '../state/scope';
import { ToolTestDialog } from './ToolTestDialog';

/** Runs one step of the unsaved draft with the data known now. */
export function TestStepButton({ element, scope, onDone }: { element: DiagramElement; scope: Scope; onDone(): void }) {
  const { workflowId, model, data } = useDesigner();
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  const [given, setGiven] = useState<Record<string, unknown>>({});
  const parameters = ownCalls(element.businessObject);
  const { input, missing } = testInput(scope, [textOf(inputsHolder(element.businessObject))]);
  const run = async (called?: Record<string, unknown>): Promise<void> => {
    setBusy(true);
    try {
      const toolCall = called && { toolCall: { id: 'call-1', name: element.id, arguments: called } };
      data.recordTest(element.id, await testStep(workflowId, element.id, await model.xml(), { ...input, ...toolCall }));
      setAsking(false);
      onDone();
    } catch (error) {
      notifications.show({ color: 'red', title: t('The step was not tested'), message: error instanceof Error ? error.message : t('Try again.') });
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {missing.length > 0 && (
        <Text size="xs" c="dimmed" mb={6}>
          {t('It uses data of {{steps}}: test or pin that first.', { steps: missing.map((entry) => `“${entry.title}”`).join(', ') })}
        </Text>
      )}
      <Button fullWidth variant="light" loading={busy} leftSection={<IconPlayerPlay size={16} />} onClick={() => (parameters.length > 0 ? setAsking(true) : void run())}>
        {parameters.length > 0 ? t('Test this tool…') : t('Test this step')}
      </Button>
      {asking && (
        <ToolTestDialog
          parameters={parameters}
          given={given}
          busy={busy}
          onTest={(values) => {
            setGiven(values);
            void run(values);
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
