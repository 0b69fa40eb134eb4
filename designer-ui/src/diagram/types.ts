/** An object of bpmn-moddle, as far as the application touches one. */
export interface ModdleObject {
  $type: string;
  $parent?: ModdleObject;
  id?: string;
  name?: string;
  extensionElements?: ModdleObject;
  values?: ModdleObject[];
  [property: string]: unknown;
}

export interface Point {
  x: number;
  y: number;
}

export interface Bounds extends Point {
  width: number;
  height: number;
}

/** A shape, connection or label of diagram-js. */
export interface DiagramElement extends Bounds {
  id: string;
  type: string;
  businessObject: ModdleObject & { id: string };
  di?: ModdleObject;
  parent?: DiagramElement;
  children: DiagramElement[];
  incoming: DiagramElement[];
  outgoing: DiagramElement[];
  labels?: DiagramElement[];
  attachers?: DiagramElement[];
  host?: DiagramElement;
  labelTarget?: DiagramElement;
  waypoints?: Point[];
  source?: DiagramElement;
  target?: DiagramElement;
  collapsed?: boolean;
  hidden?: boolean;
}

export interface ElementRegistry {
  get(id: string): DiagramElement | undefined;
  filter(test: (element: DiagramElement) => boolean): DiagramElement[];
  forEach(visit: (element: DiagramElement) => void): void;
}

export interface Overlays {
  add(
    element: DiagramElement | string,
    type: string,
    overlay: {
      position: { top?: number; right?: number; bottom?: number; left?: number };
      html: HTMLElement;
      show?: { minZoom?: number; maxZoom?: number };
    },
  ): string;
  remove(filter: { type?: string; element?: DiagramElement | string }): void;
}

export interface Canvas {
  addMarker(element: DiagramElement | string, marker: string): void;
  removeMarker(element: DiagramElement | string, marker: string): void;
  getRootElement(): DiagramElement;
  getContainer(): HTMLElement;
  getAbsoluteBBox(element: DiagramElement): Bounds;
  scrollToElement(element: DiagramElement, padding?: number | Partial<Record<'top' | 'right' | 'bottom' | 'left', number>>): void;
  resized(): void;
  focus(): void;
  zoom(level?: number | 'fit-viewport'): number;
  viewbox(box?: Bounds): Bounds & { inner: Bounds; outer: { width: number; height: number }; scale: number };
}

type Listener = (event: never) => unknown;

export interface EventBus {
  on(events: string | string[], priorityOrListener: number | Listener, listener?: Listener): void;
  off(events: string | string[], listener: Listener): void;
  fire(event: string, payload?: object): unknown;
}

/** What is common to a viewer and a modeler of bpmn-js. */
export interface DiagramViewer {
  get(service: 'elementRegistry'): ElementRegistry;
  get(service: 'overlays'): Overlays;
  get(service: 'canvas'): Canvas;
  get(service: 'eventBus'): EventBus;
  get<T>(service: string): T;
}

export function isConnection(element: DiagramElement): boolean {
  return element.waypoints !== undefined;
}

export function isLabel(element: DiagramElement): boolean {
  return element.labelTarget !== undefined;
}

const FLOW_NODE = /(Task|Event|Gateway|SubProcess|CallActivity|Transaction)$/;

/** Whether a BPMN type is something that a token can reach. */
export function isFlowNodeType(type: string): boolean {
  return FLOW_NODE.test(type);
}

export function isFlowNode(element: DiagramElement): boolean {
  return !isLabel(element) && !isConnection(element) && isFlowNodeType(element.type);
}
