import { describe, expect, it } from 'vitest';
import { plain, summarize } from './summary';

describe('summarize', () => {
  it('says the most telling settings first', () => {
    expect(summarize({ headers: {}, url: 'https://crm.test', method: 'GET' }, undefined)).toBe('GET https://crm.test');
  });

  it('reads expressions by their last name', () => {
    expect(plain('{{ trigger.body.price }} * {{ trigger.body.quantity }}')).toBe('price * quantity');
  });
});
