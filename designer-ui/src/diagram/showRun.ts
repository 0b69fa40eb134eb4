import { formatDuration } from '../lib/format';
import { eventOf, isHandler, isInterrupting } from './events';
import { lookOf } from './look';
import type { StepCatalogue } from './stepCatalogue';
import { isFlowNode, isLabel, type DiagramElement, type DiagramViewer } from './types';

export type StepStatus = 'queued' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'cancelled';

/** What a run did at one element, iterations of a for-each taken together. */
export interface StepState {
  status: StepStatus;
  durationMs?: number | null;
  /** As shown, with its currency. */
  cost?: string;
  error?: string;
  /** How many times, when more than once. */
  count?: number;
  attempts?: number;
}

/** A run as the diagram shows it: what happened at each element, and which flows were taken. */
export interface RunState {
  steps: Readonly<Record<string, StepState>>;
  flows: ReadonlySet<string>;
}

const OVERLAY = 'cadre-run';
const MARKERS = ['queued', 'running', 'waiting', 'succeeded', 'failed', 'cancelled', 'idle', 'taken', 'active'].map((s) => `run-${s}`);
const SYMBOLS: Record<StepStatus, string> = { queued: '', running: '', waiting: '', succeeded: '✓', failed: '!', cancelled: '×' };

/** Shows a run on the diagram of a viewer or modeler; called again with each change. */
export function showRun(viewer: DiagramViewer, catalogue: StepCatalogue, run: RunState): void {
  clearRun(viewer);
  const canvas = viewer.get('canvas');
  viewer.get('elementRegistry').forEach((element) => {
    if (isLabel(element)) return;
    if (element.type === 'bpmn:SequenceFlow') canvas.addMarker(element, flowMarker(element, run));
    else if (isFlowNode(element)) showNode(viewer, catalogue, element, run);
  });
}

/** Takes everything that {@link showRun} drew off the diagram. */
export function clearRun(viewer: DiagramViewer): void {
  const canvas = viewer.get('canvas');
  viewer.get('overlays').remove({ type: OVERLAY });
  viewer.get('elementRegistry').forEach((element) => {
    for (const marker of MARKERS) canvas.removeMarker(element, marker);
  });
}

function flowMarker(flow: DiagramElement, run: RunState): string {
  if (!run.flows.has(flow.id)) return 'run-idle';
  const target = flow.target ? run.steps[flow.target.id]?.status : undefined;
  return target === 'running' || target === 'waiting' || target === 'queued' ? 'run-active' : 'run-taken';
}

function showNode(viewer: DiagramViewer, catalogue: StepCatalogue, element: DiagramElement, run: RunState): void {
  const state = stateOf(element, run);
  viewer.get('canvas').addMarker(element, `run-${state?.status ?? 'idle'}`);
  if (!state) return;
  const overlays = viewer.get('overlays');
  const look = lookOf(element.businessObject, catalogue);
  const name = element.businessObject.name ?? look?.title ?? element.id;
  overlays.add(element, OVERLAY, { position: { top: -10, right: 12 }, html: badge(name, state.status) });
  const facts = factsOf(state);
  if (facts && element.width > 100) {
    overlays.add(element, OVERLAY, { position: { bottom: -1, left: 10 }, html: stat(facts, state, element.width) });
  }
}

/** A wait that ended without having happened is no event of the run; a "whenever" is as far as its start. */
function stateOf(element: DiagramElement, run: RunState): StepState | undefined {
  const bo = element.businessObject;
  if (isHandler(bo)) {
    const start = element.children.find((child) => child.type === 'bpmn:StartEvent');
    return start && stateOf(start, run);
  }
  const event = eventOf(bo);
  const own = run.steps[element.id];
  if (own?.status === 'cancelled' && event) return undefined;
  if (event?.place === 'boundary' && event.kind === 'compensation') {
    const undo = element.outgoing.find(({ target }) => target && run.steps[target.id])?.target;
    return undo && { status: run.steps[undo.id]?.status ?? 'queued' };
  }
  return own ?? impliedState(element, run);
}

/** Gateways, groups and events have no task of their own: a token that went past says what became of them. */
function impliedState(element: DiagramElement, run: RunState): StepState | undefined {
  const begins = element.type === 'bpmn:StartEvent' || element.type === 'bpmn:BoundaryEvent';
  if (!wentAlong(begins ? element.outgoing : element.incoming, run)) return undefined;
  return { status: element.type === 'bpmn:SubProcess' ? groupStatus(element, run) : 'succeeded' };
}

/** A group is over when a token has left it, or an event on it has ended it; until then it is as its steps are. */
function groupStatus(group: DiagramElement, run: RunState): StepStatus {
  if (wentAlong(group.outgoing, run)) return 'succeeded';
  const ended = (group.attachers ?? []).some((event) => isInterrupting(event.businessObject) && wentAlong(event.outgoing, run));
  if (ended) return 'cancelled';
  const inside = group.children.map((child) => run.steps[child.id]?.status);
  return GOING.find((status) => inside.includes(status)) ?? 'succeeded';
}

const GOING: StepStatus[] = ['failed', 'running', 'waiting', 'queued'];

const wentAlong = (flows: DiagramElement[], run: RunState): boolean => flows.some((flow) => run.flows.has(flow.id));

function badge(name: string, status: StepStatus): HTMLElement {
  const element = document.createElement('div');
  element.className = `run-badge run-badge-${status}`;
  element.setAttribute('role', 'img');
  element.setAttribute('aria-label', `${name}: ${status}`);
  element.textContent = SYMBOLS[status];
  return element;
}

function stat(facts: string, state: StepState, cardWidth: number): HTMLElement {
  const element = document.createElement('div');
  element.style.maxWidth = `${cardWidth - 20}px`;
  element.className = `run-stat${state.error ? ' run-stat-bad' : ''}`;
  element.title = state.error ?? facts;
  element.textContent = facts;
  return element;
}

function factsOf({ durationMs, cost, error, count, attempts }: StepState): string {
  const facts: string[] = [];
  if (durationMs !== undefined && durationMs !== null) facts.push(formatDuration(durationMs));
  if (count !== undefined && count > 1) facts.push(`${count} times`);
  if (attempts !== undefined && attempts > 1) facts.push(`${attempts} attempts`);
  if (cost) facts.push(cost);
  if (error) facts.push(error.length > 26 ? `${error.slice(0, 25)}…` : error);
  return facts.join(' · ');
}
