import { ActionIcon, Group, Text, TextInput, Tooltip } from '@mantine/core';
import { IconCopy, IconTrash, IconX } from '@tabler/icons-react';
import { isUndoStep, lookOf, type DiagramElement } from '../../../diagram';
import { t } from '../../../i18n';
import { StepIcon } from '../palette/StepIcon';
import { useDesigner } from '../state/DesignerContext';
import { service } from '../canvas/services';

/** Icon, name and kind of the selected element, with what can be done to it as a whole. */
export function PanelHead({ element }: { element: DiagramElement }) {
  const { model, catalogue } = useDesigner();
  const look = lookOf(element.businessObject, catalogue);
  const rename = (name: string): void =>
    model.edit(`${element.id}.name`, (modeler) => service(modeler, 'modeling').updateProperties(element, { name: name || undefined }));
  const copyable = !element.host && element.type !== 'bpmn:SequenceFlow' && element.type !== 'bpmn:StartEvent' && !isUndoStep(element.businessObject);
  return (
    <header className="panel-head">
      {look && <StepIcon icon={look.icon} colour={look.colour} size={40} />}
      <div className="panel-title">
        <TextInput aria-label={t('Step name')} variant="unstyled" size="md" placeholder={look?.kind ?? t('Name')} value={element.businessObject.name ?? ''} onChange={(event) => rename(event.currentTarget.value)} />
        <Text size="xs" c="dimmed" truncate>
          {look?.kind ?? t('Branch')}
        </Text>
      </div>
      <Group gap={2} wrap="nowrap">
        {copyable && (
          <Tooltip label={t('Duplicate (Ctrl+D)')}>
            <ActionIcon variant="subtle" color="gray" aria-label={t('Duplicate')} onClick={() => model.duplicate(element)}>
              <IconCopy size={16} />
            </ActionIcon>
          </Tooltip>
        )}
        <Tooltip label={t('Delete (Del)')}>
          <ActionIcon variant="subtle" color="gray" aria-label={t('Delete step')} onClick={() => model.remove(element)}>
            <IconTrash size={16} />
          </ActionIcon>
        </Tooltip>
        <ActionIcon variant="subtle" color="gray" aria-label={t('Close panel')} onClick={() => model.select(undefined)}>
          <IconX size={16} />
        </ActionIcon>
      </Group>
    </header>
  );
}
