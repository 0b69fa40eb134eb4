import type { DiagramViewer } from './types';

/** Shows the whole diagram, with some air around it and never larger than life. */
export function fitDiagram(viewer: DiagramViewer, padding = 60, maxZoom = 1.1): void {
  const canvas = viewer.get('canvas');
  canvas.resized();
  const { inner, outer } = canvas.viewbox();
  if (!inner.width || !outer.width) return;
  const zoom = Math.min(maxZoom, outer.width / (inner.width + padding * 2), outer.height / (inner.height + padding * 2));
  const width = outer.width / zoom;
  const height = outer.height / zoom;
  canvas.viewbox({ x: inner.x + inner.width / 2 - width / 2, y: inner.y + inner.height / 2 - height / 2, width, height });
}
