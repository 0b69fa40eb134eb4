import dagre from '@dagrejs/dagre';
import type { Bounds, Point } from '../types';
import { route, type RouteEnd } from './route';

/** One element to place; `inner` is what a group holds. */
export interface LayoutNode {
  id: string;
  kind: 'activity' | 'event' | 'gateway';
  width: number;
  height: number;
  label?: string;
  inner?: LayoutScope;
  /** The boundary events on it. */
  attached?: Attached[];
  /** Stands below everything else, as no flow leads to it. */
  apart?: boolean;
}

/** A boundary event, with the step that it leads to by an association: what undoes the activity. */
export interface Attached {
  id: string;
  label?: string;
  width: number;
  height: number;
  undo?: { id: string; width: number; height: number; association?: string };
}

export interface LayoutEdge {
  id: string;
  source: string;
  target: string;
  label?: string;
}

export interface LayoutScope {
  nodes: LayoutNode[];
  edges: LayoutEdge[];
}

/** Where everything goes, by element id; labels by the id of their element. */
export interface Arrangement {
  bounds: Map<string, Bounds>;
  waypoints: Map<string, Point[]>;
  labels: Map<string, Point>;
  width: number;
  height: number;
}

const LABEL_HEIGHT = 26;
const UNDO_GAP = 60;
const LABEL_ROOM = 90;
const LABELLED = 134;
const APART_GAP = 70;
const FRAME = { left: 36, top: 64, right: 36, bottom: 36, minWidth: 300, minHeight: 150 };

/** Places steps from left to right with room for cards, labels and groups. Pure: the same input gives the same picture. */
export function arrange(scope: LayoutScope): Arrangement {
  const inner = new Map<string, Arrangement>();
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 46, ranksep: 60, marginx: 0, marginy: 0 });
  graph.setDefaultEdgeLabel(() => ({}));
  const sizes = new Map<string, { width: number; height: number }>();
  for (const node of scope.nodes) {
    const size = sizeOf(node, inner);
    sizes.set(node.id, size);
    if (!node.apart) graph.setNode(node.id, { width: size.width, height: size.height + extraHeight(node) });
  }
  const hosts = hostsOf(scope);
  for (const edge of scope.edges) {
    const source = hosts.get(edge.source) ?? edge.source;
    if (!graph.hasNode(source) || !graph.hasNode(edge.target)) continue;
    const label = edge.label ? { width: 18 + 7 * edge.label.length, height: 22, labelpos: 'c' } : {};
    graph.setEdge(source, edge.target, label, edge.id);
  }
  dagre.layout(graph);

  const result: Arrangement = { bounds: new Map(), waypoints: new Map(), labels: new Map(), width: 0, height: 0 };
  for (const node of scope.nodes) if (!node.apart) placeNode(node, graph.node(node.id) as Point, sizes, inner, result);
  placeApart(scope, sizes, inner, result);
  for (const edge of scope.edges) placeEdge(edge, scope, hosts, graph, result);
  return result;
}

type Graph = InstanceType<typeof dagre.graphlib.Graph>;

function sizeOf(node: LayoutNode, inner: Map<string, Arrangement>): { width: number; height: number } {
  if (!node.inner) return { width: node.width, height: node.height };
  if (node.inner.nodes.length === 0) return { width: FRAME.minWidth, height: FRAME.minHeight };
  const content = arrange(node.inner);
  inner.set(node.id, content);
  return {
    width: Math.max(FRAME.minWidth, content.width + FRAME.left + FRAME.right),
    height: Math.max(FRAME.minHeight, content.height + FRAME.top + FRAME.bottom),
  };
}

function extraHeight(node: LayoutNode): number {
  const below = hanging(node);
  // dagre keeps room above and below alike, and what undoes a step hangs below
  return undoOf(node) ? 2 * below - 30 : below;
}

function hanging(node: LayoutNode): number {
  const label = node.label && node.kind !== 'activity' ? LABEL_HEIGHT : 0;
  const undo = undoOf(node);
  return label + (undo ? UNDO_GAP + undo.height : node.attached?.length ? 30 : 0);
}

const undoOf = (node: LayoutNode): Attached['undo'] => node.attached?.find((event) => event.undo)?.undo;

/** What runs whenever something happens stands in rows below the flow. */
function placeApart(scope: LayoutScope, sizes: Map<string, { width: number; height: number }>, inner: Map<string, Arrangement>, result: Arrangement): void {
  for (const node of scope.nodes.filter(({ apart }) => apart)) {
    const { width, height } = sizes.get(node.id) ?? node;
    const y = result.height > 0 ? result.height + APART_GAP : 0;
    placeNode(node, { x: width / 2, y: y + height / 2 }, sizes, inner, result);
  }
}

function hostsOf(scope: LayoutScope): Map<string, string> {
  const hosts = new Map<string, string>();
  for (const node of scope.nodes) for (const event of node.attached ?? []) hosts.set(event.id, node.id);
  return hosts;
}

