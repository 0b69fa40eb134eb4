import { Alert, MultiSelect, Select, Stack, TagsInput, Text } from '@mantine/core';
import type { DiagramElement, StepType } from '../../../diagram';
import { APPROVAL, parseInputs, readInputs, stepTypeId, type JsonObject } from '../../../diagram/dialect';
import { setInputs } from '../canvas/editing';
import type { Model } from '../../../api/types';
import { t } from '../../../i18n';
import { JsonField } from '../step-form/JsonField';
import { labelOf } from '../../../lib/schema';
import { StepForm } from '../step-form/StepForm';
import { useDesigner } from '../state/DesignerContext';
import type { Scope } from '../state/scope';
import { ConnectionField } from './ConnectionField';

/** A step's connection and inputs. */
export function StepSection({ element, scope, constant, elsewhere }: { element: DiagramElement; scope: Scope; constant?: boolean; elsewhere?: readonly string[] }) {
  const { model, catalogue, models } = useDesigner();
  const bo = element.businessObject;
  const type = catalogue.get(stepTypeId(bo));
  const parsed = parseInputs(bo);
  const write = (inputs: JsonObject, field: string): void => model.edit(`${element.id}.inputs.${field}`, (modeler) => setInputs(modeler, element, inputs));
  if (!type || parsed.error) {
    return (
      <Stack>
        <Alert color="red" variant="light" p="xs">
          <Text size="xs">{type ? t('The settings in the file are not JSON.') : t('No installed plugin offers “{{value}}”.', { value: stepTypeId(bo) })}</Text>
        </Alert>
        <JsonField id="inputs" label={t('Settings')} scope={scope} value={readInputs(bo)} onChange={(value) => write((value ?? {}) as JsonObject, 'inputs')} />
      </Stack>
    );
  }
  return (
    <Stack gap="md">
      {type.connectionType && type.kind !== 'trigger' && <ConnectionField element={element} connectionType={type.connectionType} />}
      <StepForm schema={type.inputSchema} values={readInputs(bo)} onChange={write} scope={scope} constant={constant} elsewhere={elsewhere} special={type.id === APPROVAL ? approvalFields(type, readInputs(bo), scope) : agentFields(type, models, catalogue.all())} />
    </Stack>
  );
}

type Special = NonNullable<Parameters<typeof StepForm>[0]['special']>;

/** People are a list of addresses and roles; the form for them is a JSON Schema, and no list of texts. */
function approvalFields({ inputSchema }: StepType, inputs: JsonObject, scope: Scope): Special {
  const { assignees, form } = inputSchema.properties ?? {};
  return {
    form: (value, set) => <JsonField id="form" label={form?.title ?? t('Form')} description={form?.description} scope={scope} value={value} onChange={set} />,
    ...((inputs.assignees === undefined || Array.isArray(inputs.assignees)) && {
      assignees: (value, set) => (
        <TagsInput label={assignees?.title ?? t('Who may decide')} description={assignees?.description} data={['role:owner', 'role:admin', 'role:member']} value={Array.isArray(value) ? value.map(String) : []} onChange={(next) => set(next.length > 0 ? next : undefined)} placeholder={t('Everybody')} data-testid="field-assignees" />
      ),
    }),
  };
}

/** Models and tools are chosen from what this installation has. */
function agentFields(type: StepType, models: Model[], types: StepType[]): Special {
  if (type.kind !== 'agent') return {};
  const properties = type.inputSchema.properties ?? {};
  const required = (name: string): boolean => type.inputSchema.required?.includes(name) ?? false;
  const fields: Special = {};
  if (properties.model) {
    fields.model = (value, set) => (
      <Select label={properties.model?.title ?? t('Model')} description={properties.model?.description} withAsterisk={required('model')} searchable data={modelOptions(models, value)} value={typeof value === 'string' ? value : null} onChange={(id) => set(id ?? undefined)} clearable placeholder={t('Default model')} data-testid="field-model" />
    );
  }
  if (properties.tools) {
    const tools = types.filter((candidate) => candidate.kind === 'tool' || candidate.kind === 'connector');
    fields.tools = (value, set) => (
      <MultiSelect label={labelOf('tools', properties.tools)} description={properties.tools?.description ?? t('Steps the agent may use on its own')} searchable data={tools.map((tool) => ({ value: tool.id, label: tool.title }))} value={Array.isArray(value) ? value.map(String) : []} onChange={(ids) => set(ids.length > 0 ? ids : undefined)} placeholder={t('Choose…')} data-testid="field-tools" />
    );
  }
  return fields;
}

function modelOptions(models: Model[], value: unknown): { value: string; label: string; disabled?: boolean }[] {
  const options = models.map((model) => ({
    value: model.id,
    label: [model.title, model.demo && t('(demo, offline)'), !model.available && `— ${model.reason ?? t('no key')}`].filter(Boolean).join(' '),
  }));
  if (typeof value === 'string' && value && !options.some((option) => option.value === value)) options.push({ value, label: value });
  return options;
}
