import { attributeOf, eachOf, eachSettings, hasErrorDefinition, isTimer, isTrigger, readInputs, stepTypeId } from './dialect';
import { tableInShort, tableOf } from './decision';
import { t } from '../i18n';
import { ICONS } from './icons';
import { stepColour, stepIcon, type StepCatalogue, type StepType } from './stepCatalogue';
import { plain, summarize } from './summary';
import type { ModdleObject } from './types';

export type Shape = 'card' | 'start' | 'catch' | 'end' | 'gateway' | 'frame' | 'boundary';

/** How one element of a workflow is shown, on the canvas and in lists. */
export interface Look {
  shape: Shape;
  /** What kind of element it is, in the words of the application. */
  kind: string;
  title: string;
  subtitle: string;
  icon: string;
  colour: string;
  /** Set when the step type is not installed. */
  unknown?: boolean;
}

const GREY = '#64748b';
const RED = '#e0364c';

const BPMN_WORDS: Record<string, Pick<Look, 'shape' | 'kind' | 'icon' | 'colour'>> = {
  'bpmn:StartEvent': { shape: 'start', kind: 'Start', icon: ICONS.play, colour: GREY },
  'bpmn:EndEvent': { shape: 'end', kind: 'End', icon: ICONS.flag, colour: GREY },
  'bpmn:ExclusiveGateway': { shape: 'gateway', kind: 'Branch', icon: ICONS.branch, colour: '#d97706' },
  'bpmn:InclusiveGateway': { shape: 'gateway', kind: 'Several branches', icon: ICONS.inclusive, colour: '#d97706' },
  'bpmn:ParallelGateway': { shape: 'gateway', kind: 'Parallel', icon: ICONS.parallel, colour: '#475569' },
  'bpmn:SubProcess': { shape: 'frame', kind: 'Group', icon: ICONS.group, colour: '#475569' },
  'bpmn:AdHocSubProcess': { shape: 'frame', kind: 'Agent', icon: ICONS.robot, colour: '#7c5cff' },
  'bpmn:UserTask': { shape: 'card', kind: 'Approval', icon: ICONS.user, colour: '#16a34a' },
  'bpmn:CallActivity': { shape: 'card', kind: 'Workflow', icon: ICONS.play, colour: '#475569' },
};

/** Undefined for what is drawn as bpmn-js draws it: lanes, data objects, annotations, events of other kinds. */
export function lookOf(bo: ModdleObject, catalogue: StepCatalogue, expanded = true): Look | undefined {
  if (bo.$type === 'bpmn:BoundaryEvent') return boundaryLook(bo);
  if (isTimer(bo)) return { shape: 'catch', kind: 'Timer', title: bo.name ?? 'Timer', subtitle: '', icon: ICONS.clock, colour: '#475569' };
  const typeId = stepTypeId(bo) ?? (isTrigger(bo) ? 'manual' : undefined);
  const type = catalogue.get(typeId);
  const words = BPMN_WORDS[bo.$type];
  const shape = words?.shape ?? (/Task$/.test(bo.$type) ? 'card' : undefined);
  if (!shape) return undefined;
  const base = { shape: shape === 'frame' && !expanded ? ('card' as const) : shape };
  if (type) {
    return {
      ...base,
      kind: type.title,
      title: bo.name ?? type.title,
      subtitle: subtitleOf(bo, type),
      icon: stepIcon(type),
      colour: stepColour(type),
    };
  }
  if (typeId && typeId !== 'manual' && bo.$type !== 'bpmn:UserTask') {
    return { ...base, kind: typeId, title: bo.name ?? typeId, subtitle: 'Not installed', icon: ICONS.puzzle, colour: RED, unknown: true };
  }
  if (typeId === 'manual') {
    return { ...base, kind: 'Manual start', title: bo.name ?? 'Manual start', subtitle: '', icon: ICONS.play, colour: '#e8890c' };
  }
  return bpmnLook(bo, base.shape);
}

function subtitleOf(bo: ModdleObject, type: StepType): string {
  if (bo.$type !== 'bpmn:BusinessRuleTask') return summarize(readInputs(bo), type.inputSchema) || type.title;
  const table = tableOf(bo);
  return table ? tableInShort(table) : t('No table yet');
}

function bpmnLook(bo: ModdleObject, shape: Shape): Look {
  const each = eachOf(bo);
  const words = BPMN_WORDS[bo.$type];
  const kind = words?.kind ?? (bo.$type === 'bpmn:ServiceTask' ? 'Empty step' : bo.$type.replace('bpmn:', ''));
  const look = { icon: ICONS.question, colour: GREY, ...words, shape, kind };
  if (each && bo.$type === 'bpmn:SubProcess') {
    const list = plain(attributeOf(eachSettings(bo), 'in'));
    return { ...look, kind: 'For each', title: bo.name ?? 'For each', subtitle: list && `of ${list}`, icon: ICONS.loop };
  }
  return { ...look, title: bo.name ?? kind, subtitle: words ? '' : 'Choose what this step does' };
}

function boundaryLook(bo: ModdleObject): Look | undefined {
  if (!hasErrorDefinition(bo)) return undefined;
  return { shape: 'boundary', kind: 'Error branch', title: bo.name ?? 'Error branch', subtitle: '', icon: ICONS.alert, colour: RED };
}
