import { Button, Group, SegmentedControl, Select, Stack, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { DiagramElement } from '../../../diagram';
import { readInputs, stepTypeId, type JsonObject } from '../../../diagram/dialect';
import { setInputs } from '../canvas/editing';
import { useDesigner } from '../state/DesignerContext';
import type { Scope } from '../state/scope';
import { StepForm } from '../step-form/StepForm';
import { NextTimes } from './NextTimes';
import { isLocalTime, modeOf, PRESETS, schemaOf, switched, timeZones, type Mode } from './schedule';

const MODE_LABELS: { value: Mode; label: string }[] = [
  { value: 'cron', label: 'Cron' },
  { value: 'every', label: 'Interval' },
  { value: 'at', label: 'Once' },
];

/** When the clock starts the workflow: one of three ways to say it, and what comes of that. */
export function ScheduleSection({ element, scope }: { element: DiagramElement; scope: Scope }) {
  const { model, catalogue } = useDesigner();
  const [emptyMode, setEmptyMode] = useState<Mode>('cron');
  const values = readInputs(element.businessObject);
  const schema = catalogue.get(stepTypeId(element.businessObject))?.inputSchema ?? {};
  const mode = modeOf(values) ?? emptyMode;
  const write = (inputs: JsonObject, field: string): void => model.edit(`${element.id}.inputs.${field}`, (modeler) => setInputs(modeler, element, inputs));
  const choose = (next: Mode): void => {
    setEmptyMode(next);
    write(switched(values, next), 'mode');
  };
  return (
    <Stack gap="md">
      <SegmentedControl fullWidth aria-label="When" data={MODE_LABELS} value={mode} onChange={(next) => choose(next as Mode)} />
      {PRESETS[mode].length > 0 && (
        <Group gap={6} role="group" aria-label="Presets">
          {PRESETS[mode].map(({ label, value }) => (
            <Button key={value} size="compact-xs" variant={values[mode] === value ? 'light' : 'default'} aria-pressed={values[mode] === value} onClick={() => write({ ...values, [mode]: value }, mode)}>
              {label}
            </Button>
          ))}
        </Group>
      )}
      <StepForm schema={schemaOf(schema, mode)} values={values} onChange={write} scope={scope} constant special={{ timeZone: zoneField, ...(mode === 'at' && isLocalTime(values.at) && { at: timeField }) }} />
      <NextTimes settings={values} />
    </Stack>
  );
}

function zoneField(value: unknown, set: (value: unknown) => void): ReactNode {
  return <Select label="Time zone" searchable clearable limit={100} data={timeZones(value)} value={typeof value === 'string' && value ? value : null} placeholder="UTC" onChange={(zone) => set(zone ?? undefined)} nothingFoundMessage="No such time zone" data-testid="field-timeZone" />;
}

function timeField(value: unknown, set: (value: unknown) => void): ReactNode {
  return <TextInput type="datetime-local" label="Once at" description="By the clock of the time zone" value={typeof value === 'string' ? value : ''} onChange={(event) => set(event.currentTarget.value)} data-testid="field-at" />;
}
