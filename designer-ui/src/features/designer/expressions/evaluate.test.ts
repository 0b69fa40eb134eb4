import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { evaluateTemplate, ExpressionError, syntaxError } from './evaluate';

interface Vector {
  name: string;
  template: unknown;
  data: unknown;
  result?: unknown;
  error?: string;
}

const file = resolve(process.cwd(), '../platform/app/src/test/resources/expression-vectors.json');
const { shared, vectors } = JSON.parse(readFileSync(file, 'utf8')) as { shared: Record<string, unknown>; vectors: Vector[] };

describe('expressions give what the server gives', () => {
  it.each(vectors)('$name', async ({ template, data, result, error }) => {
    const scope = typeof data === 'string' ? shared[data] : data;
    if (error) {
      const failure = await evaluateTemplate(template, scope).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(failure).toBeInstanceOf(ExpressionError);
      expect((failure as ExpressionError).code).toBe(error);
    } else {
      expect(await evaluateTemplate(template, scope)).toEqual(result);
    }
  });
});

describe('syntaxError', () => {
  it('names what is wrong before anything is evaluated', () => {
    expect(syntaxError('{{ 1 + }}')).toBeTruthy();
    expect(syntaxError('{{ trigger.body.id')).toBe('An expression is not closed with }}');
    expect(syntaxError('plain {{ trigger.body.id }}')).toBeUndefined();
  });
});
