import jsonata from 'jsonata';
import { callsOf, withArguments } from './fromAi';
import { pieces } from './scan';

export type ExpressionErrorCode = 'INVALID_EXPRESSION' | 'MISSING_DATA' | 'EXPRESSION_FAILED' | 'TOO_LONG';

/** Why an expression has no value, in the codes of the server. */
export class ExpressionError extends Error {
  constructor(
    readonly code: ExpressionErrorCode,
    message: string,
  ) {
    super(message);
  }
}

interface AstNode {
  type?: string;
  value?: unknown;
  procedure?: AstNode;
}

type Compiled = ReturnType<typeof jsonata>;

/** The value of a JSON document with every `{{ … }}` in its strings replaced, as the server gives it to a step. */
export async function evaluateTemplate(document: unknown, data: unknown): Promise<unknown> {
  if (typeof document === 'string') return evaluateText(document, data);
  if (Array.isArray(document)) return Promise.all(document.map((item) => evaluateTemplate(item, data)));
  if (typeof document !== 'object' || document === null) return document;
  const fields = await Promise.all(
    Object.entries(document).map(async ([key, value]) => [key, await evaluateTemplate(value, data)] as const),
  );
  return Object.fromEntries(fields);
}

async function evaluateText(text: string, data: unknown): Promise<unknown> {
  const parts = pieces(text);
  if (!parts) throw new ExpressionError('INVALID_EXPRESSION', 'An expression is not closed with }}.');
  const [only] = parts;
  if (parts.length === 1 && only?.kind === 'expression') return evaluateExpression(only.source, data);
  const rendered: string[] = [];
  for (const part of parts) {
    rendered.push(part.kind === 'text' ? part.text : render(await evaluateExpression(part.source, data)));
  }
  return rendered.join('');
}

function render(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

async function evaluateExpression(source: string, data: unknown): Promise<unknown> {
  const compiled = compile(source);
  let value: unknown;
  try {
    value = await compiled.evaluate(data);
  } catch (error) {
    throw new ExpressionError('EXPRESSION_FAILED', messageOf(error));
  }
  if (value === undefined) throw new ExpressionError('MISSING_DATA', `There is no value for ${source.trim()}.`);
  // JSONata's sequences carry marks of their own, and functions are no data
  return JSON.parse(JSON.stringify(value) ?? 'null') as unknown;
}

/** Says what is wrong with the expressions of a text; undefined when they compile. */
export function syntaxError(text: string): string | undefined {
  const parts = pieces(text);
  if (!parts) return 'An expression is not closed with }}';
  for (const part of parts) {
    if (part.kind === 'text') continue;
    try {
      compile(part.source);
    } catch (error) {
      return messageOf(error);
    }
  }
  return undefined;
}

function compile(source: string): Compiled {
  if (!source.trim()) throw new ExpressionError('INVALID_EXPRESSION', 'The expression is empty.');
  try {
    const compiled = jsonata(source);
    const ast = compiled.ast();
    refuseUnsafe(ast);
    const calls = callsOf(source, ast);
    return calls.length > 0 ? jsonata(withArguments(source, calls)) : compiled;
  } catch (error) {
    throw error instanceof ExpressionError ? error : new ExpressionError('INVALID_EXPRESSION', messageOf(error));
  }
}

/** What the server refuses: text evaluated as an expression, and a regular expression called as a function. */
function refuseUnsafe(node: unknown): void {
  if (typeof node !== 'object' || node === null) return;
  if (node instanceof RegExp) return;
  const { type, value, procedure } = node as AstNode;
  if (type === 'variable' && value === 'eval') throw new ExpressionError('INVALID_EXPRESSION', '$eval is not available.');
  if (procedure?.type === 'regex') throw new ExpressionError('INVALID_EXPRESSION', 'A regular expression is not a function.');
  for (const child of Object.values(node)) {
    if (Array.isArray(child)) child.forEach(refuseUnsafe);
    else refuseUnsafe(child);
  }
}

function messageOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'message' in error) return String(error.message);
  return String(error);
}
