import type { BaseViewerOptions } from 'bpmn-js/lib/BaseViewer';
import BaseRenderer from 'diagram-js/lib/draw/BaseRenderer';
import { createLine } from 'diagram-js/lib/util/RenderUtil';
import { append, attr, classes, create } from 'tiny-svg';
import { eachOf } from './dialect';
import { isUndoStep } from './events';
import { ICONS } from './icons';
import { lookOf, type Look } from './look';
import { StepCatalogue } from './stepCatalogue';
import { fitText } from './textWidth';
import { isLabel, type DiagramElement, type EventBus, type Point } from './types';

const PRIORITY = 1500;
const CORNER = 14;
const TITLE_FONT = "600 13.5px 'Inter Variable', sans-serif";
const SUBTITLE_FONT = "400 11.5px 'Inter Variable', sans-serif";

interface BpmnRenderer {
  getConnectionPath(connection: DiagramElement): string;
}

/** Mixes white into a colour by the amount of `--cadre-lift`, so that one colour serves light and dark. */
export function lift(colour: string): string {
  return `color-mix(in oklab, ${colour} calc(100% - var(--cadre-lift)), white)`;
}

/** Draws steps as cards, branches as rounded diamonds and flows with soft corners. */
export class CardRenderer extends BaseRenderer {
  static readonly $inject = ['eventBus', 'bpmnRenderer', 'stepCatalogue'];

  constructor(
    eventBus: EventBus,
    private readonly bpmnRenderer: BpmnRenderer,
    private readonly catalogue: StepCatalogue,
  ) {
    super(eventBus as never, PRIORITY);
  }

  override canRender(element: never): boolean {
    const shape = element as DiagramElement;
    if (shape.type === 'bpmn:SequenceFlow') return true;
    return !isLabel(shape) && shape.type !== 'label' && this.look(shape) !== undefined;
  }

  override drawConnection(gfx: SVGElement, connection: never): SVGElement {
    const flow = connection as DiagramElement;
    const waypoints = flow.waypoints ?? [];
    const line = createLine(waypoints as never, { class: 'cadre-flow' } as never, CORNER);
    append(gfx, line);
    drawArrowHead(gfx, waypoints);
    if (flow.source?.businessObject.default === flow.businessObject) drawDefaultMark(gfx, waypoints);
    return line;
  }

  override drawShape(gfx: SVGElement, shape: never): SVGElement {
    const element = shape as DiagramElement;
    const look = this.look(element);
    if (!look) return svg('g', {}, gfx);
    classes(gfx).add('cadre-node');
    switch (look.shape) {
      case 'gateway':
        return drawGateway(gfx, element, look);
      case 'start':
      case 'catch':
      case 'throw':
      case 'end':
        return drawEvent(gfx, element, look);
      case 'boundary':
        return drawBoundary(gfx, element, look);
      case 'frame':
        return drawFrame(gfx, element, look);
      case 'card':
        return drawCard(gfx, element, look);
    }
  }

  override getShapePath(shape: never): string {
    const { x, y, width, height, type } = shape as DiagramElement;
    if (type.endsWith('Gateway')) {
      return `M${x + width / 2},${y} L${x + width},${y + height / 2} L${x + width / 2},${y + height} L${x},${y + height / 2} Z`;
    }
    if (/(Intermediate(Catch|Throw)|Boundary)Event$/.test(type)) return circlePath(x, y, width, height);
    if (type === 'bpmn:StartEvent' || type === 'bpmn:EndEvent') {
      return eventPath(x, y, width, height, type === 'bpmn:StartEvent');
    }
    return `M${x},${y} L${x + width},${y} L${x + width},${y + height} L${x},${y + height} Z`;
  }

  override getConnectionPath(connection: never): string {
    return this.bpmnRenderer.getConnectionPath(connection);
  }

