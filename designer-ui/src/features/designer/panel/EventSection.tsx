import { Anchor, Autocomplete, Button, Group, Select, Stack, Switch, Text } from '@mantine/core';
import { eventOf, eventWords, isHandler, isInterrupting, KINDS_AT, lookOf, type DiagramElement, type DrawnEvent, type EventKind } from '../../../diagram';
import { extension, textOf } from '../../../diagram/dialect';
import { REFERENCES, referenceOf, refers, type Referring } from '../../../diagram/events';
import { t } from '../../../i18n';
import { setText } from '../canvas/editing';
import { knownReferences, setActivity, setEventKind, setInterrupting, setReference } from '../canvas/events';
import { attachedOf, undoStepOf } from '../canvas/places';
import { hasExpression } from '../expressions/scan';
import { describeDuration, durationError } from '../problems/durations';
import { ExpressionField } from '../step-form/ExpressionField';
import { useDesigner } from '../state/DesignerContext';
import type { Scope } from '../state/scope';
import { MessageFields, SignalFields } from './ToldFields';

interface EventProps {
  element: DiagramElement;
  event: DrawnEvent;
  scope: Scope;
}

/** What an event waits for or tells, and what it does to what it is about. */
export function EventSection({ element, scope }: { element: DiagramElement; scope: Scope }) {
  const event = eventOf(element.businessObject);
  if (!event) return null;
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {about(element, event)}
      </Text>
      {event.kind === 'timer' && <TimeField element={element} event={event} scope={scope} />}
      {refers(event.kind) && <ReferenceField element={element} event={event} kind={event.kind} />}
      {event.kind === 'message' && <MessageFields element={element} event={event} scope={scope} />}
      {event.kind === 'signal' && <SignalFields element={element} event={event} scope={scope} />}
      {event.kind === 'compensation' && <UndoFields element={element} event={event} />}
      {(event.place === 'boundary' || event.place === 'handler') && event.kind !== 'error' && event.kind !== 'compensation' && <StopsIt element={element} event={event} />}
    </Stack>
  );
}

function about(element: DiagramElement, { kind, place }: DrawnEvent): string {
  const host = element.host?.businessObject.name ?? element.host?.id ?? t('the step');
  switch (place) {
    case 'boundary':
      if (kind === 'error') return t('Taken when “{{host}}” fails for good.', { host });
      if (kind === 'compensation') return t('What undoes “{{host}}” after it has succeeded, should a later step ask for it or somebody cancel the run that way.', { host });
      if (kind === 'timer') return t('Counts from the moment at which “{{host}}” begins.', { host });
      return kind === 'escalation' ? t('Taken when something within “{{host}}” asks for attention.', { host }) : t('Heard while “{{host}}” is under way.', { host });
    case 'handler':
      return t('Heard as long as what is around it is under way.');
    case 'catch':
      return kind === 'timer' ? t('The run waits here for some time. It costs nothing while it waits.') : t('The run waits here. It costs nothing while it waits.');
    default:
      return t(ABOUT_TOLD[kind] ?? '');
  }
}

const ABOUT_TOLD: Partial<Record<EventKind, string>> = {
  message: 'Goes to the one run that waits for this message.',
  signal: 'Goes to all runs of the organization that wait for it at this moment.',
  escalation: 'Tells what is around it; where nothing hears it, it has no effect.',
  error: 'The run fails with this code, unless something around it catches it.',
  terminate: 'Everything else that is under way in the workflow, or in this group, ends as well. It counts as success.',
  compensation: 'Runs the steps that undo what was done, the last one first.',
};

const PRESETS = ['PT1M', 'PT10M', 'PT1H', 'P1D'];

function TimeField({ element, event, scope }: EventProps) {
  const { model } = useDesigner();
  const wait = textOf(extension(element.businessObject, 'Wait') ?? extension(event.definition, 'Wait'));
  const write = (text: string): void => model.edit(`${element.id}.wait`, (modeler) => setText(modeler, element, 'Wait', text));
  const words = describeDuration(wait);
  return (
    <div>
      <ExpressionField id="wait" label={event.place === 'catch' ? t('Wait for') : t('After')} description={t('As PT30S, PT10M or P1D, or an expression that gives one')} required scope={scope} value={wait} onChange={write} placeholder="PT10M" error={hasExpression(wait) ? undefined : durationError(wait)} />
      <Group gap={6} mt={6}>
        {PRESETS.map((preset) => (
          <Button key={preset} size="compact-xs" variant={wait === preset ? 'light' : 'default'} onClick={() => write(preset)}>
            {describeDuration(preset)}
          </Button>
        ))}
        {words && !PRESETS.includes(wait) && (
          <Text size="xs" c="dimmed" data-testid="wait-words">
            {words}
          </Text>
        )}
      </Group>
    </div>
  );
}

