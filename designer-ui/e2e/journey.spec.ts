import { expect, test, type Page } from '@playwright/test';
import { card, ORDER, signUp, unique, write } from './support';

const folder = process.env.CADRE_SCREENSHOTS;

/** Takes a picture for the README when the environment says where to put it. */
async function picture(page: Page, name: string): Promise<void> {
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, animations: 'disabled' });
}

async function useTemplate(page: Page): Promise<void> {
  await page.getByRole('article', { name: 'Order total' }).getByRole('button', { name: /^Use template/ }).click();
  await expect(page).toHaveURL(/\/workflows\/[0-9a-f-]{36}/);
  await expect(card(page, 'total')).toBeVisible();
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
  await useTemplate(page);
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
