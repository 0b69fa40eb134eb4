import jsonata from 'jsonata';
import { t } from '../../../i18n';
import type { Schema } from '../../../lib/schema';
import { pieces } from './scan';

/** A value that the model of an agent fills in when it calls a tool: `fromAi('city', 'The city to look up', 'string')`. */
export interface FromAi {
  name: string;
  description: string;
  type: FromAiType;
  /** Further JSON Schema, as `{"enum": ["low", "high"]}`. */
  schema: Record<string, unknown>;
  required: boolean;
}

export const TYPES = ['string', 'number', 'integer', 'boolean', 'array', 'object'] as const;
export type FromAiType = (typeof TYPES)[number];

/** A call, with where it stands in the expression. */
export interface FromAiCall extends FromAi {
  from: number;
  to: number;
}

const FUNCTION = 'fromAi';
const USAGE = t("fromAi takes constants: fromAi('name', 'description', 'type', schema, required).");

export const isParameterName = (name: string): boolean => /^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(name);

interface AstNode {
  type?: string;
  value?: unknown;
  position?: number;
  procedure?: AstNode;
  steps?: AstNode[];
  arguments?: AstNode[];
  expression?: AstNode;
  expressions?: AstNode[];
  lhs?: unknown;
}

/** The calls within an expression that was parsed; fails with what is wrong with one. */
export function callsOf(source: string, ast: unknown): FromAiCall[] {
  const found: FromAiCall[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null || node instanceof RegExp) return;
    const at = startOf(node, source);
    if (at !== undefined) {
      const to = closing(source, source.indexOf('(', at));
      found.push({ ...read((node as AstNode).arguments ?? []), from: at, to });
      return;
    }
    for (const child of Object.values(node)) visit(child);
  };
  visit(ast);
  return found.sort((a, b) => a.from - b.from);
}

/** Where the name stands, if this is a call; a field of the data that is called so is none. */
function startOf(node: AstNode, source: string): number | undefined {
  const named = node.procedure?.type === 'path' ? node.procedure.steps?.[0] : node.procedure;
  if (node.type !== 'function' || named?.value !== FUNCTION || named.position === undefined) return undefined;
  const at = named.position - FUNCTION.length;
  return /\.\s*$/.test(source.slice(0, at)) ? undefined : at;
}

/** Behind the parenthesis that closes the one at `open`; the arguments are constants, so only texts can hide one. */
function closing(source: string, open: number): number {
  let depth = 0;
  let quote = '';
  for (let at = open; at < source.length; at++) {
    const char = source.charAt(at);
    if (quote) {
      if (char === '\\') at++;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '(') depth++;
    else if (char === ')' && --depth === 0) return at + 1;
  }
  return source.length;
}

function read(given: AstNode[]): FromAi {
  const values = given.map(constant);
  const [name, description, type = 'string', ...more] = values;
  if (values.length === 0 || values.length > 5 || typeof name !== 'string') throw new Error(USAGE);
  if (!isParameterName(name)) throw new Error(t('The name of a value from fromAi may have letters, digits and _.'));
  if (!TYPES.includes(type as FromAiType)) throw new Error(t('The type of a value from fromAi is one of string, number, integer, boolean, array and object.'));
  const schema = more.find((each) => typeof each === 'object' && each !== null) ?? {};
  if (more.some((each) => typeof each !== 'boolean' && (typeof each !== 'object' || each === null))) throw new Error(USAGE);
  return { name, description: typeof description === 'string' ? description : '', type: type as FromAiType, schema: schema as Record<string, unknown>, required: more.find((each) => typeof each === 'boolean') !== false };
}

function constant(node: AstNode): unknown {
  if (node.type === 'string' || node.type === 'number' || node.type === 'value') return node.value;
  if (node.type === 'unary' && node.value === '-' && node.expression) return -Number(constant(node.expression));
  if (node.type === 'unary' && node.value === '[') return (node.expressions ?? []).map(constant);
  if (node.type === 'unary' && node.value === '{') return Object.fromEntries((node.lhs as [AstNode, AstNode][]).map(([key, value]) => [String(constant(key)), constant(value)]));
  throw new Error(USAGE);
}

/** The expression as it is evaluated: each call stands for what the model gave. */
export function withArguments(source: string, calls: readonly FromAiCall[], place: (call: FromAiCall) => string = ({ name }) => `$$.toolCall.arguments.${name}`): string {
  let out = '';
  let at = 0;
  for (const call of calls) {
    out += source.slice(at, call.from) + place(call);
    at = call.to;
  }
  return out + source.slice(at);
}

/** All calls within a text with `{{ }}`; what cannot be read has none. */
export function callsIn(text: string): FromAi[] {
  if (!text.includes(FUNCTION)) return [];
  return (pieces(text) ?? []).flatMap((piece) => (piece.kind === 'expression' ? readable(piece.source) : []));
}

function readable(source: string): FromAiCall[] {
  try {
    return callsOf(source, jsonata(source).ast());
  } catch {
    return [];
  }
}

/** The one call that a value consists of; undefined for all other values. */
export function asFromAi(value: unknown): FromAi | undefined {
  if (typeof value !== 'string') return undefined;
  const parts = pieces(value) ?? [];
  const [only] = parts;
  if (parts.length !== 1 || only?.kind !== 'expression') return undefined;
  const [call, second] = readable(only.source);
  return call && !second && withArguments(only.source, [call], () => '').trim() === '' ? call : undefined;
}

/** The value that says: the model fills this in. */
export function fromAiText({ name, description, type, schema, required }: FromAi): string {
  const more = [...(Object.keys(schema).length > 0 ? [JSON.stringify(schema)] : []), ...(required ? [] : ['false'])];
  return `{{ ${FUNCTION}(${[quoted(name), quoted(description), quoted(type), ...more].join(', ')}) }}`;
}

/** JSONata knows no escaped single quote. */
const quoted = (text: string): string => (/['\\\p{Cc}]/u.test(text) ? JSON.stringify(text) : `'${text}'`);

/** Puts other expressions in the place of all calls within a text with `{{ }}`. */
export function replaceCalls(text: string, place: (call: FromAi) => string): string {
  if (!text.includes(FUNCTION)) return text;
  const parts = pieces(text) ?? [];
  return parts.map((piece) => (piece.kind === 'text' ? piece.text : `{{${withArguments(piece.source, readable(piece.source), place)}}}`)).join('');
}

/** What the model is asked for by all calls within a tool, as one JSON Schema. */
export function schemaOfCalls(parameters: readonly FromAi[]): Schema {
  return {
    type: 'object',
    properties: Object.fromEntries(parameters.map(({ name, description, type, schema }) => [name, { ...schema, type, title: name, description } as Schema])),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
  };
}

/** What stands for a value of the model while nobody has called the tool. */
export function exampleOfCall({ name, type, schema }: FromAi): unknown {
  if (Array.isArray(schema.enum)) return schema.enum[0];
  switch (type) {
    case 'number':
    case 'integer':
      return typeof schema.minimum === 'number' ? schema.minimum : 1;
    case 'boolean':
      return true;
    case 'array':
      return [];
    case 'object':
      return {};
    case 'string':
      return `‹${name}›`;
  }
}
