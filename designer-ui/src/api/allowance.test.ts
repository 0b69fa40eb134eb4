import { expect, test } from 'vitest';
import { Allowance } from './allowance';

const heard = (remaining: number, reset: number, limit = 100) => {
  const allowance = new Allowance();
  allowance.hear(new Headers({ 'RateLimit-Limit': String(limit), 'RateLimit-Remaining': String(remaining), 'RateLimit-Reset': String(reset) }), 0);
  return allowance;
};

test('lets pages ask at once while nothing is known and while there is plenty', () => {
  expect(new Allowance().pause(150)).toBe(150);
  expect(heard(95, 50).pause(150, 0)).toBe(150);
  expect(heard(999_999, 50, 1_000_000).pause(150, 0)).toBe(150);
});

test('spreads what is spare over the rest of the minute', () => {
  expect(heard(60, 30).pause(150, 0)).toBe(3000);
  expect(heard(50, 30).pause(150, 0)).toBe(6000);
});

test('leaves the last part to the person, until the minute is over', () => {
  expect(heard(40, 30).pause(150, 0)).toBe(30_000);
  expect(heard(0, 30).pause(150, 0)).toBe(30_000);
  expect(heard(0, 30).pause(150, 30_001)).toBe(150);
});

test('never reaches the limit by itself, however much happens', () => {
  const allowance = new Allowance();
  let remaining = 100;
  for (let now = 0; now < 60_000; ) {
    now += allowance.pause(150, now);
    if (now >= 60_000) break;
    remaining -= 2;
    allowance.hear(new Headers({ 'RateLimit-Limit': '100', 'RateLimit-Remaining': String(remaining), 'RateLimit-Reset': String(Math.ceil((60_000 - now) / 1000)) }), now);
  }
  expect(remaining).toBeGreaterThanOrEqual(38);
});
