import { expect, test } from 'vitest';
import { withCompanions, withDependents } from './companions';

test('reading the audit log goes together with seeing all projects', () => {
  expect(withCompanions(['run:read', 'audit:read'])).toEqual(['run:read', 'project:all', 'audit:read']);
  expect(withDependents(['project:all'])).toEqual(['project:all', 'audit:read']);
  expect(withCompanions(['project:all'])).toEqual(['project:all']);
  expect(withDependents(['audit:read'])).toEqual(['audit:read']);
});