  private look(element: DiagramElement): Look | undefined {
    return lookOf(element.businessObject, this.catalogue, element.di?.isExpanded !== false || element.type !== 'bpmn:SubProcess');
  }
}

function drawCard(gfx: SVGElement, { width, height, businessObject }: DiagramElement, look: Look): SVGElement {
  const card = svg('rect', { class: `cadre-card${look.unknown ? ' cadre-unknown' : ''}`, width, height, rx: 12 }, gfx);
  if (width < 150) {
    drawIcon(gfx, look, width / 2 - 10, Math.max(6, height / 2 - 26), 20 / 24);
    const title = text(gfx, fitText(look.title, TITLE_FONT, width - 14), width / 2, height / 2 + 18, 'cadre-title');
    attr(title, { 'text-anchor': 'middle' });
    return card;
  }
  drawTile(gfx, look, 12, (height - 40) / 2, 40);
  drawIcon(gfx, look, 20, height / 2 - 12, 1);
  const room = width - 63 - 12;
  text(gfx, fitText(look.title, TITLE_FONT, room), 63, height / 2 - 3, 'cadre-title');
  text(gfx, fitText(look.subtitle, SUBTITLE_FONT, room), 63, height / 2 + 15, 'cadre-subtitle');
  if (eachOf(businessObject)) drawMark(gfx, ICONS.loop, width - 24, height - 22);
  if (isUndoStep(businessObject)) drawMark(gfx, ICONS.undo, width - (eachOf(businessObject) ? 42 : 24), height - 22);
  return card;
}

function drawEvent(gfx: SVGElement, { width, height }: DiagramElement, look: Look): SVGElement {
  const start = look.shape === 'start';
  const round = look.shape === 'catch' || look.shape === 'throw';
  const outline = round ? circlePath(0, 0, width, height) : eventPath(0, 0, width, height, start);
  const event = svg('path', { class: `cadre-card${look.beside ? ' cadre-beside' : ''}`, d: outline }, gfx);
  if (look.shape === 'catch') svg('circle', { class: 'cadre-card', cx: width / 2, cy: height / 2, r: width / 2 - 4 }, gfx);
  if (look.shape === 'throw') svg('circle', { cx: width / 2, cy: height / 2, r: width / 2 - 6, style: `fill:${lift(look.colour)};fill-opacity:.16` }, gfx);
  if (start && width >= 50) drawTile(gfx, look, 12, 12, width - 24);
  const scale = Math.min(1, width / 50);
  drawIcon(gfx, look, width / 2 - 12 * scale, height / 2 - 12 * scale, scale);
  return event;
}

function drawGateway(gfx: SVGElement, { width, height }: DiagramElement, look: Look): SVGElement {
  const box = { x: width * 0.14, y: height * 0.14, width: width * 0.72, height: height * 0.72, rx: 9 };
  const diamond = svg('rect', { class: 'cadre-card', ...box, transform: `rotate(45 ${width / 2} ${height / 2})` }, gfx);
  drawIcon(gfx, look, width / 2 - 12, height / 2 - 12, 1);
  return diamond;
}

function drawBoundary(gfx: SVGElement, { width, height }: DiagramElement, look: Look): SVGElement {
  const circle = svg('circle', { class: `cadre-card cadre-boundary${look.beside ? ' cadre-beside' : ''}`, style: `--cadre-event:${lift(look.colour)}`, cx: width / 2, cy: height / 2, r: width / 2 }, gfx);
  svg('title', {}, gfx).textContent = [look.title, look.subtitle].filter(Boolean).join(': ');
  const scale = (width * 0.56) / 24;
  drawIcon(gfx, look, width / 2 - 12 * scale, height / 2 - 12 * scale - (look.icon === ICONS.alert ? 1 : 0), scale);
  return circle;
}

