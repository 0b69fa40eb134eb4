import { expect, test, type Page } from '@playwright/test';
import { card, createWorkflow, expectAccessible, register } from './support';

async function openTable(page: Page): Promise<void> {
  const member = await register(page);
  const template = (await (await page.request.get('/api/v1/templates/claim-triage', { headers: member.headers })).json()) as { bpmnXml: string };
  const workflow = await createWorkflow(page, member, { name: 'Claim triage', bpmnXml: template.bpmnXml });
  await page.goto(`/workflows/${workflow}`);
  await card(page, 'triage').click();
  await page.getByTestId('edit-table').click();
  await expect(page.locator('.dmn-decision-table-container')).toBeVisible();
}

async function tryWith(page: Page, values: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(values)) await page.getByTestId(`try-${name}`).fill(value);
  await page.getByRole('button', { name: 'Test with values' }).click();
}

const cell = (page: Page, id: string) => page.locator(`.dmn-decision-table-container td[data-element-id="${id}"]`);

test('a decision table is tried, edited and used as one step to undo', async ({ page }) => {
  await openTable(page);
  await tryWith(page, { injury: 'false', amount: '280', tier: 'standard' });
  await expect(page.getByTestId('try-result')).toContainText('Rule 6 matches');
  await expect(cell(page, 'rule6input1')).toHaveClass(/decision-matched/);
  await expectAccessible(page, 'the decision table');

  await cell(page, 'rule4input2').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('<= 300');
  await expect(page.getByTestId('try-result')).not.toContainText('Rule 6');
  await tryWith(page, { amount: '280' });
  await expect(page.getByTestId('try-result')).toContainText('Rule 4 matches');
  await page.getByRole('button', { name: 'Use this table' }).click();

  const inShort = page.getByRole('region', { name: 'The table in short' });
  await expect(inShort).toContainText('<= 300');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(inShort).toContainText('<= 250');
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeDisabled();
});

test('what is wrong with a table is said beside it, and leaving loses nothing by accident', async ({ page }) => {
  await openTable(page);
  await cell(page, 'rule4input2').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('"much"');
  await expect(page.getByText('Rule 4, column Amount: a number is never text.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Test with values' })).toBeDisabled();

  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('alert')).toContainText('What you changed is lost');
  await page.getByRole('button', { name: 'Leave' }).click();
  await expect(page.getByRole('region', { name: 'The table in short' })).toContainText('<= 250');
});

test('the table can be edited by keyboard alone', async ({ page }) => {
  await openTable(page);
  await page.getByRole('button', { name: 'Close', exact: true }).focus();
  const focused = (id: string) => cell(page, id).locator(':focus');
  for (let tabs = 0; tabs < 40 && (await focused('rule1input1').count()) === 0; tabs++) await page.keyboard.press('Tab');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('false');
  await page.keyboard.press('Tab');
  await expect(focused('rule1input2')).toHaveCount(1);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('< 5');
  await page.keyboard.press('Shift+Tab');
  await expect(focused('rule1input1')).toHaveCount(1);
  await tryWith(page, { injury: 'false', amount: '1', tier: 'gold' });
  await expect(page.getByTestId('try-result')).toContainText('Rule 1 matches');
});
