import { createHmac } from 'node:crypto';
import { expect, test, type Page } from '@playwright/test';
import { card, createWorkflow, expectAccessible, ORDER, pick, register, unique, write, type Member } from './support';

/** A new account with an empty workflow of its own, open in the designer. */
async function begin(page: Page, name: string): Promise<Member & { id: string }> {
  const member = await register(page);
  const id = await createWorkflow(page, member, { name });
  await page.goto(`/workflows/${id}`);
  return { ...member, id };
}

async function addTrigger(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add trigger' }).click();
  await pick(page, 'webhook');
  await expect(page.getByRole('combobox', { name: 'Starts' })).toHaveValue('Webhook');
}

/** The example of the dialect, drawn by hand. */
async function drawOrderTotal(page: Page, path: string): Promise<void> {
  await addTrigger(page);
  await page.getByRole('textbox', { name: 'Path' }).fill(path);
  await page.getByRole('combobox', { name: 'Answer' }).click();
  await page.getByRole('option', { name: 'last-step' }).click();
  await page.getByRole('button', { name: 'Add next step after Webhook' }).click();
  await pick(page, 'calculator');
  await write(page, 'field-expression', '{{ trigger.body.price }} * {{ trigger.body.quantity }}');
  await page.getByRole('button', { name: 'Add next step after Calculator' }).click();
  await pick(page, 'end');
  await write(page, 'field-output', '{"order": "{{ trigger.body.id }}", "total": "{{ steps.calculator.result }}"}');
}

test('a workflow drawn by hand is published and answers its webhook', async ({ page }) => {
  await begin(page, 'Order total');
  const path = unique('orders');
  await drawOrderTotal(page, path);
  await page.getByRole('button', { name: 'Publish' }).click();
  await expect(page.getByText('Version 1 is live.')).toBeVisible();
  const answer = await page.request.post(`/hooks/${path}`, { data: ORDER });
  expect(answer.status()).toBe(200);
  expect(await answer.json()).toEqual({ order: 'A1', total: 50 });
});

test('a draft is run on its canvas, and one step is tested with what came of it', async ({ page }) => {
  await begin(page, 'Order total');
  await drawOrderTotal(page, unique('orders'));
  await page.getByRole('button', { name: 'Test run' }).click();
  const dialog = page.getByRole('dialog', { name: 'Test run' });
  await write(page, 'field-run-input', JSON.stringify({ body: ORDER }));
  await dialog.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByTestId('run-bar')).toContainText('succeeded');
  await expect(page.getByTestId('run-bar')).toContainText('"total":50');
  await page.getByRole('button', { name: 'Hide run' }).click();
  await card(page, 'calculator').click();
  await expect(page.getByTestId('preview-expression')).toContainText('12.5 * 4');
  await page.getByRole('button', { name: 'Test this step' }).click();
  await expect(page.getByRole('tabpanel', { name: 'Result' })).toContainText('"result": 50');
});

