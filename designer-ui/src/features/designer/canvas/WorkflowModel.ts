import { fitDiagram, StepCatalogue, withDiagram, type DiagramElement, type EventBus, type EventKind } from '../../../diagram';
import { hasDiagram } from '../../../diagram';
import { isUndecided } from './building';
import { isFlowNode } from '../../../diagram/types';
import { askFirst } from './askFirst';
import { batch, registerBatch } from './batch';
import * as building from './building';
import { createModeler } from './createModeler';
import type { StepEntry } from './entries';
import { ADD_STEP, ATTACH, DUPLICATE, type AddStepRequest } from './modules/CardContextPad';
import { OPEN_PANEL, TIDY } from './modules/keys';
import { leadsOn } from './places';
import { service, type Modeler } from './services';
import { tidyUp } from './tidy';

/** What the page shows of the canvas; a new object with every change. */
export interface ModelState {
  revision: number;
  selected: DiagramElement | undefined;
  canUndo: boolean;
  canRedo: boolean;
  /** Nothing is drawn yet but, at most, a start event nobody has chosen a trigger for. */
  empty: boolean;
  changed: boolean;
}

const INITIAL: ModelState = { revision: 0, selected: undefined, canUndo: false, canRedo: false, empty: false, changed: false };
const MERGE_WITHIN_MS = 1500;
const NEVER = {};
/** Windows in which the panel opens below the canvas, and over what was clicked: as in designer.css. */
const NARROW_PX = 720;

/** The drawn workflow: the one door between the page and bpmn-js. */
export class WorkflowModel {
  readonly modeler: Modeler;
  private state = INITIAL;
  private readonly listeners = new Set<() => void>();
  private lastEdit: { key: string; at: number; top: unknown } | undefined;
  private silent = false;
  private untouched: { xml: string; top: unknown } | undefined;
  private savedTop: unknown;

  /** Where it is drawn; the page puts it in its place. */
  readonly container = document.createElement('div');

