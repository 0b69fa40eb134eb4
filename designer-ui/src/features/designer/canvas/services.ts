import type { Bounds, DiagramElement, DiagramViewer, ModdleObject, Point } from '../../../diagram';

/** The services of bpmn-js that the designer calls, with only what it uses of them. */
export interface Modeling {
  updateProperties(element: DiagramElement, properties: Record<string, unknown>): void;
  updateModdleProperties(element: DiagramElement, moddle: ModdleObject, properties: Record<string, unknown>): void;
  createShape(shape: DiagramElement, position: Point | Bounds, parent: DiagramElement, hints?: object): DiagramElement;
  createConnection(source: DiagramElement, target: DiagramElement, attrs: object, parent: DiagramElement): DiagramElement;
  connect(source: DiagramElement, target: DiagramElement, attrs?: object): DiagramElement;
  reconnectEnd(connection: DiagramElement, target: DiagramElement, docking: Point): void;
  moveElements(elements: DiagramElement[], delta: Point, target?: DiagramElement, hints?: object): void;
  moveShape(shape: DiagramElement, delta: Point, target?: DiagramElement, hints?: object): void;
  resizeShape(shape: DiagramElement, bounds: Bounds, minBounds?: object, hints?: object): void;
  layoutConnection(connection: DiagramElement, hints?: object): void;
  updateWaypoints(connection: DiagramElement, waypoints: Point[]): void;
  removeElements(elements: DiagramElement[]): void;
}

export interface CommandStack {
  _stackIdx: number;
  _stack: unknown[];
  canUndo(): boolean;
  canRedo(): boolean;
  undo(): void;
  redo(): void;
  clear(emit?: boolean): void;
  execute(command: string, context: object): void;
  registerHandler(command: string, handler: unknown): void;
}

export interface Selection {
  get(): DiagramElement[];
  select(elements: DiagramElement | DiagramElement[] | null): void;
}

export interface BpmnFactory {
  create(type: string, properties?: Record<string, unknown>): ModdleObject;
}

export interface ElementFactory {
  createShape(attrs: Record<string, unknown>): DiagramElement;
}

interface Services {
  modeling: Modeling;
  commandStack: CommandStack;
  selection: Selection;
  bpmnFactory: BpmnFactory;
  elementFactory: ElementFactory;
  autoPlace: { append(source: DiagramElement, shape: DiagramElement, hints?: object): DiagramElement };
  create: { start(event: MouseEvent, shape: DiagramElement): void };
  copyPaste: {
    copy(elements: DiagramElement[]): unknown;
    paste(context: { element: DiagramElement; point: Point }): DiagramElement[] | undefined;
  };
  editorActions: { trigger(action: string, options?: object): unknown };
  keyboard: { addListener(priority: number, listener: (context: { keyEvent: KeyboardEvent }) => boolean | undefined): void };
  moddle: { ids: { assigned(id: string): unknown; claim(id: string, element: unknown): void } };
}

/** A modeler of bpmn-js. */
export interface Modeler extends DiagramViewer {
  importXML(xml: string): Promise<{ warnings: { message: string }[] }>;
  saveXML(options: { format: boolean }): Promise<{ xml?: string }>;
  getDefinitions(): ModdleObject;
  destroy(): void;
}

/** A service by its name, typed. */
export function service<K extends keyof Services>(modeler: DiagramViewer, name: K): Services[K] {
  return modeler.get<Services[K]>(name);
}
