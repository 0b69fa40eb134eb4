import { eventOf, eventWords, type DiagramElement, type ElementRegistry, type EventBus, type Overlays, type Point } from '../../../../diagram';
import { ADD_STEP, type AddStepRequest } from './CardContextPad';
import { AGENT } from '../../../../diagram/dialect';
import { isTool, leadsOn } from '../places';
import { t } from '../../../../i18n';

const OVERLAY = 'cadre-plus';

/** "+" at the open end of each path, and in the middle of each arrow. */
export class PlusHandles {
  static readonly $inject = ['eventBus', 'overlays', 'elementRegistry'];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly eventBus: EventBus,
    private readonly overlays: Overlays,
    private readonly registry: ElementRegistry,
  ) {
    const refreshSoon = (): void => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.refresh(), 30);
    };
    eventBus.on(['import.done', 'elements.changed', 'commandStack.changed'], 400, refreshSoon);
    eventBus.on('diagram.destroy', () => clearTimeout(this.timer));
  }

  private refresh(): void {
    this.overlays.remove({ type: OVERLAY });
    this.registry.forEach((element) => {
      if (element.hidden || element.labelTarget) return;
      if (element.type === 'bpmn:SequenceFlow') this.addToFlow(element);
      else if (isOpenEnd(element)) this.addBehind(element);
      if (element.type === AGENT) this.addInside(element);
    });
  }

  private addToFlow(flow: DiagramElement): void {
    const waypoints = flow.waypoints ?? [];
    const middle = middleOfLongest(waypoints);
    const left = middle.x - Math.min(...waypoints.map((point) => point.x)) - 10;
    const top = middle.y - Math.min(...waypoints.map((point) => point.y)) - 10;
    const from = nameOf(flow.source);
    const to = nameOf(flow.target);
    const html = this.button(`Insert step between ${from} and ${to}`, 'cadre-plus cadre-plus-edge', (event) => ({ flow, ...at(event) }));
    this.overlays.add(flow, OVERLAY, { position: { left, top }, show: { minZoom: 0.5 }, html });
  }

  private addBehind(element: DiagramElement): void {
    const tail = document.createElement('div');
    const below = element.type === 'bpmn:BoundaryEvent';
    tail.className = below ? 'cadre-plus-below' : 'cadre-plus-tail';
    tail.append(this.button(`Add next step after ${nameOf(element)}`, 'cadre-plus', (event) => ({ source: element, ...at(event) })));
    const position = below ? { top: element.height, left: element.width / 2 - 12 } : { right: 0, top: element.height / 2 - 12 };
    this.overlays.add(element, OVERLAY, { position, show: { minZoom: 0.4 }, html: tail });
  }

  /** The agent's next tool: on the lower edge of its frame. */
  private addInside(agent: DiagramElement): void {
    const html = this.button(t('Add a tool to {{agent}}', { agent: nameOf(agent) }), 'cadre-plus cadre-plus-tool', (event) => ({ agent, ...at(event) }));
    html.textContent = t('+ Tool');
    this.overlays.add(agent, OVERLAY, { position: { bottom: 12, left: agent.width / 2 - 31 }, show: { minZoom: 0.4 }, html });
  }

  private button(title: string, className: string, request: (event: MouseEvent) => AddStepRequest): HTMLElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = className;
    button.title = title;
    button.setAttribute('aria-label', title);
    button.textContent = '+';
    button.addEventListener('mousedown', (event) => event.stopPropagation());
    button.addEventListener('click', (event) => {
      event.stopPropagation();
      this.eventBus.fire(ADD_STEP, request(event));
    });
    return button;
  }
}

function isOpenEnd(element: DiagramElement): boolean {
  // what follows a tool is part of its call, and mostly nothing does
  return leadsOn(element) && element.outgoing.length === 0 && !isTool(element);
}

function nameOf(element: DiagramElement | undefined): string {
  if (element?.businessObject.name) return element.businessObject.name;
  const event = element && eventOf(element.businessObject);
  if (element && event?.place === 'boundary') return t('“{{event}}” of {{host}}', { event: eventWords(event.place, event.kind), host: nameOf(element.host) });
  if (element?.type === 'bpmn:StartEvent') return t('the start');
  return element?.type === 'bpmn:EndEvent' ? t('the end') : (element?.id ?? t('here'));
}

/** A click by keyboard has no place of its own: the button's is taken. */
function at(event: MouseEvent): Point {
  if (event.clientX || event.clientY) return { x: event.clientX, y: event.clientY };
  const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
  return { x: box.right, y: box.bottom };
}

function middleOfLongest(waypoints: Point[]): Point {
  let longest = -1;
  let middle: Point = waypoints[0] ?? { x: 0, y: 0 };
  for (let index = 1; index < waypoints.length; index++) {
    const a = waypoints[index - 1];
    const b = waypoints[index];
    if (!a || !b) continue;
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    if (length > longest) {
      longest = length;
      middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
    }
  }
  return middle;
}