function drawFrame(gfx: SVGElement, { width, height }: DiagramElement, look: Look): SVGElement {
  const frame = svg('rect', { class: `cadre-frame${look.handler ? ' cadre-handler' : ''}`, width, height, rx: 14 }, gfx);
  drawIcon(gfx, look, 14, 10, 0.8);
  text(gfx, fitText(look.title, TITLE_FONT, width - 54), 40, 25, 'cadre-title');
  if (look.subtitle) text(gfx, fitText(look.subtitle, SUBTITLE_FONT, width - 54), 40, 42, 'cadre-subtitle');
  return frame;
}

function drawTile(gfx: SVGElement, look: Look, x: number, y: number, size: number): void {
  svg('rect', { x, y, width: size, height: size, rx: 10, style: `fill:${lift(look.colour)};fill-opacity:.16` }, gfx);
}

function drawIcon(gfx: SVGElement, look: Look, x: number, y: number, scale: number): void {
  const place = { d: look.icon, transform: `translate(${x},${y}) scale(${scale})` };
  svg('path', { ...place, class: 'cadre-icon', style: `stroke:${lift(look.colour)}` }, gfx);
}

function drawMark(gfx: SVGElement, icon: string, x: number, y: number): void {
  svg('path', { d: icon, transform: `translate(${x},${y}) scale(0.6)`, class: 'cadre-icon cadre-loop-mark' }, gfx);
}

function drawArrowHead(gfx: SVGElement, waypoints: Point[]): void {
  const before = waypoints[waypoints.length - 2];
  const end = waypoints[waypoints.length - 1];
  if (!before || !end) return;
  const angle = (Math.atan2(end.y - before.y, end.x - before.x) * 180) / Math.PI;
  const transform = `translate(${end.x},${end.y}) rotate(${angle})`;
  svg('path', { class: 'cadre-flow-head', d: 'M-9,-5.500 L0,0 L-9,5.500 Z', transform }, gfx);
}

function drawDefaultMark(gfx: SVGElement, waypoints: Point[]): void {
  const [from, to] = waypoints;
  if (!from || !to) return;
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const x = from.x + ((to.x - from.x) / length) * 12;
  const y = from.y + ((to.y - from.y) / length) * 12;
  svg('path', { class: 'cadre-flow', d: `M${x - 5},${y - 5} L${x + 5},${y + 5}` }, gfx);
}

function circlePath(x: number, y: number, width: number, height: number): string {
  const [rx, ry] = [width / 2, height / 2];
  return `M${x},${y + ry} A${rx},${ry} 0 1 1 ${x + width},${y + ry} A${rx},${ry} 0 1 1 ${x},${y + ry} Z`;
}

function eventPath(x: number, y: number, width: number, height: number, start: boolean): string {
  const small = Math.min(12, width / 4);
  const left = start ? height / 2 : small;
  const right = start ? small : height / 2;
  return [
    `M${x + left},${y} L${x + width - right},${y}`,
    `A${right},${right} 0 0 1 ${x + width},${y + right} L${x + width},${y + height - right}`,
    `A${right},${right} 0 0 1 ${x + width - right},${y + height} L${x + left},${y + height}`,
    `A${left},${left} 0 0 1 ${x},${y + height - left} L${x},${y + left}`,
    `A${left},${left} 0 0 1 ${x + left},${y} Z`,
  ].join(' ');
}

function text(gfx: SVGElement, content: string, x: number, y: number, className: string): SVGElement {
  const element = svg('text', { x, y, class: className }, gfx);
  element.textContent = content;
  return element;
}

function svg(name: string, attributes: Record<string, string | number>, parent: SVGElement): SVGElement {
  const element = create(name, attributes);
  append(parent, element);
  return element;
}

type DiModule = NonNullable<BaseViewerOptions['additionalModules']>[number];

/** The renderer as a module of bpmn-js, showing the given step types. */
export function cardRendererModule(catalogue: StepCatalogue): DiModule {
  return {
    __init__: ['cardRenderer'],
    cardRenderer: ['type', CardRenderer],
    stepCatalogue: ['value', catalogue],
  } as DiModule;
}
