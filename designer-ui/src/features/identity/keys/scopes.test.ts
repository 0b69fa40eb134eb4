import { expect, test } from 'vitest';
import type { Permission } from './calls';
import { grouped, readOnly } from './scopes';

const permission = (name: string): Permission => ({ name, description: name, yours: true });

test('puts permissions together that are about the same', () => {
  const groups = grouped([permission('workflow:read'), permission('run:read'), permission('workflow:edit')]);

  expect(groups.map(({ name, permissions }) => [name, permissions.map((each) => each.name)])).toEqual([
    ['Workflow', ['workflow:read', 'workflow:edit']],
    ['Run', ['run:read']],
  ]);
});

test('knows what only reads', () => {
  expect(readOnly([permission('workflow:read'), permission('run:execute'), permission('audit:read')])).toEqual(['workflow:read', 'project:all', 'audit:read']);
});
