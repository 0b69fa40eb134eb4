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
  properties: {
    retries: { type: ['integer', 'null'] },
    level: { enum: [1, 2], title: 'Level' },
    auth: { $ref: '#/$defs/Auth' },
    tries: { type: 'integer', 'x-advanced': true },
  },
  $defs: { Auth: { type: 'object', properties: { times: { type: 'integer' } } } },
};

let latest: JsonObject = {};

function Form({ constant }: { constant?: boolean }) {
  const [values, setValues] = useState<JsonObject>({ auth: { times: 3 } });
  latest = values;
  return (
    <MantineProvider env="test">
      <StepForm schema={schema} values={values} onChange={setValues} scope={{ entries: [], data: {}, hints: {} }} constant={constant} />
    </MantineProvider>
  );
}

it('takes data in place of a value, in nested fields too, and back', async () => {
  render(<Form />);
  await userEvent.click(screen.getByRole('button', { name: 'Use data for Times' }));
  expect(latest).toEqual({ auth: { times: '{{  }}' } });
  await userEvent.click(screen.getByRole('button', { name: 'Choose Times by hand' }));
  expect(latest).toEqual({});
});

it('takes no data where settings are read before there is any, and keeps the type of a choice', async () => {
  render(<Form constant />);
  expect(screen.queryByRole('button', { name: /^Use data/ })).toBeNull();
  expect(screen.getByRole('button', { name: 'More settings' })).toHaveAttribute('aria-expanded', 'false');
  await userEvent.click(screen.getByRole('combobox', { name: 'Level' }));
  await userEvent.click(await screen.findByRole('option', { name: '2' }));
  expect(latest.level).toBe(2);
});
