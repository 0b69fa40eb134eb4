import { Select, Stack, Text } from '@mantine/core';
import type { DiagramElement } from '../../../diagram';
import { stepTypeId } from '../../../diagram/dialect';
import { t } from '../../../i18n';
import { defaultInputs } from '../canvas/building';
import { setTrigger } from '../canvas/editing';
import { useDesigner } from '../state/DesignerContext';
import type { Scope } from '../state/scope';
import { firstSchedule, SCHEDULE } from '../schedule/schedule';
import { ScheduleSection } from '../schedule/ScheduleSection';
import { SECURITY_FIELDS } from './security';
import { SecuritySection } from './SecuritySection';
import { StepSection } from './StepSection';
import { WebhookSection } from './WebhookSection';

/** What starts the workflow. */
export function TriggerSection({ element, scope }: { element: DiagramElement; scope: Scope }) {
  const { model, catalogue } = useDesigner();
  const use = stepTypeId(element.businessObject) ?? 'manual';
  const triggers = catalogue.all().filter((type) => type.kind === 'trigger');
  const choose = (id: string | null): void => {
    const type = catalogue.get(id ?? undefined);
    if (type) model.edit(`${element.id}.use`, (modeler) => setTrigger(modeler, element, type.id, { ...defaultInputs(type.inputSchema), ...(type.id === SCHEDULE && firstSchedule()) }));
  };
  const hasSettings = Object.keys(catalogue.get(use)?.inputSchema.properties ?? {}).length > 0;
  return (
    <Stack gap="md">
      <Select label={t('Starts')} data={triggers.map((type) => ({ value: type.id, label: type.title }))} value={use} onChange={choose} allowDeselect={false} />
      {use === 'manual' && (
        <Text size="sm" c="dimmed">
          {t('Started by hand with “Test run” or by the API; the input is there as trigger.')}
        </Text>
      )}
      {hasSettings && use !== SCHEDULE && <StepSection element={element} scope={scope} constant elsewhere={use === 'webhook' ? SECURITY_FIELDS : undefined} />}
      {use === SCHEDULE && <ScheduleSection element={element} scope={scope} />}
      {use === 'webhook' && <SecuritySection element={element} />}
      {use === 'webhook' && <WebhookSection element={element} />}
    </Stack>
  );
}
