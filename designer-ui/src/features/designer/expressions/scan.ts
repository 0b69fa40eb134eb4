/** A piece of a text with expressions. */
export type Piece = { kind: 'text'; text: string; from: number; to: number } | { kind: 'expression'; source: string; from: number; to: number };

/** Finds each `{{ … }}`; braces in strings, names, comments and regular expressions do not end one. */
export function pieces(text: string): Piece[] | undefined {
  const found: Piece[] = [];
  let at = 0;
  for (;;) {
    const open = text.indexOf('{{', at);
    if (open < 0) break;
    const close = closing(text, open + 2);
    if (close < 0) return undefined;
    if (open > at) found.push({ kind: 'text', text: text.slice(at, open), from: at, to: open });
    found.push({ kind: 'expression', source: text.slice(open + 2, close), from: open, to: close + 2 });
    at = close + 2;
  }
  if (at < text.length || found.length === 0) found.push({ kind: 'text', text: text.slice(at), from: at, to: text.length });
  return found;
}

export function hasExpression(text: string): boolean {
  return text.includes('{{');
}

/** Where the `}}` stands that ends an expression, -1 when nothing does. */
function closing(text: string, from: number): number {
  let braces = 0;
  let operandBefore = false;
  let at = from;
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === '}' && braces === 0) return text.charAt(at + 1) === '}' ? at : -1;
    if (char === '"' || char === "'" || char === '`') {
      at = endOfQuoted(text, at, char);
      operandBefore = true;
    } else if (char === '/' && text.charAt(at + 1) === '*') {
      at = endOf(text, '*/', at + 2);
    } else if (char === '/' && !operandBefore) {
      at = endOfQuoted(text, at, '/');
      operandBefore = true;
    } else {
      if (char === '{') braces++;
      if (char === '}') braces--;
      if (!/\s/.test(char)) operandBefore = /[\w)\]}$]/.test(char);
      at++;
    }
    if (at < 0) return -1;
  }
  return -1;
}

function endOfQuoted(text: string, open: number, quote: string): number {
  for (let at = open + 1; at < text.length; at++) {
    if (text.charAt(at) === '\\' && quote !== '`') at++;
    else if (text.charAt(at) === quote) return at + 1;
  }
  return -1;
}

function endOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? -1 : at + mark.length;
}
