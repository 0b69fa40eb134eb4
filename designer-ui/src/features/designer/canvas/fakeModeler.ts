import { BpmnModdle } from 'bpmn-moddle';
import { cadreModdle, type DiagramElement, type ModdleObject } from '../../../diagram';
import { isFlowNodeType } from '../../../diagram/types';
import type { Modeler } from './services';

interface Moddle {
  create(type: string, properties: object): ModdleObject;
  fromXML(xml: string): Promise<{ rootElement: ModdleObject }>;
  toXML(element: ModdleObject, options: object): Promise<{ xml: string }>;
}

/** For tests: the files of bpmn-js and what writes to them, without the canvas, which needs a browser. */
export interface FakeModeler {
  modeler: Modeler;
  element(id: string): DiagramElement;
  xml(): Promise<string>;
}

/** Opens a file; `process` is what stands in its process. */
export async function fakeModeler(process: string): Promise<FakeModeler> {
  const moddle = new BpmnModdle({ cadre: cadreModdle }) as unknown as Moddle;
  const namespaces = 'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:cadre="http://cadre.dev/schema/bpmn/1.0"';
  const { rootElement: definitions } = await moddle.fromXML(`<definitions ${namespaces} targetNamespace="http://cadre.dev"><process id="p">${process}</process></definitions>`);
  const elements = new Map<string, DiagramElement>();
  const root = shapesOf((definitions.rootElements as ModdleObject[])[0] as ModdleObject, undefined, elements);
  const write = (_: DiagramElement, bo: ModdleObject, properties: object): void => {
    Object.assign(bo, properties);
  };
  const services: Record<string, unknown> = {
    modeling: { updateModdleProperties: write, updateProperties: (element: DiagramElement, properties: object) => write(element, element.businessObject, properties) },
    bpmnFactory: { create: (type: string, properties: object) => moddle.create(type, properties) },
    canvas: { getRootElement: () => root },
    elementRegistry: { get: (id: string) => elements.get(id), forEach: (visit: (element: DiagramElement) => void) => elements.forEach(visit), filter: (test: (element: DiagramElement) => boolean) => [...elements.values()].filter(test) },
  };
  return {
    modeler: { get: (name: string) => services[name], getDefinitions: () => definitions } as unknown as Modeler,
    element: (id) => elements.get(id) as DiagramElement,
    xml: async () => (await moddle.toXML(definitions, { format: false })).xml,
  };
}

/** An element with those inside it, and with the flows and attachments between them. */
function shapesOf(bo: ModdleObject, parent: DiagramElement | undefined, all: Map<string, DiagramElement>): DiagramElement {
  const element = { id: bo.id ?? '', type: bo.$type, businessObject: bo, parent, x: 0, y: 0, width: 0, height: 0, children: [], incoming: [], outgoing: [], attachers: [] } as unknown as DiagramElement;
  all.set(element.id, element);
  const inner = (bo.flowElements as ModdleObject[] | undefined) ?? [];
  element.children = inner.map((child) => shapesOf(child, element, all));
  for (const child of element.children) {
    const { sourceRef, targetRef, attachedToRef } = child.businessObject as Record<string, ModdleObject | undefined>;
    if (isFlowNodeType(child.type)) {
      child.host = all.get(attachedToRef?.id ?? '');
      child.host?.attachers?.push(child);
      continue;
    }
    child.waypoints = [];
    child.source = all.get(sourceRef?.id ?? '');
    child.target = all.get(targetRef?.id ?? '');
    child.source?.outgoing.push(child);
    child.target?.incoming.push(child);
  }
  return element;
}
