import { isReferenceName } from '../canvas/elementIds';

export interface Suggestion {
  label: string;
  detail: string;
  type: 'property' | 'class' | 'function';
}

/** The names that can follow a path as typed so far, read from the data in scope. */
export function suggest(data: unknown, path: string): Suggestion[] {
  const segments = path.split('.');
  const begun = (segments.pop() ?? '').toLowerCase();
  let current: unknown = data;
  for (const segment of segments) current = field(current, segment.replace(/`/g, ''));
  if (Array.isArray(current)) current = current[0] as unknown;
  if (typeof current !== 'object' || current === null) return [];
  return Object.entries(current)
    .filter(([name]) => name.toLowerCase().startsWith(begun))
    .map(([name, value]) => ({
      label: isReferenceName(name) ? name : `\`${name}\``,
      type: typeof value === 'object' && value !== null ? 'class' : 'property',
      detail: brief(value),
    }));
}

function field(value: unknown, name: string): unknown {
  const from = Array.isArray(value) ? (value[0] as unknown) : value;
  return typeof from === 'object' && from !== null ? (from as Record<string, unknown>)[name] : undefined;
}

export function brief(value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return `list of ${value.length}`;
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > 36 ? `${text.slice(0, 35)}…` : text;
}

export const FUNCTIONS = [
  '$string', '$number', '$boolean', '$not', '$exists', '$sum', '$count', '$max', '$min', '$average', '$round', '$floor', '$ceil', '$abs',
  '$map', '$filter', '$reduce', '$sort', '$distinct', '$append', '$reverse', '$join', '$split', '$replace', '$contains', '$match',
  '$substring', '$substringBefore', '$substringAfter', '$uppercase', '$lowercase', '$trim', '$pad', '$length', '$keys', '$lookup',
  '$merge', '$each', '$type', '$now', '$millis', '$toMillis', '$fromMillis', '$formatNumber', '$formatBase', '$base64encode',
  '$base64decode', '$encodeUrlComponent', '$decodeUrlComponent',
];

/** How a value is written in an expression: `trigger.body.id`, `` trigger.headers.`x-id` ``, `steps.a.rows[0].n`. */
export function pathText(path: readonly (string | number)[]): string {
  return path
    .map((segment, index) => {
      if (typeof segment === 'number') return `[${segment}]`;
      const name = isReferenceName(segment) ? segment : `\`${segment}\``;
      return index === 0 ? name : `.${name}`;
    })
    .join('');
}