  constructor(readonly catalogue: StepCatalogue) {
    this.container.className = 'designer-canvas-host';
    this.modeler = createModeler(this.container, catalogue);
    registerBatch(this.modeler);
    const bus = this.modeler.get('eventBus');
    bus.on(['commandStack.changed', 'import.done', 'selection.changed'], 300, () => this.refresh());
    bus.on(TIDY, () => this.tidy());
    bus.on(DUPLICATE, ({ element }: { element: DiagramElement }) => this.duplicate(element));
    bus.on(ATTACH, ({ element, kind }: { element: DiagramElement; kind: EventKind }) => this.attach(element, kind));
    // without this the keys would still go to the field that was edited last
    bus.on('element.click', 200, ({ element }: { element: DiagramElement }) => {
      this.focus();
      this.keepSelected(element);
      if (window.innerWidth <= NARROW_PX && !element.type.endsWith('SubProcess')) this.reveal(element);
    });
    this.stopInlineEditing(bus);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  snapshot = (): ModelState => this.state;

  onAddStep(listener: (request: AddStepRequest) => void): void {
    this.modeler.get('eventBus').on(ADD_STEP, (request: AddStepRequest) => listener({ ...request }));
  }

  onOpenPanel(listener: () => void): void {
    this.modeler.get('eventBus').on(OPEN_PANEL, () => listener());
  }

  /** Shows a file. One without a diagram gets one; that alone does not count as a change. */
  async load(xml: string): Promise<string[]> {
    const drawn = hasDiagram(xml) ? xml : await withDiagram(xml);
    const { warnings } = await this.modeler.importXML(drawn);
    this.untouched = { xml: drawn, top: this.stackTop() };
    this.savedTop = this.stackTop();
    fitDiagram(this.modeler);
    this.refresh();
    return warnings.map((warning) => warning.message);
  }

  /** Replaces what is drawn by an imported file; it counts as a change. */
  async importFile(xml: string): Promise<string[]> {
    const warnings = await this.load(xml);
    this.savedTop = NEVER;
    this.refresh();
    return warnings;
  }

  /** The file as it is now: what was loaded, to the letter, as long as nothing was changed. */
  async xml(): Promise<string> {
    if (this.untouched && this.untouched.top === this.stackTop()) return this.untouched.xml;
    const { xml } = await this.modeler.saveXML({ format: true });
    return xml ?? '';
  }

  /** Says that the present state is stored. */
  markSaved(): void {
    this.savedTop = this.stackTop();
    this.refresh();
  }

  /** Runs edits as one undo step; edits under the same key in quick succession, as typing, become one as well. */
  edit(key: string, run: (modeler: Modeler) => void): void {
    const stack = service(this.modeler, 'commandStack');
    const last = this.lastEdit;
    const now = Date.now();
    this.silent = true;
    try {
      if (last?.key === key && last.top === this.stackTop() && now - last.at < MERGE_WITHIN_MS && this.savedTop !== last.top) stack.undo();
      batch(this.modeler, () => run(this.modeler));
    } finally {
      this.silent = false;
    }
    this.lastEdit = { key, at: now, top: this.stackTop() };
    this.refresh();
  }

  undo(): void {
    service(this.modeler, 'commandStack').undo();
  }

  redo(): void {
    service(this.modeler, 'commandStack').redo();
  }

  tidy(): void {
    tidyUp(this.modeler);
    fitDiagram(this.modeler);
  }

  fit(): void {
    fitDiagram(this.modeler);
  }

  zoom(step: 1 | -1): void {
    service(this.modeler, 'editorActions').trigger('stepZoom', { value: step });
  }

  select(element: DiagramElement | string | undefined): void {
    const found = typeof element === 'string' ? this.element(element) : element;
    service(this.modeler, 'selection').select(found ?? null);
    if (found) this.reveal(found);
  }

  /** Keeps an element in sight when the side panel takes its place. */
  reveal(element: DiagramElement): void {
    requestAnimationFrame(() => {
      const canvas = this.modeler.get('canvas');
      canvas.resized();
      if (element.parent) canvas.scrollToElement(element, { top: 80, bottom: 80, left: 80, right: 140 });
    });
  }

  focus(): void {
    this.modeler.get('canvas').focus();
  }

  add(request: Pick<AddStepRequest, 'source' | 'flow' | 'agent'>, entry: StepEntry): void {
    const added = request.agent
      ? building.addTool(this.modeler, request.agent, entry)
      : request.flow
      ? building.insert(this.modeler, request.flow, entry)
      : request.source && building.append(this.modeler, request.source, entry);
    if (added?.parent) this.select(added);
    this.focus();
  }

  /** Asks which step is to be an agent's next tool. */
  askForTool(agent: DiagramElement, at: { x: number; y: number }): void {
    this.modeler.get('eventBus').fire(ADD_STEP, { agent, ...at } satisfies AddStepRequest);
  }

  /** Puts a person before a tool of an agent. */
  askFirst(tool: DiagramElement): void {
    const group = askFirst(this.modeler, tool);
    if (!group) return;
    this.fit();
    this.select(group);
  }

  addTrigger(entry: StepEntry, inputs: Record<string, unknown>): void {
    if (entry.made.kind !== 'trigger') return;
    this.select(building.addTrigger(this.modeler, entry.made.type, inputs));
    this.modeler.get('canvas').zoom(1);
    this.fit();
    this.focus();
  }

  /** Hangs an event on a step; `undo` is the step that undoes it, where that was chosen. */
  attach(host: DiagramElement, kind: EventKind, undo?: StepEntry): void {
    const added = building.attach(this.modeler, host, kind, undo);
    if (added?.parent) this.select(added);
    this.focus();
  }

  startDragging(entry: StepEntry, event: MouseEvent): void {
    const shape = building.createShape(this.modeler, entry);
    if (shape) service(this.modeler, 'create').start(event, shape);
  }

  duplicate(element: DiagramElement): void {
    const copy = building.duplicate(this.modeler, element);
    if (copy) this.select(copy);
  }

  remove(element: DiagramElement): void {
    service(this.modeler, 'modeling').removeElements([element]);
  }

  /** Where the workflow ends for now: the rightmost step that nothing follows. */
  openEnd(): DiagramElement | undefined {
    const open = this.elements().filter((e) => leadsOn(e) && e.outgoing.length === 0 && e.type !== 'bpmn:BoundaryEvent');
    return open.sort((a, b) => b.x - a.x)[0];
  }

  resized(): void {
    this.modeler.get('canvas').resized();
  }

  element(id: string): DiagramElement | undefined {
    return this.modeler.get('elementRegistry').get(id);
  }

  elements(): DiagramElement[] {
    return this.modeler.get('elementRegistry').filter((element) => !element.labelTarget && element.parent !== undefined);
  }

  /** Draws every card anew, as when step types were installed meanwhile. */
  redraw(): void {
    this.modeler.get('eventBus').fire('elements.changed', { elements: this.elements() });
  }

  destroy(): void {
    this.listeners.clear();
    this.modeler.destroy();
    this.container.remove();
  }

  /** The last command that was done: where undo would begin, and so the identity of what is drawn now. */
  private stackTop(): unknown {
    const stack = service(this.modeler, 'commandStack');
    return stack._stack[stack._stackIdx];
  }

  private refresh(): void {
    if (this.silent) return;
    const stack = service(this.modeler, 'commandStack');
    const selection = service(this.modeler, 'selection').get();
    const selected = selection.length === 1 ? (selection[0]?.labelTarget ?? selection[0]) : undefined;
    this.state = {
      revision: this.state.revision + 1,
      selected: selected?.parent ? selected : undefined,
      canUndo: stack.canUndo(),
      canRedo: stack.canRedo(),
      empty: this.isEmpty(),
      changed: this.stackTop() !== this.savedTop,
    };
    for (const listener of this.listeners) listener();
  }

  private isEmpty(): boolean {
    const nodes = this.elements().filter(isFlowNode);
    const [only] = nodes;
    if (!only) return true;
    return nodes.length === 1 && only.type === 'bpmn:StartEvent' && isUndecided(only);
  }

  /** bpmn-js takes the selection away from an element that is clicked again; its panel should stay. */
  private keepSelected(element: DiagramElement): void {
    const selection = service(this.modeler, 'selection');
    if (element.parent && selection.get().length === 0) selection.select(element);
  }

  /** bpmn-js would open the name on the canvas after each new shape, and add an undo step for it. */
  private stopInlineEditing(bus: EventBus): void {
    type Event = { stopPropagation(): void; shape?: DiagramElement; context?: { shape?: DiagramElement } };
    bus.on(['autoPlace.end', 'create.end'], 600, (event: Event) => {
      event.stopPropagation();
      const shape = event.shape ?? event.context?.shape;
      if (shape?.parent) this.select(shape);
    });
  }
}
