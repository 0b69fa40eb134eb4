import { Button, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import type { DiagramElement } from '../../../diagram';
import { inputsHolder, textOf } from '../../../diagram/dialect';
import { testStep } from '../api/calls';
import { useDesigner } from '../state/DesignerContext';
import { testInput, type Scope } from '../state/scope';

/** Runs one step of the unsaved draft with the data known now. */
export function TestStepButton({ element, scope, onDone }: { element: DiagramElement; scope: Scope; onDone(): void }) {
  const { workflowId, model, data } = useDesigner();
  const [busy, setBusy] = useState(false);
  const { input, missing } = testInput(scope, [textOf(inputsHolder(element.businessObject))]);
  const run = async (): Promise<void> => {
    setBusy(true);
    try {
      data.recordTest(element.id, await testStep(workflowId, element.id, await model.xml(), input));
      onDone();
    } catch (error) {
      notifications.show({ color: 'red', title: 'The step was not tested', message: error instanceof Error ? error.message : 'Try again.' });
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {missing.length > 0 && (
        <Text size="xs" c="dimmed" mb={6}>
          It uses data of {missing.map((entry) => `“${entry.title}”`).join(', ')}: test or pin that first.
        </Text>
      )}
      <Button fullWidth variant="light" loading={busy} leftSection={<IconPlayerPlay size={16} />} onClick={() => void run()}>
        Test this step
      </Button>
    </>
  );
}
