import { eventOf, type DiagramElement, type EventKind, type ModdleObject } from '../../../diagram';
import { definitionType, REFERENCES, type Referring } from '../../../diagram/events';
import { isLabel } from '../../../diagram/types';
import { setExtension } from './editing';
import { service, type Modeler } from './services';

type Properties = Record<string, unknown>;

const roots = (definitions: ModdleObject): ModdleObject[] => (definitions.rootElements as ModdleObject[] | undefined) ?? [];

/** The names or codes of a kind that the file has already, to choose from. */
export function knownReferences(modeler: Modeler, kind: Referring): string[] {
  const { type, value } = REFERENCES[kind];
  const values = roots(modeler.getDefinitions()).filter((root) => root.$type === type).map((root) => root[value]);
  return [...new Set(values.filter((text): text is string => typeof text === 'string' && text !== ''))].sort();
}

/** Sets what an event, or a receive task, refers to by name or code: a definition of the file is used again, or made. */
export function setReference(modeler: Modeler, element: DiagramElement, kind: Referring, text: string): void {
  const holder = eventOf(element.businessObject)?.definition ?? element.businessObject;
  const { ref, type, value } = REFERENCES[kind];
  const modeling = service(modeler, 'modeling');
  const definitions = modeler.getDefinitions();
  const name = text.trim();
  let target = roots(definitions).find((root) => root.$type === type && root[value] === name);
  if (name && !target) {
    target = service(modeler, 'bpmnFactory').create(type, { [value]: name, ...(value !== 'name' && { name }) });
    target.$parent = definitions;
    modeling.updateModdleProperties(element, definitions, { rootElements: [...roots(definitions), target] });
  }
  modeling.updateModdleProperties(element, holder, { [ref]: name ? target : undefined });
  removeUnused(modeler, element);
}

/** Takes the definitions away that nothing refers to any more. */
export function removeUnused(modeler: Modeler, element: DiagramElement): void {
  const definitions = modeler.getDefinitions();
  const used = referredTo(modeler);
  const types = new Set<string>(Object.values(REFERENCES).map(({ type }) => type));
  const kept = roots(definitions).filter((root) => !types.has(root.$type) || used.has(root));
  if (kept.length < roots(definitions).length) service(modeler, 'modeling').updateModdleProperties(element, definitions, { rootElements: kept });
}

function referredTo(modeler: Modeler): Set<unknown> {
  const used = new Set<unknown>();
  const visit = (bo: ModdleObject): void => {
    for (const holder of [bo, ...((bo.eventDefinitions as ModdleObject[] | undefined) ?? [])]) {
      for (const { ref } of Object.values(REFERENCES)) if (holder[ref]) used.add(holder[ref]);
    }
  };
  modeler.get('elementRegistry').forEach((element) => {
    if (!isLabel(element) && element.businessObject) visit(element.businessObject);
  });
  // an interface's operations and a collaboration's message flows speak of messages too
  for (const root of roots(modeler.getDefinitions())) {
    for (const part of [root.operations, root.messageFlows].flat() as (ModdleObject | undefined)[]) {
      for (const ref of ['inMessageRef', 'outMessageRef', 'messageRef']) if (part?.[ref]) used.add(part[ref]);
    }
  }
  return used;
}

/** Makes the event one of another kind; what only the former kind needed goes. */
export function setEventKind(modeler: Modeler, element: DiagramElement, kind: EventKind | undefined): void {
  const former = eventOf(element.businessObject)?.kind;
  if (former === kind) return;
  const created = kind && service(modeler, 'bpmnFactory').create(definitionType(kind), {});
  if (created) created.$parent = element.businessObject;
  service(modeler, 'modeling').updateProperties(element, { eventDefinitions: created ? [created] : [] });
  for (const name of ['Wait', 'Message', 'Webhook', 'Signal'] as const) setExtension(modeler, element, name, undefined);
  if (kind === 'error') setInterrupting(modeler, element, true);
  removeUnused(modeler, element);
}

/** Whether the event ends what it is about, or happens beside it. */
export function setInterrupting(modeler: Modeler, element: DiagramElement, interrupting: boolean): void {
  const property = element.type === 'bpmn:StartEvent' ? 'isInterrupting' : 'cancelActivity';
  service(modeler, 'modeling').updateProperties(element, { [property]: interrupting });
  // a "whenever" says on its frame which of both it is
  if (element.parent?.type === 'bpmn:SubProcess') modeler.get('eventBus').fire('element.changed', { element: element.parent });
}

/** The key, patience or content of a message or signal; an extension that says nothing goes. */
export function setTold(modeler: Modeler, element: DiagramElement, name: 'Message' | 'Signal', change: Properties): void {
  const present = element.businessObject.extensionElements?.values?.find((value) => value.$type === `cadre:${name}`);
  const merged = { ...(name === 'Message' && { key: present?.key, patience: present?.patience }), text: present?.text, ...change };
  const entries = Object.entries(merged).map(([key, value]) => [key, value === '' ? undefined : value] as const);
  const empty = entries.every(([, value]) => value === undefined);
  setExtension(modeler, element, name, empty ? undefined : Object.fromEntries(entries));
}

/** Which activity a compensation undoes; undefined for all of its scope. */
export function setActivity(modeler: Modeler, element: DiagramElement, activity: ModdleObject | undefined): void {
  const event = eventOf(element.businessObject);
  if (event) service(modeler, 'modeling').updateModdleProperties(element, event.definition, { activityRef: activity });
}

/** What a call runs, in which version, with which input. */
export function setCall(modeler: Modeler, element: DiagramElement, change: { workflow?: string; version?: string; text?: string }): void {
  setExtension(modeler, element, 'Call', change);
}

