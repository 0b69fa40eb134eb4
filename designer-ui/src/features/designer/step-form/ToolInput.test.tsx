import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it } from 'vitest';
import type { JsonObject } from '../../../diagram/dialect';
import type { Schema } from '../../../lib/schema';
import { StepForm } from './StepForm';

const schema: Schema = {
  type: 'object',
  required: ['url'],
  properties: { url: { type: 'string', title: 'URL', description: 'Where to ask' }, level: { type: 'integer', enum: [1, 2], title: 'Level' }, note: { type: 'string', title: 'Note' } },
};

let latest: JsonObject = {};

function Form({ tool = true }: { tool?: boolean }) {
  const [values, setValues] = useState<JsonObject>({ note: 'said' });
  latest = values;
  return (
    <MantineProvider env="test">
      <StepForm schema={schema} values={values} onChange={setValues} scope={{ entries: [], data: {}, hints: {}, tool }} />
    </MantineProvider>
  );
}

async function choose(field: string, mode: string): Promise<void> {
  await userEvent.click(screen.getByRole('combobox', { name: `Who fills in ${field}` }));
  await userEvent.click(await screen.findByRole('option', { name: mode }));
}

it('writes what the agent decides as a call of fromAi, and reads it back', async () => {
  render(<Form />);
  await choose('URL', 'Agent decides');
  expect(latest.url).toBe("{{ fromAi('url', 'Where to ask', 'string') }}");
  await userEvent.clear(screen.getByTestId('told-url'));
  await userEvent.type(screen.getByTestId('told-url'), "The order's page");
  await userEvent.click(screen.getByRole('switch', { name: 'The agent may leave it out' }));
  expect(latest.url).toBe(`{{ fromAi('url', "The order's page", 'string', false) }}`);
  await userEvent.clear(screen.getByTestId('called-url'));
  await userEvent.type(screen.getByTestId('called-url'), 'a page');
  expect(screen.getByText('Letters, digits and _ only')).toBeInTheDocument();
  expect(latest.url).toContain("fromAi('a'");
});

it('tells the model which values there are', async () => {
  render(<Form />);
  await choose('Level', 'Agent decides');
  expect(latest.level).toBe(`{{ fromAi('level', 'Level', 'integer', {"enum":[1,2]}) }}`);
});

it('empties and fixes inputs; a required one cannot be empty', async () => {
  render(<Form />);
  expect(screen.getByRole('combobox', { name: 'Who fills in Note' })).toHaveValue('Fixed');
  await choose('Note', 'Empty');
  expect(latest).toEqual({});
  expect(screen.getByRole('combobox', { name: 'Who fills in Note' })).toHaveValue('Empty');
  await userEvent.click(screen.getByRole('combobox', { name: 'Who fills in URL' }));
  const options = await screen.findAllByRole('option');
  expect(options.map((option) => option.textContent)).not.toContain('Empty');
});

it('asks nobody outside of an agent', () => {
  render(<Form tool={false} />);
  expect(screen.queryByRole('combobox', { name: /^Who fills in/ })).not.toBeInTheDocument();
});
