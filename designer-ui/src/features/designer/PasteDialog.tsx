import { Button, Group, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import { t } from '../../i18n';

/** Takes a workflow as text. */
export function PasteDialog({ onImport, onClose }: { onImport(xml: string): Promise<boolean>; onClose(): void }) {
  const [xml, setXml] = useState('');
  const submit = async (): Promise<void> => {
    if (await onImport(xml)) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t('Paste BPMN')} size="lg" centered>
      <Textarea aria-label={t('BPMN')} placeholder="<definitions …>" rows={12} value={xml} onChange={(event) => setXml(event.currentTarget.value)} styles={{ input: { fontFamily: 'monospace', fontSize: 12 } }} data-autofocus />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('Cancel')}
        </Button>
        <Button disabled={!xml.includes('<')} onClick={() => void submit()}>
          {t('Show it')}
        </Button>
      </Group>
    </Modal>
  );
}
