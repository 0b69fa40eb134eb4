import { expect, test, type Page } from '@playwright/test';
import { card, createWorkflow, expectAccessible, ORDER, register, unique, type Member } from './support';

const LISTS = ['/workflows', '/runs', '/approvals', '/dead-letters', '/schedules', '/templates', '/connections', '/models', '/plugins', '/cluster'];

interface Example {
  workflow: string;
  run: string;
}

/** A published workflow with one run, so that no page is empty. */
async function example(page: Page, member: Member): Promise<Example> {
  const { headers } = member;
  const template = (await (await page.request.get('/api/v1/templates/order-total', { headers })).json()) as { bpmnXml: string };
  const path = unique('orders');
  const bpmnXml = template.bpmnXml.replace('"path": "orders"', `"path": "${path}"`);
  const workflow = await createWorkflow(page, member, { name: 'Order total', bpmnXml });
  expect((await page.request.post(`/api/v1/workflows/${workflow}/publish`, { headers })).status()).toBe(200);
  expect((await page.request.post(`/hooks/${path}`, { data: ORDER })).status()).toBe(200);
  const runs = (await (await page.request.get('/api/v1/runs', { headers })).json()) as { items: { id: string }[] };
  return { workflow, run: runs.items[0]?.id ?? '' };
}

async function openList(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
}

async function openDesigner(page: Page, { workflow }: Example): Promise<void> {
  await page.goto(`/workflows/${workflow}`);
  await card(page, 'total').click();
  await expect(page.getByRole('complementary', { name: 'Step settings' })).toBeVisible();
}

async function openRun(page: Page, { run }: Example): Promise<void> {
  await page.goto(`/runs/${run}`);
  await card(page, 'total').click();
  await expect(page.getByRole('group', { name: 'Output', exact: true })).toContainText('50');
}

test('signing in and up, and empty pages, have no serious axe finding', async ({ page }) => {
  for (const path of ['/sign-in', '/sign-up', '/forgot-password', '/reset-password#token', '/verify-email#token', '/invitation#token']) {
    await openList(page, path);
    await expectAccessible(page, path);
  }
  await register(page);
  for (const path of ['/workflows', '/runs', '/approvals', '/dead-letters', '/schedules', '/connections']) {
    await openList(page, path);
    await expectAccessible(page, `${path}, empty`);
  }
});

test('no page has a serious axe finding', async ({ page }) => {
  const shown = await example(page, await register(page));
  for (const path of LISTS) {
    await openList(page, path);
    await expectAccessible(page, path);
  }
  await openDesigner(page, shown);
  await expectAccessible(page, 'designer');
  await page.getByRole('button', { name: 'Insert step between Order received and Add it up' }).click();
  await expect(page.getByRole('dialog', { name: 'Add a step' })).toBeVisible();
  await expectAccessible(page, 'designer, adding a step');
  await openRun(page, shown);
  await expectAccessible(page, 'run');
});

test('no page is wider than a phone', async ({ page }) => {
  const expectNarrow = async (path: string): Promise<void> =>
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(390);
  await page.setViewportSize({ width: 390, height: 844 });
  const shown = await example(page, await register(page));
  for (const path of ['/sign-in', '/sign-up', ...LISTS]) {
    await openList(page, path);
    await expectNarrow(path);
  }
  for (const path of [`/workflows/${shown.workflow}`, `/runs/${shown.run}`]) {
    await page.goto(path);
    await expect(card(page, 'total')).toBeVisible();
    await expectNarrow(path);
  }
});
