import { Alert, Stack, Text } from '@mantine/core';
import type { DiagramElement } from '../../../diagram';
import { extension, parseJson, textOf } from '../../../diagram/dialect';
import { t } from '../../../i18n';
import { setExtension } from '../canvas/editing';
import { JsonField } from '../step-form/JsonField';
import { EventKindField, EventSection } from './EventSection';
import { useDesigner } from '../state/DesignerContext';
import type { Scope } from '../state/scope';

/** What comes out of the workflow, or of one round of a group. */
export function EndSection({ element, scope }: { element: DiagramElement; scope: Scope }) {
  const { model } = useDesigner();
  const parsed = parseJson(textOf(extension(element.businessObject, 'Output')));
  const inGroup = element.parent?.type === 'bpmn:SubProcess';
  const write = (value: unknown): void =>
    model.edit(`${element.id}.output`, (modeler) => setExtension(modeler, element, 'Output', value === undefined ? undefined : { text: JSON.stringify(value) }));
  return (
    <Stack>
      <EventKindField element={element} place="end" plain={t('Just end')} />
      <EventSection element={element} scope={scope} />
      <Text size="sm" c="dimmed">
        {inGroup ? t('What one round gives.') : t('What the run gives: a webhook that answers with the last step sends it.')}
      </Text>
      {parsed.error && (
        <Alert color="red" p="xs">
          <Text size="xs">{t('The output in the file is not JSON.')}</Text>
        </Alert>
      )}
      <JsonField id="output" label={t('Output')} description={t('JSON, as {{example}}', { example: '{"total": "{{ steps.total.result }}"}' })} scope={scope} value={parsed.value} onChange={write} />
    </Stack>
  );
}
