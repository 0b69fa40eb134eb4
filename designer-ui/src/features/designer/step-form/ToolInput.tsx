import { Group, Input, Select, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { FieldProps } from '../../../components/schema-form';
import { t } from '../../../i18n';
import { labelOf, typeOf, type Schema } from '../../../lib/schema';
import { asFromAi, fromAiText, isParameterName, TYPES, type FromAi, type FromAiType } from '../expressions/fromAi';

type Mode = 'agent' | 'fixed' | 'empty';

const MODES = [
  { value: 'agent', label: t('Agent decides') },
  { value: 'fixed', label: t('Fixed') },
  { value: 'empty', label: t('Empty') },
];

/** An input of a tool: the agent fills it in, it is fixed (data of earlier steps included), or it stays empty. */
export function ToolInput({ field, children }: { field: FieldProps; children: ReactNode }) {
  const { name, path, schema, required, value, onChange } = field;
  const [chosen, setChosen] = useState<Mode | undefined>(() => (asFromAi(value) || value === undefined || value === '' ? undefined : 'fixed'));
  const call = asFromAi(value);
  const nothing: Mode = chosen === 'agent' || !chosen ? (required || schema.default !== undefined ? 'fixed' : 'empty') : chosen;
  const mode: Mode = call ? 'agent' : value !== undefined && value !== '' ? 'fixed' : nothing;
  const label = labelOf(name, schema);
  const choose = (next: Mode): void => {
    setChosen(next);
    if (next === 'agent') onChange(fromAiText(suggested(field, label)));
    else if (call || next === 'empty') onChange(undefined);
  };
  return (
    <div className="tool-input">
      <Select className="tool-input-mode" size="xs" variant="filled" aria-label={t('Who fills in {{field}}', { field: label })} data={required ? MODES.filter((each) => each.value !== 'empty') : MODES} value={mode} onChange={(next) => choose((next ?? 'fixed') as Mode)} allowDeselect={false} data-testid={`mode-${path}`} />
      {mode === 'fixed' && children}
      {mode === 'empty' && <Input.Wrapper label={label} description={schema.description} labelElement="div" />}
      {mode === 'agent' && call && <AgentDecides path={path} label={label} schema={schema} required={required} call={call} onChange={(next) => onChange(fromAiText(next))} />}
    </div>
  );
}

interface AgentDecidesProps {
  path: string;
  label: string;
  schema: Schema;
  required: boolean;
  call: FromAi;
  onChange(call: FromAi): void;
}

/** What the model is told about a value that it fills in. */
function AgentDecides({ path, label, schema, required, call, onChange }: AgentDecidesProps) {
  // a name that cannot be one stays in the field, not in the file
  const [name, setName] = useState(call.name);
  const [written, setWritten] = useState(call.name);
  if (written !== call.name) {
    setWritten(call.name);
    setName(call.name);
  }
  const rename = (next: string): void => {
    setName(next);
    if (isParameterName(next)) onChange({ ...call, name: next });
  };
  const anyType = !TYPES.includes(typeOf(schema) as FromAiType);
  return (
    <Input.Wrapper label={label} withAsterisk={required} labelElement="div">
      <Stack gap={8} className="tool-input-told">
        <Textarea size="xs" label={t('What the agent puts here')} autosize minRows={1} maxRows={6} value={call.description} placeholder={t('The number of the order, such as A-17')} onChange={(event) => onChange({ ...call, description: event.currentTarget.value })} data-testid={`told-${path}`} />
        <Group grow gap="xs" align="flex-start">
          <TextInput size="xs" label={t('Called')} value={name} error={isParameterName(name) ? undefined : t('Letters, digits and _ only')} onChange={(event) => rename(event.currentTarget.value)} data-testid={`called-${path}`} />
          {anyType && <Select size="xs" label={t('Type')} data={[...TYPES]} value={call.type} onChange={(type) => onChange({ ...call, type: (type ?? 'string') as FromAiType, schema: {} })} allowDeselect={false} />}
        </Group>
        <Switch size="xs" label={t('The agent may leave it out')} checked={!call.required} onChange={(event) => onChange({ ...call, required: !event.currentTarget.checked })} />
      </Stack>
    </Input.Wrapper>
  );
}

/** What the schema of the input says already. */
function suggested({ path, schema }: FieldProps, label: string): FromAi {
  const type = typeOf(schema) as FromAiType;
  const bounds = Object.fromEntries(Object.entries({ enum: schema.enum?.filter((each) => each !== null), minimum: schema.minimum, maximum: schema.maximum }).filter(([, each]) => each !== undefined));
  const name = path.replace(/[^A-Za-z0-9_]/g, '_');
  return { name: isParameterName(name) ? name : `value_${name}`.slice(0, 64), description: schema.description ?? label, type: TYPES.includes(type) ? type : 'string', schema: bounds, required: true };
}
