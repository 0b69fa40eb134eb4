import { Stack, Text, TextInput } from '@mantine/core';
import type { DiagramElement, ModdleObject } from '../../../diagram';
import { attributeOf } from '../../../diagram/dialect';
import { t } from '../../../i18n';
import { setErrorCode } from '../canvas/editing';
import { useDesigner } from '../state/DesignerContext';

/** Which failures an error branch is for. */
export function ErrorBranchSection({ element }: { element: DiagramElement }) {
  const { model } = useDesigner();
  const definition = (element.businessObject.eventDefinitions as ModdleObject[] | undefined)?.[0];
  const code = attributeOf(definition?.errorRef as ModdleObject | undefined, 'errorCode');
  const host = element.host?.businessObject.name ?? element.host?.id ?? 'the step';
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t('Taken when “{{host}}” fails for good.', { host })}
      </Text>
      <TextInput label={t('Only for this error code')} placeholder={t('Any error')} value={code} onChange={(event) => model.edit(`${element.id}.code`, (modeler) => setErrorCode(modeler, element, event.currentTarget.value))} />
    </Stack>
  );
}
