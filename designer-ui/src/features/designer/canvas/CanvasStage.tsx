import { notifications } from '@mantine/notifications';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { AGENT } from '../../../diagram/dialect';
import { t } from '../../../i18n';
import { AddStepMenu } from '../palette/AddStepMenu';
import { StepLibrary } from '../palette/StepLibrary';
import { firstSchedule, SCHEDULE } from '../schedule/schedule';
import { useDesigner, useModelState } from '../state/DesignerContext';
import { CanvasControls } from './CanvasControls';
import { EmptyCanvas } from './EmptyCanvas';
import { libraryEntries, type StepEntry } from './entries';
import { idFrom } from './elementIds';
import type { AddStepRequest } from './modules/CardContextPad';
import { takesEvent, takesEvents, waitsForEvents } from './places';

interface CanvasStageProps {
  xml: string;
  /** Takes the handles away while a run is shown. */
  quiet: boolean;
  onImport(): void;
  onPaste(): void;
  children: ReactNode;
}

type Request = AddStepRequest & { trigger?: boolean };

/** The step library and the canvas, with the menu that asks what comes next. */
export function CanvasStage({ xml, quiet, onImport, onPaste, children }: CanvasStageProps) {
  const { model, catalogue, workflowName } = useDesigner();
  const { empty, selected } = useModelState(model);
  const [request, setRequest] = useState<Request>();
  const stage = useRef<HTMLDivElement>(null);
  const entries = useMemo(() => libraryEntries(catalogue.all()), [catalogue]);

  useEffect(() => {
    stage.current?.prepend(model.container);
    void model.load(xml);
    model.onAddStep(setRequest);
    model.onOpenPanel(() => document.querySelector<HTMLElement>('.panel input, .panel [contenteditable]')?.focus());
    const resize = new ResizeObserver(() => model.resized());
    if (stage.current) resize.observe(stage.current);
    return () => resize.disconnect();
    // a workflow is loaded once; later states come from the model itself
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [model]);

  const close = useCallback(() => {
    setRequest(undefined);
    model.focus();
  }, [model]);

  const pick = (entry: StepEntry): void => {
    const asked = request;
    setRequest(undefined);
    if (entry.made.kind === 'trigger') model.addTrigger(entry, initialInputs(entry, workflowName));
    else if (asked?.undoes) model.attach(asked.undoes, 'compensation', entry);
    else if (asked?.host && entry.made.kind === 'attach') model.attach(asked.host, entry.made.event);
    else if (asked) model.add(asked, entry);
  };
  const pickFromLibrary = (entry: StepEntry): void => {
    if (entry.made.kind === 'trigger') model.addTrigger(entry, initialInputs(entry, workflowName));
    else if (entry.made.kind === 'attach') {
      if (takesEvents(selected)) model.attach(selected, entry.made.event);
      else notifications.show({ message: t('Select the step first that this is about.') });
    } else {
      const place = selected?.type === 'bpmn:SequenceFlow' ? { flow: selected } : { source: selected ?? model.openEnd() };
      model.add(place, entry);
    }
  };
  const offered = entries.filter((entry) => fits(entry, request));
  return (
    <>
      <StepLibrary onPick={pickFromLibrary} />
      <div className={`designer-canvas${quiet ? ' designer-quiet' : ''}${empty ? ' designer-canvas-empty' : ''}`} ref={stage} data-testid="canvas">
        {empty && <EmptyCanvas onAddTrigger={(at) => setRequest({ ...at, trigger: true })} onImport={onImport} onPaste={onPaste} />}
        {!empty && <CanvasControls model={model} />}
        {children}
      </div>
      {request && <AddStepMenu at={request} entries={offered} title={titleOf(request)} placeholder={request.agent ? t('What may the agent do?') : request.undoes ? t('What undoes it?') : request.host ? t('What if…') : undefined} onPick={pick} onClose={close} />}
    </>
  );
}

function titleOf(request: Request): string {
  if (request.trigger) return t('Add a trigger');
  if (request.undoes) return t('Add what undoes it');
  if (request.agent) return t('Add a tool');
  return request.host ? t('Add what may happen meanwhile') : t('Add a step');
}

function fits(entry: StepEntry, request: Request | undefined): boolean {
  if (!request) return false;
  const { made } = entry;
  if (request.trigger || made.kind === 'trigger') return request.trigger === true && made.kind === 'trigger';
  if (request.undoes) return made.kind === 'step' || (made.kind === 'bpmn' && made.type === 'bpmn:CallActivity');
  if (request.agent) return made.kind === 'step' || (made.kind === 'bpmn' && /(SubProcess|CallActivity)$/.test(made.type) && !made.handler && !made.each);
  if (request.host) return made.kind === 'attach' && takesEvent(request.host, made.event);
  if (entry.expert) return false;
  const before = request.source ?? request.flow?.source;
  if (waitsForEvents(before)) return made.kind === 'bpmn' && made.type === 'bpmn:IntermediateCatchEvent';
  if (made.kind === 'attach') return request.source !== undefined && takesEvent(request.source, made.event);
  const isEnd = made.kind === 'bpmn' && made.type === 'bpmn:EndEvent';
  return !(isEnd && (request.flow ?? before?.parent?.type === AGENT));
}

/** A webhook needs an address of its own, and the workflow's name makes a good one; a schedule needs times. */
function initialInputs(entry: StepEntry, workflowName: string): Record<string, unknown> {
  if (entry.made.kind === 'trigger' && entry.made.type.id === SCHEDULE) return { ...firstSchedule() };
  const isWebhook = entry.made.kind === 'trigger' && entry.made.type.id === 'webhook';
  const path = idFrom(workflowName).replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
  return isWebhook ? { path } : {};
}
