import type { JsonObject } from './dialect';
import type { JsonSchema } from './stepCatalogue';

/** What a reader wants to see first, whatever the order of the schema. */
const TELLING = ['title', 'method', 'url', 'expression', 'path', 'channel', 'to', 'model', 'duration', 'subject', 'text', 'instructions'];

/** A step's settings in one line. */
export function summarize(inputs: JsonObject, schema: JsonSchema | undefined): string {
  const keys = Object.keys(inputs).filter((key) => isShown(inputs[key]) && schema?.properties?.[key]?.['x-advanced'] !== true);
  const order = [...TELLING, ...(schema?.required ?? []), ...Object.keys(schema?.properties ?? {})];
  keys.sort((a, b) => rank(order, a) - rank(order, b));
  const parts = keys.slice(0, 2).map((key) => plain(String(inputs[key])));
  return parts.join(' ').trim();
}

/** `{{ trigger.body.price }} * 2` reads as `price * 2`, and what an agent fills in as `‹name›`. */
export function plain(text: string): string {
  return text
    .replace(/\{\{\s*([\s\S]*?)\s*\}\}/g, (_, expression: string) => lastSegment(expression))
    .replace(/\s+/g, ' ')
    .trim();
}

function lastSegment(expression: string): string {
  const told = /^fromAi\(\s*['"](\w+)/.exec(expression)?.[1];
  if (told) return `‹${told}›`;
  return /^[\w.$[\]`]+$/.test(expression) ? (expression.split('.').pop() ?? expression) : expression;
}

function isShown(value: unknown): boolean {
  return (typeof value === 'string' && value.trim() !== '') || typeof value === 'number';
}

function rank(order: string[], key: string): number {
  const index = order.indexOf(key);
  return index < 0 ? order.length : index;
}