test('the second of two people who save is told, and nothing is overwritten unasked', async ({ page }) => {
  const { headers, id } = await begin(page, 'Shared');
  await addTrigger(page);
  const read = await page.request.get(`/api/v1/workflows/${id}`, { headers });
  const { description, bpmnXml } = (await read.json()) as { description: string | null; bpmnXml: string };
  const theirs = await page.request.put(`/api/v1/workflows/${id}`, {
    data: { name: 'Theirs', description, bpmnXml },
    headers: { ...headers, 'If-Match': read.headers().etag ?? '' },
  });
  expect(theirs.status()).toBe(200);
  const refused = page.waitForResponse((response) => response.request().method() === 'PUT' && response.url().endsWith(id));
  await page.getByRole('button', { name: 'Save' }).click();
  expect((await refused).status()).toBe(412);
  const dialog = page.getByRole('dialog', { name: 'Somebody else saved this workflow' });
  await dialog.getByRole('button', { name: 'Reload theirs' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('textbox', { name: 'Workflow name' })).toHaveValue('Theirs');
});

test('an approval and a timer are drawn, stored as BPMN, and run', async ({ page }) => {
  const { headers, id } = await begin(page, 'Ask and wait');
  const path = unique('asking');
  await addTrigger(page);
  await page.getByRole('textbox', { name: 'Path' }).fill(path);
  await page.getByRole('button', { name: 'Add next step after Webhook' }).click();
  await pick(page, 'approval');
  await write(page, 'field-title', 'Order {{ trigger.body.id }}?');
  await page.getByRole('button', { name: 'Add next step after Approval' }).click();
  await pick(page, 'timer');
  await write(page, 'field-wait', 'a while');
  await expect(page.getByText('As PT30S, PT5M, PT2H or P1D')).toBeVisible();
  await write(page, 'field-wait', 'PT0.1S');
  await page.getByRole('button', { name: 'Add next step after Timer' }).click();
  await pick(page, 'end');
  await write(page, 'field-output', '{"decision": "{{ steps.approval.decision }}"}');
  await page.getByRole('button', { name: 'Publish' }).click();
  await expect(page.getByText('Version 1 is live.')).toBeVisible();

  const { bpmnXml } = (await (await page.request.get(`/api/v1/workflows/${id}`, { headers })).json()) as { bpmnXml: string };
  expect(bpmnXml).toMatch(/<(bpmn2?:)?userTask id="approval"[\s\S]*<cadre:approval>[\s\S]*<\/(bpmn2?:)?userTask>/);
  expect(bpmnXml).toMatch(/<(bpmn2?:)?intermediateCatchEvent id="timer"[\s\S]*<cadre:wait>PT0.1S<\/cadre:wait>[\s\S]*timerEventDefinition/);

  expect((await page.request.post(`/hooks/${path}`, { data: ORDER })).ok()).toBe(true);
  await page.getByRole('link', { name: 'Approvals, 1 for you' }).click();
  await page.getByRole('article', { name: 'Order A1?' }).getByRole('button', { name: 'Approve' }).click();
  await expect(page.getByText('Nothing waits for an answer')).toBeVisible();
  await page.getByRole('link', { name: 'Runs' }).click();
  await expect(page.getByRole('main').getByText('Succeeded')).toBeVisible();
});

test('a webhook lets in what is signed with the secret of its connection', async ({ page }) => {
  const { headers } = await begin(page, 'Guarded');
  const path = unique('guarded');
  const secret = { name: 'Sender', type: 'webhook-secret', values: { kind: 'hmac', secret: 'your secret' } };
  expect((await page.request.post('/api/v1/connections', { data: secret, headers })).status()).toBe(201);
  await page.reload();
  await addTrigger(page);
  await page.getByRole('textbox', { name: 'Path' }).fill(path);
  await page.getByRole('combobox', { name: 'Answer' }).click();
  await page.getByRole('option', { name: 'last-step' }).click();
  await page.getByTestId('security').click();
  await page.getByRole('combobox', { name: 'Callers prove themselves by' }).click();
  await page.getByRole('option', { name: 'A signature of the body (HMAC)' }).click();
  await expect(page.getByRole('combobox', { name: 'Sender' })).toHaveValue('GitHub');
  await page.getByRole('combobox', { name: 'Connection' }).click();
  await page.getByRole('option', { name: 'Sender' }).click();
  await expectAccessible(page, 'the security of a webhook');
  await page.getByRole('button', { name: 'Add next step after Webhook' }).click();
  await pick(page, 'end');
  await write(page, 'field-output', '{"order": "{{ trigger.body.id }}"}');
  await page.getByRole('button', { name: 'Publish' }).click();
  await expect(page.getByText('Version 1 is live.')).toBeVisible();
  expect((await page.request.post(`/hooks/${path}`, { data: ORDER })).status()).toBe(401);
  const body = JSON.stringify(ORDER);
  const signature = `sha256=${createHmac('sha256', 'your secret').update(body).digest('hex')}`;
  const signed = await page.request.post(`/hooks/${path}`, { data: body, headers: { 'Content-Type': 'application/json', 'X-Hub-Signature-256': signature } });
  expect(await signed.json()).toEqual({ order: 'A1' });
});
