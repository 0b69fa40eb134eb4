import { expect, test, type Page } from '@playwright/test';
import { card, expectAccessible, ORDER, signUp, unique, write } from './support';

const folder = process.env.CADRE_SCREENSHOTS;

/** Takes a picture for the README when the environment says where to put it. */
async function picture(page: Page, name: string): Promise<void> {
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, animations: 'disabled' });
}

async function useTemplate(page: Page, name: string, step: string): Promise<void> {
  await page.getByRole('article', { name }).getByRole('button', { name: /^Use template/ }).click();
  await expect(page).toHaveURL(/\/workflows\/[0-9a-f-]{36}/);
  await expect(card(page, step)).toBeVisible();
}

/** The order's price gets ten added for the delivery; the address is one that nobody else has. */
async function change(page: Page, path: string): Promise<void> {
  const panel = page.getByRole('complementary', { name: 'Step settings' });
  await card(page, 'received').click();
  await panel.getByRole('textbox', { name: 'Path' }).fill(path);
  await card(page, 'total').click();
  await write(page, 'field-expression', '{{ trigger.body.price }} * {{ trigger.body.quantity }} + 10');
  await panel.getByRole('textbox', { name: 'Step name' }).fill('Add it up with delivery');
}

async function publish(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(page.getByText('Version 1 is live.')).toBeVisible();
  await expect(page.getByText('Live · v1')).toBeVisible();
}

test('sign up, use a template, change a step, publish, call the webhook, see the run', async ({ page, request }) => {
  const path = unique('orders');
  await signUp(page);
  await useTemplate(page, 'Order total', 'total');
  await change(page, path);
  await picture(page, 'designer-light');
  await publish(page);

  const answer = await request.post(`/hooks/${path}`, { data: ORDER });
  expect(answer.status()).toBe(200);
  expect(await answer.json()).toEqual({ order: 'A1', total: 60 });

  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Runs' }).click();
  await page.getByRole('link', { name: /^Order total/ }).click();
  await expect(page.getByRole('main').getByText('Succeeded').first()).toBeVisible();
  const diagram = page.getByRole('region', { name: 'Diagram of the run' });
  await expect(diagram.getByRole('img', { name: 'Add it up with delivery: succeeded' })).toBeVisible();
  await expect(diagram.locator('.djs-connection.run-taken')).toHaveCount(2);

  await card(page, 'total').click();
  const steps = page.getByRole('complementary', { name: 'Steps of the run' });
  await expect(steps.getByRole('heading', { name: 'Add it up with delivery' })).toBeVisible();
  await expect(steps.getByRole('group', { name: 'Input', exact: true })).toContainText('"expression": "12.5 * 4 + 10"');
  await expect(steps.getByRole('group', { name: 'Output', exact: true })).toContainText('"result": 60');
  await picture(page, 'run-light');
  await steps.getByRole('button', { name: 'All steps' }).click();
  await expect(steps.getByRole('group', { name: 'Input of the run' })).toContainText('"quantity": 4');
  await expect(steps.getByRole('group', { name: 'Output of the run' })).toContainText('"total": 60');
});

const PAYMENT = { invoice: '2026-0117', supplier: 'Acme Tools', amount: 1850, reason: 'New drill press' };

test('use a template that asks, approve in the inbox, see the run succeed', async ({ page, request }) => {
  const path = unique('payments');
  await signUp(page);
  await useTemplate(page, 'Approve payment', 'requested');
  await card(page, 'requested').click();
  await page.getByRole('complementary', { name: 'Step settings' }).getByRole('textbox', { name: 'Path' }).fill(path);
  await publish(page);
  expect((await request.post(`/hooks/${path}`, { data: PAYMENT })).ok()).toBe(true);

  const navigation = page.getByRole('navigation', { name: 'Main' });
  await navigation.getByRole('link', { name: 'Approvals, 1 for you' }).click();
  const asked = page.getByRole('article', { name: 'Pay 1850 to Acme Tools?' });
  await expect(asked.getByText('New drill press')).toBeVisible();
  await expectAccessible(page, 'approvals');
  await picture(page, 'approvals-light');

  await asked.getByRole('link', { name: 'Its run' }).click();
  const steps = page.getByRole('complementary', { name: 'Steps of the run' });
  await expect(steps.getByText('Waits for a person')).toBeVisible();
  await card(page, 'ask').click();
  await steps.getByRole('link', { name: 'Decide it' }).click();

  await asked.getByRole('textbox', { name: 'Amount to pay' }).fill('-1');
  await asked.getByRole('button', { name: 'Approve' }).click();
  await expect(asked.getByText('This cannot be approved like that')).toBeVisible();
  await asked.getByRole('textbox', { name: 'Amount to pay' }).fill('1700');
  await asked.getByRole('textbox', { name: 'Comment' }).fill('As we agreed');
  await asked.getByRole('button', { name: 'Approve' }).click();
  await expect(asked.getByText(/^Approved by Ada Lovelace/)).toBeVisible();
  await expect(asked.getByText('proposed was 1850')).toBeVisible();
  await expect(navigation.getByRole('link', { name: 'Approvals', exact: true })).toBeVisible();

  await asked.getByRole('link', { name: 'Its run' }).click();
  await expect(page.getByRole('main').getByText('Succeeded').first()).toBeVisible();
  await expect(steps.getByRole('group', { name: 'Output of the run' })).toContainText('"amount": 1700');
  await card(page, 'ask').click();
  await expect(steps.getByText(/^Approved by Ada Lovelace/)).toBeVisible();
  await expect(steps.getByText('As we agreed', { exact: true })).toBeVisible();
});