const REFERENCE_LABELS: Record<Referring, string> = { message: 'Message', signal: 'Signal', error: 'Error code', escalation: 'Code' };

/** A name or code: one that the file has already, or a new one. */
export function ReferenceField({ element, event, kind }: { element: DiagramElement; event?: DrawnEvent; kind: Referring }) {
  const { model } = useDesigner();
  const value = referenceOf(event?.definition ?? element.businessObject, kind);
  const all = event && (event.place === 'boundary' || event.place === 'handler') && (kind === 'error' || kind === 'escalation');
  const coded = REFERENCES[kind].value !== 'name';
  const wrong = coded && value && !/^[\w.-]+$/.test(value) ? t('Letters, digits and . _ - only') : undefined;
  return (
    <Autocomplete
      label={all ? t('Only for this code') : t(REFERENCE_LABELS[kind])}
      description={coded ? undefined : t('Whoever sends it and whoever waits for it use the same name')}
      placeholder={all ? t('Any') : coded ? 'OUT_OF_STOCK' : t('order paid')}
      withAsterisk={!all}
      error={wrong}
      data={knownReferences(model.modeler, kind).filter((known) => known !== value)}
      value={value}
      onChange={(text) => model.edit(`${element.id}.${kind}`, (modeler) => setReference(modeler, element, kind, text))}
      data-testid={`field-${kind}`}
    />
  );
}

function StopsIt({ element, event }: { element: DiagramElement; event: DrawnEvent }) {
  const { model } = useDesigner();
  const handler = event.place === 'handler';
  return (
    <Switch
      label={handler ? t('Stop everything else around it') : t('Stop the step')}
      description={handler ? t('Otherwise its steps run beside the rest') : t('Otherwise the step goes on, and this way runs beside it')}
      checked={isInterrupting(element.businessObject)}
      onChange={(change) => model.edit(`${element.id}.interrupting`, (modeler) => setInterrupting(modeler, element, change.currentTarget.checked))}
    />
  );
}

function UndoFields({ element, event }: { element: DiagramElement; event: DrawnEvent }) {
  const { model, catalogue } = useDesigner();
  if (event.place === 'boundary') {
    const step = undoStepOf(element);
    return step ? (
      <Anchor component="button" size="sm" ta="left" underline="always" onClick={() => model.select(step)}>
        {t('Open “{{step}}”', { step: lookOf(step.businessObject, catalogue)?.title ?? step.id })}
      </Anchor>
    ) : (
      <Button variant="light" size="xs" onClick={() => element.host && model.attach(element.host, 'compensation')}>
        {t('Add the step that undoes it')}
      </Button>
    );
  }
  const around = isHandler(element.parent?.businessObject) ? element.parent?.parent : element.parent;
  const undone = (around?.children ?? []).filter((child) => attachedOf(child, 'compensation').length > 0);
  const chosen = (event.definition.activityRef as { id?: string } | undefined)?.id ?? '';
  const choose = (id: string | null): void =>
    model.edit(`${element.id}.activity`, (modeler) => setActivity(modeler, element, id ? model.element(id)?.businessObject : undefined));
  return (
    <Select
      label={t('What is undone')}
      description={undone.length === 0 ? t('No step says yet what undoes it: select one and choose “Undo with”.') : undefined}
      data={[{ value: '', label: t('Everything that was done here') }, ...undone.map((child) => ({ value: child.id, label: child.businessObject.name ?? child.id }))]}
      value={chosen}
      onChange={choose}
      allowDeselect={false}
    />
  );
}

/** Which event it is, where it may become another: of an end, or of a "whenever". */
export function EventKindField({ element, place, plain }: { element: DiagramElement; place: 'end' | 'handler'; plain?: string }) {
  const { model } = useDesigner();
  const kind = eventOf(element.businessObject)?.kind;
  const data = KINDS_AT[place].map((each) => ({ value: each as string, label: t(eventWords(place, each)) }));
  return (
    <Select
      label={place === 'end' ? t('How it ends') : t('When')}
      data={plain ? [{ value: '', label: plain }, ...data] : data}
      value={kind ?? ''}
      onChange={(value) => model.edit(`${element.id}.kind`, (modeler) => setEventKind(modeler, element, (value || undefined) as EventKind | undefined))}
      allowDeselect={false}
    />
  );
}
