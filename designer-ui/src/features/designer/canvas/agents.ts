import type { DiagramElement, ModdleObject } from '../../../diagram';
import { attributeOf, extension, inputsHolder, textOf } from '../../../diagram/dialect';
import { callsIn, type FromAi } from '../expressions/fromAi';
import { setExtension } from './editing';
import { partOfAgent } from './places';
import { service, type Modeler } from './services';

/** What an element says it is for. */
export function documentationOf(bo: ModdleObject): string {
  const texts = ((bo.documentation as ModdleObject[] | undefined) ?? []).map(textOf);
  return texts.find((text) => text.trim() !== '') ?? '';
}

export function setDocumentation(modeler: Modeler, element: DiagramElement, text: string): void {
  const modeling = service(modeler, 'modeling');
  const bo = element.businessObject;
  const [first] = (bo.documentation as ModdleObject[] | undefined) ?? [];
  if (first && text.trim()) {
    modeling.updateModdleProperties(element, first, { text });
    return;
  }
  const created = text.trim() ? service(modeler, 'bpmnFactory').create('bpmn:Documentation', { text }) : undefined;
  if (created) created.$parent = bo;
  modeling.updateModdleProperties(element, bo, { documentation: created ? [created] : [] });
}

/** Whether an agent's tools run one after the other, also those of one turn. */
export const isSequential = (agent: DiagramElement): boolean => agent.businessObject.ordering === 'Sequential';

export function setSequential(modeler: Modeler, agent: DiagramElement, sequential: boolean): void {
  service(modeler, 'modeling').updateProperties(agent, { ordering: sequential ? 'Sequential' : undefined });
}

/** What an agent may cost in US dollars, as text; empty for no bound. */
export const budgetOf = (bo: ModdleObject): string => attributeOf(extension(bo, 'Budget'), 'amount');

export function setBudget(modeler: Modeler, element: DiagramElement, amount: string): void {
  setExtension(modeler, element, 'Budget', amount ? { amount, currency: 'USD' } : undefined);
}

/** The values that the model fills in when it calls the tool that an element is, or is part of. */
export function parametersOf(element: DiagramElement): FromAi[] {
  const part = partOfAgent(element);
  if (!part) return [];
  const found = new Map<string, FromAi>();
  for (const each of [...together(part)].flatMap(inside)) {
    for (const call of ownCalls(each.businessObject)) found.set(call.name, found.get(call.name) ?? call);
  }
  return [...found.values()];
}

/** What the model fills in of one element alone. */
export const ownCalls = (bo: ModdleObject): FromAi[] => textsWithCalls(bo).flatMap(callsIn);

/** What belongs to one tool: everything that arrows and events join to it. */
function together(part: DiagramElement): Set<DiagramElement> {
  const found = new Set<DiagramElement>();
  const visit = (element: DiagramElement | undefined): void => {
    if (!element || found.has(element)) return;
    found.add(element);
    for (const flow of [...element.outgoing, ...element.incoming]) {
      found.add(flow);
      visit(flow.target);
      visit(flow.source);
    }
    for (const other of [element.host, ...(element.attachers ?? [])]) visit(other);
  };
  visit(part);
  return found;
}

const inside = (element: DiagramElement): DiagramElement[] => [element, ...(element.children ?? []).flatMap(inside)];

function textsWithCalls(bo: ModdleObject): string[] {
  const condition = bo.conditionExpression as ModdleObject | undefined;
  const body = typeof condition?.body === 'string' ? condition.body : '';
  return [...strings(textOf(inputsHolder(bo))), ...strings(textOf(extension(bo, 'Output'))), body];
}

/** The texts within JSON, where an expression stands as it is meant; all of it where it is no JSON. */
function strings(json: string): string[] {
  try {
    const found: string[] = [];
    JSON.parse(json, (_, value: unknown) => {
      if (typeof value === 'string') found.push(value);
      return value;
    });
    return found;
  } catch {
    return [json];
  }
}
