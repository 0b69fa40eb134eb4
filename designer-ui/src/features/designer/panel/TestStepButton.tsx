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

/** Runs one step of the unsaved draft with the data known now. */
export function TestStepButton({ element, scope, onDone }: { element: DiagramElement; scope: Scope; onDone(): void }) {
  const { workflowId, model, data } = useDesigner();
  const [busy, setBusy] = useState(false);
  const filledIn = ownCalls(element.businessObject).length > 0;
  const { input, missing } = testInput(scope, [textOf(inputsHolder(element.businessObject))]);
  const run = async (): Promise<void> => {
    setBusy(true);
    try {
      data.recordTest(element.id, await testStep(workflowId, element.id, await model.xml(), input));
      onDone();
    } catch (error) {
      notifications.show({ color: 'red', title: t('The step was not tested'), message: error instanceof Error ? error.message : t('Try again.') });
    } finally {
      setBusy(false);
    }
  };
  if (filledIn) {
    return (
      <Text size="xs" c="dimmed">
        {t('The agent fills in what it gets: use “Test run” to see it at work.')}
      </Text>
    );
  }
  return (
    <>
      {missing.length > 0 && (
        <Text size="xs" c="dimmed" mb={6}>
          {t('It uses data of {{steps}}: test or pin that first.', { steps: missing.map((entry) => `“${entry.title}”`).join(', ') })}
        </Text>
      )}
      <Button fullWidth variant="light" loading={busy} leftSection={<IconPlayerPlay size={16} />} onClick={() => void run()}>
        {t('Test this step')}
      </Button>
    </>
  );
}
