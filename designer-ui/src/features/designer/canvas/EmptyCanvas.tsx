import { Button, Group, Text } from '@mantine/core';
import { IconBolt, IconClipboard, IconUpload } from '@tabler/icons-react';
import { t } from '../../../i18n';

interface EmptyCanvasProps {
  onAddTrigger(at: { x: number; y: number }): void;
  onImport(): void;
  onPaste(): void;
}

/** Nothing is drawn yet: one big thing to do. */
export function EmptyCanvas({ onAddTrigger, onImport, onPaste }: EmptyCanvasProps) {
  const add = (event: React.MouseEvent): void => {
    const box = event.currentTarget.getBoundingClientRect();
    onAddTrigger({ x: box.left, y: box.bottom + 8 });
  };
  return (
    <div className="canvas-empty">
      <div className="canvas-empty-inner">
        <button type="button" className="canvas-add-trigger" onClick={add}>
          <IconBolt size={26} color="#e8890c" aria-hidden />
          {t('Add trigger')}
        </button>
        <Text size="sm" c="dimmed" maw={340}>
          {t('A trigger says when the workflow starts: when a URL is called, or by hand.')}
        </Text>
        <Group gap={4} justify="center">
          <Button variant="subtle" size="xs" leftSection={<IconUpload size={14} />} onClick={onImport}>
            {t('Import a BPMN file')}
          </Button>
          <Button variant="subtle" size="xs" leftSection={<IconClipboard size={14} />} onClick={onPaste}>
            {t('Paste BPMN')}
          </Button>
        </Group>
      </div>
    </div>
  );
}
