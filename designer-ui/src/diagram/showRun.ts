import { formatDuration } from '../lib/format';
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
const SYMBOLS: Record<StepStatus, string> = { queued: '', running: '', waiting: '⏸', succeeded: '✓', failed: '!', cancelled: '×' };

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
  const state = run.steps[element.id] ?? impliedState(element, run);
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

/** Gateways and events have no task of their own: a token that went past says that they are done. */
function impliedState(element: DiagramElement, run: RunState): StepState | undefined {
  const passed = (element.type === 'bpmn:StartEvent' || element.type === 'bpmn:BoundaryEvent' ? element.outgoing : element.incoming) ?? [];
  return passed.some((flow) => run.flows.has(flow.id)) ? { status: 'succeeded' } : undefined;
}

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