function placeNode(
  node: LayoutNode,
  centre: Point,
  sizes: Map<string, { width: number; height: number }>,
  inner: Map<string, Arrangement>,
  result: Arrangement,
): void {
  const size = sizes.get(node.id) ?? node;
  // the label hangs below, so the shape itself keeps the line that dagre gave to the whole
  const box = { x: Math.round(centre.x - size.width / 2), y: Math.round(centre.y - size.height / 2), ...size };
  result.bounds.set(node.id, { x: box.x, y: box.y, width: size.width, height: size.height });
  if (node.label && node.kind !== 'activity') result.labels.set(node.id, { x: box.x + size.width / 2, y: box.y + size.height + 6 });
  result.width = Math.max(result.width, box.x + size.width);
  result.height = Math.max(result.height, box.y + size.height + hanging(node));
  placeAttached(node, box, result);
  const content = inner.get(node.id);
  if (content) shiftInto(content, box.x + FRAME.left, box.y + FRAME.top, result);
}

/** Along the lower edge from the right; the one that leads to what undoes the step is the leftmost. */
function placeAttached(node: LayoutNode, box: Bounds, result: Arrangement): void {
  const events = [...(node.attached ?? [])].sort((a, b) => Number(a.undo !== undefined) - Number(b.undo !== undefined));
  const spread = events.length * LABELLED < box.width;
  let middle = box.x + box.width - 34;
  events.forEach((event, index) => {
    const at = { x: middle - event.width / 2, y: box.y + box.height - event.height / 2, width: event.width, height: event.height };
    result.bounds.set(event.id, at);
    // left of the way that leads down from it
    result.labels.set(event.id, { x: at.x - LABEL_ROOM / 2, y: box.y + box.height + 6 });
    if (event.undo) placeUndo(event, event.undo, index > 0, box, result);
    middle -= event.label && spread ? LABELLED : event.width + 12;
  });
}

/** Straight below its event, out of the way of what leads down from other events of the step. */
function placeUndo(event: Attached, undo: NonNullable<Attached['undo']>, others: boolean, box: Bounds, result: Arrangement): void {
  const at = result.bounds.get(event.id);
  if (!at) return;
  const middle = at.x + at.width / 2;
  const x = others ? middle + at.width / 2 + 2 - undo.width : box.x + (box.width - undo.width) / 2;
  const y = box.y + box.height + UNDO_GAP;
  result.bounds.set(undo.id, { x, y, width: undo.width, height: undo.height });
  result.height = Math.max(result.height, y + undo.height);
  if (undo.association) {
    result.waypoints.set(undo.association, [
      { x: middle, y: at.y + at.height },
      { x: middle, y },
    ]);
  }
}

function shiftInto(content: Arrangement, dx: number, dy: number, result: Arrangement): void {
  for (const [id, box] of content.bounds) result.bounds.set(id, { ...box, x: box.x + dx, y: box.y + dy });
  for (const [id, point] of content.labels) result.labels.set(id, { x: point.x + dx, y: point.y + dy });
  for (const [id, points] of content.waypoints) {
    result.waypoints.set(
      id,
      points.map((point) => ({ x: point.x + dx, y: point.y + dy })),
    );
  }
}

function placeEdge(edge: LayoutEdge, scope: LayoutScope, hosts: Map<string, string>, graph: Graph, result: Arrangement): void {
  const source = endOf(edge.source, scope, hosts, result);
  const target = endOf(edge.target, scope, hosts, result);
  if (!source || !target) return;
  const anchor = hosts.get(edge.source) ?? edge.source;
  const routed = graph.hasEdge(anchor, edge.target, edge.id)
    ? ((graph.edge(anchor, edge.target, edge.id) as { points?: Point[] }).points ?? [])
    : [];
  const others = [...result.bounds].filter(([id]) => id !== anchor && id !== edge.target && id !== edge.source).map(([, box]) => box);
  const waypoints = route(source, target, routed, others);
  result.waypoints.set(edge.id, waypoints);
  if (edge.label) result.labels.set(edge.id, labelOnEdge(waypoints));
}

function endOf(id: string, scope: LayoutScope, hosts: Map<string, string>, result: Arrangement): RouteEnd | undefined {
  const bounds = result.bounds.get(id);
  if (!bounds) return undefined;
  if (hosts.has(id)) {
    const right = [...hosts].filter(([other, host]) => host === hosts.get(id) && (result.bounds.get(other)?.x ?? 0) > bounds.x);
    return { bounds, kind: 'boundary', lane: right.length };
  }
  const node = scope.nodes.find((candidate) => candidate.id === id);
  return node && { bounds, kind: node.kind };
}

/** Above the last long horizontal piece, near its beginning. */
function labelOnEdge(waypoints: Point[]): Point {
  let index = waypoints.length - 1;
  while (index > 1 && Math.abs((waypoints[index]?.x ?? 0) - (waypoints[index - 1]?.x ?? 0)) < 30) index--;
  const a = waypoints[index - 1] ?? { x: 0, y: 0 };
  const b = waypoints[index] ?? a;
  return { x: Math.min(a.x, b.x) + 14, y: b.y - 19 };
}
