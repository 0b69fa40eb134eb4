import { MantineProvider } from '@mantine/core';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { summarizeTable, type TableSummary } from '../../../diagram/decision';
import { DesignerProvider, type DesignerContextValue } from '../state/DesignerContext';
import { NEW_TABLE } from './editing';
import { problemsOf, typedValue, workflowOf } from './trial';
import { TryTable } from './TryTable';

let sent: { bpmnXml: string } | undefined;
let output: unknown = { result: 'small', size: 'small', rules: [1] };
let error: unknown = null;

const server = setupServer(
  http.post('/api/v1/workflows/w1/steps/decision/test', async ({ request }) => {
    sent = (await request.json()) as typeof sent;
    return HttpResponse.json({ status: error ? 'failed' : 'succeeded', input: {}, output: error ? null : output, error, logs: [], durationMs: 1 });
  }),
  http.post('/api/v1/workflows/validate', async ({ request }) => {
    sent = (await request.json()) as typeof sent;
    return HttpResponse.json({
      problems: [
        { elementId: 'decision', severity: 'error', code: 'invalid-feel', message: 'Rule 1' },
        { elementId: 'decision', severity: 'warning', code: 'unused-input', message: 'more' },
        { elementId: null, severity: 'error', code: 'other', message: 'not of the table' },
      ],
    });
  }),
);
beforeAll(() => server.listen());
afterEach(() => {
  sent = undefined;
  error = null;
});
afterAll(() => server.close());

const TABLE = summarizeTable(NEW_TABLE) as TableSummary;

/** The table and inputs that the hub was asked about. */
function asked(): { table: string; inputs: unknown } {
  const file = new DOMParser().parseFromString(sent?.bpmnXml ?? '', 'application/xml');
  const text = (name: string): string => file.getElementsByTagName(`cadre:${name}`)[0]?.textContent ?? '';
  return { table: text('table'), inputs: JSON.parse(text('decision')) };
}

function show(): number[][] {
  const matched: number[][] = [];
  render(
    <MantineProvider>
      <DesignerProvider value={{ workflowId: 'w1' } as DesignerContextValue}>
        <TryTable table={TABLE} xml={NEW_TABLE} usable onMatched={(rules) => matched.push(rules)} />
      </DesignerProvider>
    </MantineProvider>,
  );
  return matched;
}

describe('trying a table', () => {
  it('asks the hub with the values as the columns type them, and says which rule matches', async () => {
    const matched = show();
    await userEvent.type(screen.getByLabelText('amount'), '120{Enter}');

    await screen.findByText('Rule 1 matches');
    expect(asked()).toEqual({ table: NEW_TABLE, inputs: { amount: 120 } });
    expect(screen.getByText('"small"')).toBeInTheDocument();
    expect(matched).toEqual([[1]]);
  });

  it('says that none or several match', async () => {
    show();
    output = { result: null, rules: [] };
    await userEvent.click(screen.getByRole('button', { name: 'Test with values' }));
    await screen.findByText('No rule matches');
    output = { result: ['a', 'b'], rules: [1, 2] };
    await userEvent.click(screen.getByRole('button', { name: 'Test with values' }));
    await screen.findByText('Rules 1, 2 match');
  });

  it('says in the words of the hub why the table does not decide', async () => {
    error = { code: 'SEVERAL_RULES_MATCH', message: 'The rules 1, 2 match.' };
    const matched = show();
    await userEvent.click(screen.getByRole('button', { name: 'Test with values' }));
    await screen.findByText('The rules 1, 2 match.');
    await waitFor(() => expect(matched).toEqual([[]]));
  });

  it('asks for the problems of the table alone', async () => {
    expect(await problemsOf(NEW_TABLE, ['amount'])).toEqual([expect.objectContaining({ message: 'Rule 1' })]);
    expect(asked()).toEqual({ table: NEW_TABLE, inputs: { amount: null } });
  });
});

describe('values that somebody types', () => {
  it.each([
    ['12.5', 'number', 12.5],
    ['much', 'number', 'much'],
    ['12', 'string', '12'],
    ['true', 'boolean', true],
    ['true', 'string', 'true'],
    ['2026-01-31', 'date', '2026-01-31'],
    ['{{ trigger.body.amount }}', 'number', '{{ trigger.body.amount }}'],
    ['[1, 2]', 'Any', [1, 2]],
    ['null', '', null],
    ['gold', 'Any', 'gold'],
    ['[1', 'Any', '[1'],
    ['', 'number', null],
  ])('%j in a column of type %s is %j', (text, type, value) => expect(typedValue(text, type)).toEqual(value));

  it('cannot break out of the file', () => {
    const xml = workflowOf('</cadre:table><script/>', { a: '</cadre:decision><x/>&' });
    const file = new DOMParser().parseFromString(xml, 'application/xml');
    expect(file.getElementsByTagName('script')).toHaveLength(0);
    expect(file.getElementsByTagName('cadre:table')[0]?.textContent).toBe('</cadre:table><script/>');
  });
});
