import { Select, Text } from '@mantine/core';
import type { DiagramElement } from '../../../diagram';
import { DECISION } from '../../../diagram/dialect';
import { t } from '../../../i18n';
import { defaultInputs } from '../canvas/building';
import { setStepType } from '../canvas/editing';
import { useDesigner } from '../state/DesignerContext';

/** For a task that says nothing about what it does, as one drawn elsewhere. */
export function StepTypePicker({ element }: { element: DiagramElement }) {
  const { model, catalogue } = useDesigner();
  const types = catalogue.all().filter((type) => type.kind !== 'trigger' && type.id !== DECISION);
  const choose = (id: string | null): void => {
    const type = catalogue.get(id ?? undefined);
    if (type) model.edit(`${element.id}.use`, (modeler) => setStepType(modeler, element, type.id, defaultInputs(type.inputSchema)));
  };
  return (
    <div>
      <Select label={t('What this step does')} placeholder={t('Choose…')} searchable data={types.map((type) => ({ value: type.id, label: type.title }))} onChange={choose} />
      <Text size="xs" c="dimmed" mt={6}>
        {t('The step was drawn without saying what it does.')}
      </Text>
    </div>
  );
}
