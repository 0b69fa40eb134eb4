import { describe, expect, it } from 'vitest';
import { arrange, type LayoutNode } from './arrange';

const card = (id: string): LayoutNode => ({ id, kind: 'activity', width: 200, height: 66 });

function overlaps(arrangement: ReturnType<typeof arrange>): string[] {
  const boxes = [...arrangement.bounds];
  return boxes.flatMap(([a, p], index) =>
    boxes
      .slice(index + 1)
      .filter(([, q]) => p.x < q.x + q.width && q.x < p.x + p.width && p.y < q.y + q.height && q.y < p.y + p.height)
      .map(([b]) => `${a}/${b}`),
  );
}

describe('arrange', () => {
  it('places branches beside each other without overlap', () => {
    const arrangement = arrange({
      nodes: [{ id: 'g', kind: 'gateway', width: 56, height: 56 }, card('a'), card('b'), card('c')],
      edges: ['a', 'b', 'c'].map((target) => ({ id: `f${target}`, source: 'g', target, label: target })),
    });
    expect(overlaps(arrangement)).toEqual([]);
    expect(arrangement.bounds.get('a')?.x).toBe(arrangement.bounds.get('c')?.x);
  });

  it('makes a group large enough for what it holds', () => {
    const arrangement = arrange({
      nodes: [{ ...card('each'), inner: { nodes: [card('x'), card('y')], edges: [{ id: 'f', source: 'x', target: 'y' }] } }],
      edges: [],
    });
    const group = arrangement.bounds.get('each');
    const last = arrangement.bounds.get('y');
    expect(group && last && last.x + last.width < group.x + group.width).toBe(true);
    expect(arrangement.waypoints.get('f')?.[0]?.y).toBe((last?.y ?? 0) + 33);
  });

  it('leads a loop back below and keeps boundary events on their host', () => {
    const arrangement = arrange({
      nodes: [{ ...card('a'), attached: [{ id: 'err', width: 32, height: 32 }] }, card('b'), card('fix')],
      edges: [
        { id: 'f1', source: 'a', target: 'b' },
        { id: 'back', source: 'b', target: 'a' },
        { id: 'f2', source: 'err', target: 'fix' },
      ],
    });
    const a = arrangement.bounds.get('a');
    const boundary = arrangement.bounds.get('err');
    expect(boundary?.y).toBe((a?.y ?? 0) + 66 - 16);
    expect(arrangement.waypoints.get('back')?.every((point) => point.y >= (a?.y ?? 0))).toBe(true);
    expect(arrangement.waypoints.get('f2')?.[0]?.y).toBe((boundary?.y ?? 0) + 32);
  });

  it('leads a branch around what stands in the column of its gateway', () => {
    const arrangement = arrange({
      nodes: [card('a'), { id: 'g', kind: 'gateway', width: 56, height: 56 }, card('beside'), card('x'), card('y')],
      edges: [
        { id: 'f1', source: 'a', target: 'g' },
        { id: 'f2', source: 'a', target: 'beside' },
        { id: 'f3', source: 'g', target: 'x' },
        { id: 'f4', source: 'g', target: 'y' },
      ],
    });
    const box = arrangement.bounds.get('beside') ?? { x: 0, y: 0, width: 0, height: 0 };
    for (const flow of ['f3', 'f4']) {
      const points = arrangement.waypoints.get(flow) ?? [];
      const crossing = points.slice(1).filter((end, index) => {
        const start = points[index] ?? end;
        const within = (low: number, high: number, from: number, to: number): boolean => Math.max(from, to) > low && Math.min(from, to) < high;
        return within(box.x, box.x + box.width, start.x, end.x) && within(box.y, box.y + box.height, start.y, end.y);
      });
      expect(crossing).toEqual([]);
    }
  });

  it('hangs what undoes a step below it, clear of its other events and of what comes next', () => {
    const event = { width: 32, height: 32 };
    const undo = { id: 'undo', width: 200, height: 66, association: 'link' };
    const attached = [{ id: 'comp', ...event, undo }, { id: 'late', ...event }];
    const arrangement = arrange({
      nodes: [{ ...card('a'), attached }, card('b'), card('later')],
      edges: [
        { id: 'f1', source: 'a', target: 'b' },
        { id: 'f2', source: 'late', target: 'later' },
      ],
    });
    const box = (id: string) => arrangement.bounds.get(id) ?? { x: 0, y: 0, width: 0, height: 0 };
    expect(overlaps(arrangement).sort()).toEqual(['a/comp', 'a/late']);
    expect(box('undo').y).toBeGreaterThan(box('a').y + box('a').height);
    expect(arrangement.waypoints.get('link')?.map(({ x }) => x)).toEqual([box('comp').x + 16, box('comp').x + 16]);
    expect(arrangement.waypoints.get('f2')?.[0]?.x).toBeGreaterThan(box('undo').x + box('undo').width);
  });

  it('stands what runs "whenever" below the flow', () => {
    const arrangement = arrange({ nodes: [card('a'), { ...card('w'), apart: true, inner: { nodes: [card('x')], edges: [] } }, card('b')], edges: [{ id: 'f', source: 'a', target: 'b' }] });
    const [a, w] = [arrangement.bounds.get('a'), arrangement.bounds.get('w')];
    expect(a && w && w.y > a.y + a.height).toBe(true);
    expect(w?.x).toBe(0);
  });
});
