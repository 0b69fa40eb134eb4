import { describe, expect, it } from 'vitest';
import { pathText, suggest } from './complete';

const data = { trigger: { body: { id: 'A1', items: [{ sku: 'a' }] }, headers: { 'content-type': 'json' } }, steps: { total: { result: 50 } } };

describe('suggest', () => {
  it('offers what the data has at that place', () => {
    expect(suggest(data, 'tr').map((s) => s.label)).toEqual(['trigger']);
    expect(suggest(data, 'trigger.body.items.').map((s) => s.label)).toEqual(['sku']);
    expect(suggest(data, 'steps.total.re')).toEqual([{ label: 'result', type: 'property', detail: '50' }]);
  });

  it('quotes names that would be read as a calculation', () => {
    expect(suggest(data, 'trigger.headers.').map((s) => s.label)).toEqual(['`content-type`']);
    expect(pathText(['trigger', 'headers', 'content-type'])).toBe('trigger.headers.`content-type`');
    expect(pathText(['trigger', 'body', 'items', 0, 'sku'])).toBe('trigger.body.items[0].sku');
  });
});
