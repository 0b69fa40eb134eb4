import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { JsonField } from '../step-form/JsonField';
import { useDesigner } from '../state/DesignerContext';
import { isTrigger, stepTypeId } from '../../../diagram/dialect';
import { t } from '../../../i18n';
import { exampleOf } from '../state/example';

interface TestRunDialogProps {
  onRun(input: unknown): Promise<void>;
  onClose(): void;
}

/** Asks what the draft is started with. */
export function TestRunDialog({ onRun, onClose }: TestRunDialogProps) {
  const { model, catalogue, data } = useDesigner();
  const start = model.elements().find((element) => isTrigger(element.businessObject));
  const type = catalogue.get((start && stepTypeId(start.businessObject)) ?? 'manual');
  const [input, setInput] = useState<unknown>(() => initialInput(start && data.known(start.id)?.value, exampleOf(type?.outputSchema)));
  const [busy, setBusy] = useState(false);
  const run = async (): Promise<void> => {
    setBusy(true);
    await onRun(input);
    setBusy(false);
  };
  return (
    <Modal opened onClose={onClose} title={t('Test run')} size="lg" centered>
      <Stack>
        <Text size="sm" c="dimmed">
          {type?.id === 'webhook' ? t('Saves the draft and runs it now, with this as the call of the webhook.') : t('Saves the draft and runs it now, with this as its input.')}
        </Text>
        <JsonField id="run-input" label={t('Input')} plain scope={{ entries: [], data: {}, hints: {} }} value={input} onChange={setInput} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button loading={busy} onClick={() => void run()}>
            {t('Run')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function initialInput(known: unknown, example: unknown): unknown {
  if (known !== undefined) return known;
  return typeof example === 'object' && example !== null && Object.keys(example).length > 0 ? example : {};
}
