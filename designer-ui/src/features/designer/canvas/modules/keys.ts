import type { Canvas, DiagramElement, ElementRegistry, EventBus } from '../../../../diagram';
import { AGENT } from '../../../../diagram/dialect';
import { isFlowNode } from '../../../../diagram/types';
import type { Selection } from '../services';
import { leadsOn, takesEvents } from '../places';
import { ADD_STEP, DUPLICATE, type AddStepRequest } from './CardContextPad';

export const TIDY = 'cadre.tidy';
export const OPEN_PANEL = 'cadre.openPanel';

interface Keyboard {
  addListener(priority: number, listener: (context: { keyEvent: KeyboardEvent }) => boolean | undefined): void;
}

/** Walking along the flow and editing without a mouse. */
export class Keys {
  static readonly $inject = ['keyboard', 'selection', 'elementRegistry', 'canvas', 'eventBus'];

  constructor(
    keyboard: Keyboard,
    private readonly selection: Selection,
    private readonly registry: ElementRegistry,
    private readonly canvas: Canvas,
    private readonly eventBus: EventBus,
  ) {
    keyboard.addListener(2000, ({ keyEvent }) => this.handle(keyEvent) || undefined);
  }

  private handle(event: KeyboardEvent): boolean {
    const command = event.ctrlKey || event.metaKey;
    const selected = this.selection.get()[0];
    if (command) return event.key.toLowerCase() === 'd' && selected !== undefined && this.duplicate(event, selected);
    if (event.key === 'L' && event.shiftKey) return this.fire(TIDY);
    if (event.shiftKey || event.altKey) return false;
    if (event.key === 'a' && selected) return this.add(selected);
    if (event.key === 'b' && takesEvents(selected)) return this.ask(selected, { host: selected });
    if (event.key === 't' && selected?.type === AGENT) return this.ask(selected, { agent: selected });
    if (event.key === 'Enter' && selected) return this.fire(OPEN_PANEL);
    if (event.key.startsWith('Arrow')) return this.walk(event.key, selected);
    return false;
  }

  private fire(name: string): boolean {
    this.eventBus.fire(name);
    return true;
  }

  private duplicate(event: KeyboardEvent, element: DiagramElement): boolean {
    event.preventDefault();
    this.eventBus.fire(DUPLICATE, { element });
    return true;
  }

  private add(element: DiagramElement): boolean {
    if (element.type === 'bpmn:SequenceFlow') return this.ask(element, { flow: element });
    return leadsOn(element) ? this.ask(element, { source: element }) : true;
  }

  private ask(element: DiagramElement, what: Omit<AddStepRequest, 'x' | 'y'>): boolean {
    const box = this.canvas.getAbsoluteBBox(element);
    const page = this.canvas.getContainer().getBoundingClientRect();
    this.eventBus.fire(ADD_STEP, { ...what, x: page.x + box.x + box.width + 30, y: page.y + box.y } satisfies AddStepRequest);
    return true;
  }

  private walk(key: string, selected: DiagramElement | undefined): boolean {
    const next = selected ? this.neighbour(key, selected) : this.registry.filter((e) => e.type === 'bpmn:StartEvent')[0];
    if (!next) return selected !== undefined;
    this.selection.select(next);
    return true;
  }

  private neighbour(key: string, element: DiagramElement): DiagramElement | undefined {
    if (key === 'ArrowRight') return element.target ?? element.outgoing[0]?.target ?? element.attachers?.[0];
    if (key === 'ArrowLeft') return element.source ?? element.incoming[0]?.source ?? element.host;
    const down = key === 'ArrowDown';
    const others = this.registry.filter((e) => isFlowNode(e) && e !== element && e.parent === element.parent);
    const distance = (e: DiagramElement): number => Math.abs(e.y - element.y) + Math.abs(e.x - element.x) * 2;
    return others
      .filter((e) => (down ? e.y > element.y + 8 : e.y < element.y - 8))
      .sort((a, b) => distance(a) - distance(b))[0];
  }
}
