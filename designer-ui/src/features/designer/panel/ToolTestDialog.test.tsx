import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import type { FromAi } from '../expressions/fromAi';
import { ToolTestDialog } from './ToolTestDialog';

const PARAMETERS: FromAi[] = [
  { name: 'order', description: 'The number of the order', type: 'string', schema: {}, required: true },
  { name: 'level', description: 'How urgent it is', type: 'string', schema: { enum: ['low', 'high'] }, required: false },
];

it('asks for what the agent would give before a tool is tested', async () => {
  const tested = vi.fn();
  render(
    <MantineProvider env="test">
      <ToolTestDialog parameters={PARAMETERS} given={{}} busy={false} onTest={tested} onClose={() => undefined} />
    </MantineProvider>,
  );
  expect(screen.getByText('How urgent it is')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Test' })).toBeDisabled();

  await userEvent.type(screen.getByRole('textbox', { name: /order/ }), 'A-17');
  await userEvent.click(screen.getByRole('button', { name: 'Test' }));

  expect(tested).toHaveBeenCalledWith({ order: 'A-17' });
});
