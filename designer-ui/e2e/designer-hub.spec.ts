import { expect, test, type Page } from '@playwright/test';

test.skip(!process.env.CADRE_E2E_URL, 'needs a running hub: CADRE_E2E_URL');

interface Draft {
  token: string;
  id: string;
}

/** A new account with an empty workflow of its own; the refresh cookie signs the browser in. */
async function begin(page: Page, name: string): Promise<Draft> {
  const email = `ann-${Date.now()}-${Math.floor(Math.random() * 1e6)}@example.test`;
  const registered = await page.request.post('/auth/register', { data: { email, password: 'correct horse battery staple', name: 'Ann', organization: 'Acme' } });
  expect(registered.status()).toBe(201);
  const { accessToken: token } = (await registered.json()) as { accessToken: string };
  const created = await page.request.post('/api/v1/workflows', { data: { name }, headers: { Authorization: `Bearer ${token}` } });
  expect(created.status()).toBe(201);
  const { id } = (await created.json()) as { id: string };
  await page.goto(`/workflows/${id}`);
  return { token, id };
}

const card = (page: Page, id: string) => page.locator(`.djs-shape[data-element-id="${id}"]`).first();

async function addByKey(page: Page, query: string): Promise<void> {
  await page.keyboard.press('a');
  await expect(page.getByRole('dialog', { name: 'Add a step' })).toBeVisible();
  await page.keyboard.type(query);
  await page.keyboard.press('Enter');
}

/** The example of the dialect, drawn by hand. */
async function drawOrderTotal(page: Page, path: string): Promise<void> {
  await page.getByRole('button', { name: 'Add trigger' }).click();
  await page.keyboard.type('webhook');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Path' }).fill(path);
  await page.getByRole('textbox', { name: /^(Answer|Respond)/ }).click();
  await page.getByRole('option', { name: 'last-step' }).click();
  await card(page, 'start').click();
  await addByKey(page, 'calculator');
  await page.getByTestId('field-expression').click();
  await page.keyboard.insertText('{{ trigger.body.price }} * {{ trigger.body.quantity }}');
  await card(page, 'calculator').click();
  await addByKey(page, 'end');
  await page.getByTestId('field-output').click();
  await page.keyboard.insertText('{"order": "{{ trigger.body.id }}", "total": "{{ steps.calculator.result }}"}');
}

test('a workflow drawn by hand is published and answers its webhook', async ({ page }) => {
  await begin(page, 'Order total');
  const path = `orders-${Date.now()}`;
  await drawOrderTotal(page, path);
  await page.getByRole('button', { name: 'Publish' }).click();
  await expect(page.getByText('Version 1 is live.')).toBeVisible();
  const answer = await page.request.post(`/hooks/${path}`, { data: { id: 'A1', price: 12.5, quantity: 4 } });
  expect(answer.status()).toBe(200);
  expect(await answer.json()).toEqual({ order: 'A1', total: 50 });
});

test('a draft is run on its canvas, and one step is tested with what came of it', async ({ page }) => {
  await begin(page, 'Order total');
  await drawOrderTotal(page, `orders-${Date.now()}`);
  await page.getByRole('button', { name: 'Test run' }).click();
  const dialog = page.getByRole('dialog', { name: 'Test run' });
  await dialog.getByTestId('field-run-input').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('{"body": {"id": "A1", "price": 12.5, "quantity": 4}}');
  await dialog.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByTestId('run-bar')).toContainText('succeeded', { timeout: 20_000 });
  await expect(page.getByTestId('run-bar')).toContainText('"total":50');
  await page.getByRole('button', { name: 'Hide run' }).click();
  await card(page, 'calculator').click();
  await expect(page.getByTestId('preview-expression')).toContainText('12.5 * 4');
  await page.getByRole('button', { name: 'Test this step' }).click();
  await expect(page.getByRole('tabpanel', { name: 'Result' })).toContainText('"result": 50');
});

test('the second of two people who save is told', async ({ page }) => {
  const { token, id } = await begin(page, 'Shared');
  const headers = { Authorization: `Bearer ${token}` };
  await page.getByRole('button', { name: 'Add trigger' }).click();
  await page.keyboard.type('webhook');
  await page.keyboard.press('Enter');
  const read = await page.request.get(`/api/v1/workflows/${id}`, { headers });
  const { name, description, bpmnXml } = (await read.json()) as { name: string; description: string | null; bpmnXml: string };
  const theirs = await page.request.put(`/api/v1/workflows/${id}`, {
    data: { name: `${name} by somebody else`, description, bpmnXml },
    headers: { ...headers, 'If-Match': read.headers().etag ?? '' },
  });
  expect(theirs.status()).toBe(200);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('dialog', { name: 'Somebody else saved this workflow' })).toBeVisible();
});
