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
  /** Ids of the boundary events on it. */
  attached?: { id: string; width: number; height: number }[];
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
    graph.setNode(node.id, { width: size.width, height: size.height + extraHeight(node) });
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
  for (const node of scope.nodes) placeNode(node, graph, sizes, inner, result);
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
  const label = node.label && node.kind !== 'activity' ? LABEL_HEIGHT : 0;
  return label + (node.attached?.length ? 30 : 0);
}

function hostsOf(scope: LayoutScope): Map<string, string> {
  const hosts = new Map<string, string>();
  for (const node of scope.nodes) for (const event of node.attached ?? []) hosts.set(event.id, node.id);
  return hosts;
}

function placeNode(
  node: LayoutNode,
  graph: Graph,
  sizes: Map<string, { width: number; height: number }>,
  inner: Map<string, Arrangement>,
  result: Arrangement,
): void {
  const centre = graph.node(node.id) as Bounds;
  const size = sizes.get(node.id) ?? node;
  // the label hangs below, so the shape itself keeps the line that dagre gave to the whole
  const box = { x: Math.round(centre.x - size.width / 2), y: Math.round(centre.y - size.height / 2), ...size };
  result.bounds.set(node.id, { x: box.x, y: box.y, width: size.width, height: size.height });
  if (node.label && node.kind !== 'activity') result.labels.set(node.id, { x: box.x + size.width / 2, y: box.y + size.height + 6 });
  result.width = Math.max(result.width, box.x + size.width);
  result.height = Math.max(result.height, box.y + size.height + extraHeight(node));
  placeAttached(node, box, result);
  const content = inner.get(node.id);
  if (content) shiftInto(content, box.x + FRAME.left, box.y + FRAME.top, result);
}

function placeAttached(node: LayoutNode, box: Bounds, result: Arrangement): void {
  (node.attached ?? []).forEach((event, index) => {
    const x = box.x + box.width - 34 - index * (event.width + 12) - event.width / 2;
    const y = box.y + box.height - event.height / 2;
    result.bounds.set(event.id, { x, y, width: event.width, height: event.height });
    result.labels.set(event.id, { x: x + event.width / 2, y: y + event.height + 4 });
  });
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
  if (hosts.has(id)) return { bounds, kind: 'boundary' };
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
