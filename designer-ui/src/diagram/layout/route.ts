import type { Bounds, Point } from '../types';

/** One end of a flow. */
export interface RouteEnd {
  bounds: Bounds;
  kind: 'activity' | 'event' | 'gateway' | 'boundary';
  /** How many other events of the same step lie to the right: their ways run above this one's. */
  lane?: number;
}

const TRUNK = 22;

/**
 * Rectangular waypoints between two placed elements. `hints` are the points dagre found around what lies between,
 * `others` the elements that must not be crossed.
 */
export function route(source: RouteEnd, target: RouteEnd, hints: Point[], others: readonly Bounds[] = []): Point[] {
  const end = leftOf(target.bounds);
  if (source.kind === 'boundary') return fromBelow(source.bounds, end, source.lane);
  const start = rightOf(source.bounds);
  if (end.x - start.x < 24) return aroundBelow(source.bounds, target.bounds);
  const between = middleOf(hints);
  if (between !== undefined) return simplify(throughLane(start, end, between));
  if (Math.abs(start.y - end.y) < 2) return [start, { x: end.x, y: start.y }];
  const x = clearOf(others, trunkX(source, target, start, end), start, end);
  return [start, { x, y: start.y }, { x, y: end.y }, end];
}

/** One shared trunk next to a gateway keeps the rest of the line free for the label. */
function trunkX(source: RouteEnd, target: RouteEnd, start: Point, end: Point): number {
  if (source.kind === 'gateway') return start.x + TRUNK;
  if (target.kind === 'gateway') return end.x - TRUNK;
  return Math.round((start.x + end.x) / 2);
}

/** A narrow element stands in the middle of a wide column: the trunk goes down behind that column, not through it. */
function clearOf(others: readonly Bounds[], wanted: number, start: Point, end: Point): number {
  const low = Math.min(start.y, end.y);
  const high = Math.max(start.y, end.y);
  let x = wanted;
  for (const box of others) {
    const besideTrunk = box.x < x + 12 && box.x + box.width > x - 12;
    const withinReach = box.y < high + 12 && box.y + box.height > low - 12;
    const beyond = box.x + box.width + 20;
    if (besideTrunk && withinReach && beyond < end.x - 12) x = beyond;
  }
  return x;
}

/** The lane that dagre kept free for a flow that passes other columns. */
function middleOf(hints: Point[]): number | undefined {
  return hints.length >= 5 ? Math.round(hints[Math.floor(hints.length / 2)]?.y ?? 0) : undefined;
}

function throughLane(start: Point, end: Point, y: number): Point[] {
  const out = start.x + TRUNK;
  const back = end.x - TRUNK;
  return [start, { x: out, y: start.y }, { x: out, y }, { x: back, y }, { x: back, y: end.y }, end];
}

function fromBelow(source: Bounds, end: Point, lane = 0): Point[] {
  const start = { x: source.x + source.width / 2, y: source.y + source.height };
  if (end.y > start.y + 10 && end.x > start.x) return [start, { x: start.x, y: end.y }, end];
  const y = start.y + 26 + lane * 12;
  const x = end.x - TRUNK;
  return [start, { x: start.x, y }, { x, y }, { x, y: end.y }, end];
}

function aroundBelow(source: Bounds, target: Bounds): Point[] {
  const from = { x: source.x + source.width / 2, y: source.y + source.height };
  const to = { x: target.x + target.width / 2, y: target.y + target.height };
  const y = Math.max(from.y, to.y) + 40;
  return [from, { x: from.x, y }, { x: to.x, y }, to];
}

function simplify(points: Point[]): Point[] {
  return points.filter((point, index) => {
    const before = points[index - 1];
    const after = points[index + 1];
    if (!before || !after) return true;
    const vertical = Math.abs(before.x - point.x) < 1 && Math.abs(point.x - after.x) < 1;
    const horizontal = Math.abs(before.y - point.y) < 1 && Math.abs(point.y - after.y) < 1;
    return !vertical && !horizontal;
  });
}

function rightOf({ x, y, width, height }: Bounds): Point {
  return { x: x + width, y: y + height / 2 };
}

function leftOf({ x, y, height }: Bounds): Point {
  return { x, y: y + height / 2 };
}
