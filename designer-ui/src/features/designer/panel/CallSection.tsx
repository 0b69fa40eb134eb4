import { Alert, Anchor, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { DiagramElement } from '../../../diagram';
import { attributeOf, extension, parseJson, textOf } from '../../../diagram/dialect';
import { t } from '../../../i18n';
import { fetchVersions, fetchWorkflows } from '../api/calls';
import { setCall } from '../canvas/events';
import { service } from '../canvas/services';
import { JsonField } from '../step-form/JsonField';
import { useDesigner } from '../state/DesignerContext';
import type { Scope } from '../state/scope';

const UNNAMED = ['', 'Run another workflow'];

/** Which workflow is run, in which version, with which input. */
export function CallSection({ element, scope }: { element: DiagramElement; scope: Scope }) {
  const { model, workflowId } = useDesigner();
  const call = extension(element.businessObject, 'Call');
  const chosen = attributeOf(call, 'workflow');
  const version = attributeOf(call, 'version') || 'published';
  const input = parseJson(textOf(call));
  const workflows = useQuery({ queryKey: ['workflows', 'designer'], queryFn: fetchWorkflows });
  const versions = useQuery({ queryKey: ['versions', chosen], queryFn: () => fetchVersions(chosen), enabled: chosen !== '' });
  const others = (workflows.data ?? []).map(({ id, name, publishedVersion }) => ({
    value: id,
    label: [name, id === workflowId && t('(this one)'), publishedVersion == null && t('(not published yet)')].filter(Boolean).join(' '),
  }));
  if (chosen && workflows.data && !others.some(({ value }) => value === chosen)) others.push({ value: chosen, label: t('{{chosen}} (not here)', { chosen }) });
  const choose = (id: string | null): void =>
    model.edit(`${element.id}.workflow`, (modeler) => {
      setCall(modeler, element, { workflow: id ?? '', version: 'published' });
      const name = workflows.data?.find((workflow) => workflow.id === id)?.name;
      const former = workflows.data?.find((workflow) => workflow.id === chosen)?.name;
      if (name && [...UNNAMED, former].includes(element.businessObject.name ?? '')) service(modeler, 'modeling').updateProperties(element, { name });
    });
  const numbers = [...new Set([...(versions.data ?? []).map((each) => String(each.version)), ...(version === 'published' ? [] : [version])])];
  return (
    <Stack gap="md">
      <Select
        label={t('Workflow')}
        withAsterisk
        searchable
        placeholder={t('Choose…')}
        data={others}
        value={chosen || null}
        onChange={choose}
        data-testid="field-workflow"
        description={
          chosen ? (
            <Anchor component={Link} to={`/workflows/${chosen}`} size="xs" underline="always">
              {t('Open this workflow')}
            </Anchor>
          ) : undefined
        }
      />
      <Select
        label={t('Version')}
        data={[{ value: 'published', label: t('Always the published one') }, ...numbers.map((number) => ({ value: number, label: t('Version {{number}}, whatever is published later', { number }) }))]}
        value={version}
        onChange={(value) => model.edit(`${element.id}.version`, (modeler) => setCall(modeler, element, { version: value ?? 'published' }))}
        allowDeselect={false}
        disabled={!chosen}
        data-testid="field-version"
      />
      {input.error && (
        <Alert color="red" p="xs">
          <Text size="xs">{t('The input in the file is not JSON.')}</Text>
        </Alert>
      )}
      <JsonField id="call-input" label={t('Input')} description={t('JSON; the other workflow reads it as trigger')} scope={scope} value={input.value} onChange={(value) => model.edit(`${element.id}.input`, (modeler) => setCall(modeler, element, { text: value === undefined ? '' : JSON.stringify(value) }))} />
    </Stack>
  );
}
