import { describe, expect, it } from 'vitest';
import { plain, summarize } from './summary';

describe('summarize', () => {
  it('names what an agent fills in', () => {
    expect(plain("orders of {{ fromAi('customer', 'Whose', 'string') }}")).toBe('orders of ‹customer›');
  });

  it('says the most telling settings first', () => {
    expect(summarize({ headers: {}, url: 'https://crm.test', method: 'GET' }, undefined)).toBe('GET https://crm.test');
  });

  it('leaves out what is hidden among the further settings', () => {
    const schema = { properties: { title: {}, onReject: { 'x-advanced': true } } };
    expect(summarize({ onReject: 'fail', title: 'Pay?' }, schema)).toBe('Pay?');
  });

  it('reads expressions by their last name', () => {
    expect(plain('{{ trigger.body.price }} * {{ trigger.body.quantity }}')).toBe('price * quantity');
  });
});
