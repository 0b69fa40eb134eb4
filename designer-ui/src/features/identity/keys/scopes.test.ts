import { expect, test } from 'vitest';
import type { Permission } from './calls';
import { bySubject } from '../roles/subjects';
import { readOnly } from './scopes';

const permission = (name: string): Permission => ({ name, description: name, yours: true });

test('puts permissions together that are about the same, under the name of its page', () => {
  const groups = bySubject([permission('workflow:read'), permission('sso:manage'), permission('workflow:edit')]);

  expect(groups.map(({ title, permissions }) => [title, permissions.map((each) => each.name)])).toEqual([
    ['Workflows', ['workflow:read', 'workflow:edit']],
    ['Single sign-on', ['sso:manage']],
  ]);
});

test('knows what only reads', () => {
  expect(readOnly([permission('workflow:read'), permission('run:execute'), permission('audit:read')])).toEqual(['workflow:read', 'project:all', 'audit:read']);
});
