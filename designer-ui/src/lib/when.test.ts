import { expect, it } from 'vitest';
import { isFor } from './when';

const kind = { default: 'hmac' };
const user = { 'x-when': { kind: ['basic', 'login'] } };

it('shows a field where its sibling has one of the values', () => {
  expect(isFor(user, { kind: 'basic' }, { kind, user })).toBe(true);
  expect(isFor(user, { kind: 'jwt' }, { kind, user })).toBe(false);
});

it('takes the default of a sibling without a value', () => {
  expect(isFor(user, {}, { kind, user })).toBe(false);
  expect(isFor({ 'x-when': { kind: ['hmac'] } }, {}, { kind })).toBe(true);
});

it('shows fields without a condition', () => {
  expect(isFor({}, {}, {})).toBe(true);
});
