import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it } from 'vitest';
import type { Schema } from '../../lib/schema';
import { SchemaForm } from './SchemaForm';

const schema: Schema = {
  type: 'object',
  required: ['url'],
  properties: {
    url: { type: 'string', title: 'Address' },
    token: { type: 'string', writeOnly: true },
    retries: { type: ['integer', 'null'] },
    auth: { $ref: '#/$defs/Auth' },
    extra: {},
  },
  $defs: { Auth: { type: 'object', properties: { userName: { type: 'string' } } } },
};

let latest: Record<string, unknown> = {};

function Form({ of = schema }: { of?: Schema }) {
  const [value, setValue] = useState<Record<string, unknown>>({});
  latest = value;
  return (
    <MantineProvider>
      <SchemaForm schema={of} value={value} onChange={setValue} errors={{ url: 'Say where' }} storedSecrets={['token']} />
    </MantineProvider>
  );
}

it('builds a value from what is typed into its fields', async () => {
  render(<Form />);
  await userEvent.type(screen.getByRole('textbox', { name: /Address/ }), 'https://a.test');
  await userEvent.type(screen.getByRole('textbox', { name: 'Retries' }), '3');
  await userEvent.type(screen.getByRole('textbox', { name: 'User name' }), 'ada');
  await userEvent.type(screen.getByRole('textbox', { name: 'Extra' }), '[[1]');
  expect(latest).toEqual({ url: 'https://a.test', retries: 3, auth: { userName: 'ada' }, extra: [1] });
});

it('shows errors at their fields and says that a secret is stored', () => {
  render(<Form />);
  expect(screen.getByText('Say where')).toBeInTheDocument();
  expect(screen.getByPlaceholderText(/Stored/)).toHaveAttribute('type', 'password');
});

it('takes a stored secret away when asked, and keeps it otherwise', async () => {
  render(<Form />);
  await userEvent.click(screen.getByRole('button', { name: 'Remove it' }));
  expect(latest).toEqual({ token: '' });
  expect(screen.getByPlaceholderText(/Removed/)).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Keep it' }));
  expect(latest).toEqual({});
  await userEvent.type(screen.getByPlaceholderText(/Stored/), 'x');
  await userEvent.clear(screen.getByPlaceholderText(/Stored/));
  expect(latest).toEqual({});
});

it('shows only the fields that the values ask for', async () => {
  render(<Form of={{ type: 'object', properties: { kind: { type: 'string' }, user: { type: 'string', 'x-when': { kind: ['basic'] } } } }} />);
  expect(screen.queryByRole('textbox', { name: 'User' })).not.toBeInTheDocument();
  await userEvent.type(screen.getByRole('textbox', { name: 'Kind' }), 'basic');
  expect(screen.getByRole('textbox', { name: 'User' })).toBeInTheDocument();
});
