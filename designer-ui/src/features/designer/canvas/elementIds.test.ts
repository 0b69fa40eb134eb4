import { describe, expect, it } from 'vitest';
import { idFrom, isReferenceName, uniqueId } from './elementIds';

describe('ids of steps', () => {
  it('can be spoken of in expressions', () => {
    expect(idFrom('http-request')).toBe('httpRequest');
    expect(idFrom('3 times')).toBe('step3Times');
    expect(isReferenceName(idFrom('Grüße & mehr'))).toBe(true);
  });

  it('are numbered when they are taken', () => {
    const taken = new Set(['calculator', 'calculator2']);
    expect(uniqueId({ assigned: (id) => taken.has(id) }, 'calculator')).toBe('calculator3');
    expect(uniqueId({ assigned: (id) => taken.has(id) }, 'branch')).toBe('branch');
  });
});
