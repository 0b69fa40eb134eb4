import { expect, test, type Page } from '@playwright/test';
import { card, createWorkflow, expectAccessible, pick, register, unique, write, type Member } from './support';

const SHIP = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:cadre="http://cadre.dev/schema/bpmn/1.0" targetNamespace="http://cadre.dev">
  <process id="ship" isExecutable="true">
    <startEvent id="start"><extensionElements><cadre:trigger use="manual">{}</cadre:trigger></extensionElements></startEvent>
    <sequenceFlow id="f1" sourceRef="start" targetRef="end"/>
    <endEvent id="end"><extensionElements><cadre:output>{"shipped":"{{ trigger.order }}"}</cadre:output></extensionElements></endEvent>
  </process>
</definitions>`;

async function begin(page: Page, name: string): Promise<Member & { id: string; path: string }> {
  const member = await register(page);
  const ship = await createWorkflow(page, member, { name: 'Ship it', bpmnXml: SHIP });
  expect((await page.request.post(`/api/v1/workflows/${ship}/publish`, { headers: member.headers })).status()).toBe(200);
  const id = await createWorkflow(page, member, { name });
  const path = unique('events');
  await page.goto(`/workflows/${id}`);
  await page.getByRole('button', { name: 'Add trigger' }).click();
  await pick(page, 'webhook');
  await page.getByRole('textbox', { name: 'Path' }).fill(path);
  await page.getByRole('button', { name: 'Add next step after Webhook' }).click();
  await pick(page, 'calculator');
  await write(page, 'field-expression', '2 * {{ trigger.body.quantity }}');
  return { ...member, id, path };
}

/** Asks by key what comes next, or what may happen meanwhile, and takes the first answer. */
async function byKey(page: Page, key: 'a' | 'b', query: string): Promise<void> {
  await page.keyboard.press(key);
  await expect(page.getByRole('combobox', { name: 'Search steps' })).toBeFocused();
  await page.keyboard.type(query);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Search steps' })).toBeHidden();
}

async function publish(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Publish' }).click();
  await expect(page.getByText('Version 1 is live.')).toBeVisible();
}

async function start(page: Page, { headers, path }: Member & { path: string }): Promise<string> {
  expect((await page.request.post(`/hooks/${path}`, { data: { id: 'A1', quantity: 3 } })).ok()).toBe(true);
  const runs = (await (await page.request.get('/api/v1/runs', { headers })).json()) as { items: { id: string }[] };
  return runs.items[0]?.id ?? '';
}

test('a time limit, a wait for the first of two events and a call are drawn, published and run', async ({ page }) => {
  const member = await begin(page, 'Orders');
  await card(page, 'calculator').click();
  await byKey(page, 'b', 'takes too long');
  await write(page, 'field-wait', 'PT90M');
  await expect(page.getByTestId('wait-words')).toHaveText('90 minutes');
  await page.getByRole('button', { name: 'Add next step after “If it takes too long” of Calculator' }).click();
  await pick(page, 'end');

  await card(page, 'calculator').click();
  await byKey(page, 'a', 'first of');
  await expect(card(page, 'message')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(card(page, 'message')).toBeHidden();
  await page.keyboard.press('Control+y');
  await card(page, 'message').click();
  await page.getByTestId('field-message').fill('order paid');
  await write(page, 'field-key', '{{ trigger.body.id }}');
  await expect(page.getByTestId('resume-address')).toHaveText('{{ run.resume.message }}');
  await expectAccessible(page, 'the settings of a message event');
  await card(page, 'timeIsUp').click();
  await page.getByRole('button', { name: '1 day' }).click();
  await page.getByRole('button', { name: 'Add next step after Time is up' }).click();
  await pick(page, 'end everything');

  await page.getByRole('button', { name: 'Add next step after Message' }).click();
  await pick(page, 'another workflow');
  await page.getByRole('combobox', { name: 'Workflow', exact: true }).click();
  await page.getByRole('option', { name: 'Ship it' }).click();
  await write(page, 'field-call-input', '{"order": "{{ trigger.body.id }}"}');
  await expectAccessible(page, 'the settings of a call');
  await page.getByRole('button', { name: 'Add next step after Ship it' }).click();
  await pick(page, 'end');
  await write(page, 'field-output', '{"shipped": "{{ steps.call.output.shipped }}"}');
  await publish(page);

  const { bpmnXml } = (await (await page.request.get(`/api/v1/workflows/${member.id}`, { headers: member.headers })).json()) as { bpmnXml: string };
  expect(bpmnXml).toMatch(/boundaryEvent id="calculatorTooLong"[\s\S]*<cadre:wait>PT90M<\/cadre:wait>/);
  expect(bpmnXml).toMatch(/eventBasedGateway id="firstOf"/);
  expect(bpmnXml).toMatch(/<(bpmn2?:)?message id="[^"]+" name="order paid" ?\/>/);
  expect(bpmnXml).toMatch(/<cadre:call workflow="[^"]+" version="published">/);

  const run = await start(page, member);
  await page.goto(`/runs/${run}`);
  await expect(page.getByText('Waits for the message “order paid” about A1')).toBeVisible();
  expect((await page.request.post('/api/v1/messages', { data: { name: 'order paid', key: 'A1' }, headers: member.headers })).ok()).toBe(true);
  await expect(page.getByText('Did not happen').first()).toBeVisible();
  await card(page, 'call').click();
  await page.getByRole('link', { name: 'Open the run of the called workflow' }).click();
  await page.getByRole('link', { name: 'Calling run' }).click();
  await expect(page).toHaveURL(new RegExp(run));
});

test('a step says what undoes it, and cancelling a run asks whether to', async ({ page }) => {
  const member = await begin(page, 'Undo');
  await card(page, 'calculator').click();
  await page.getByRole('button', { name: 'Undo with (B)' }).click();
  await pick(page, 'calculator');
  await write(page, 'field-expression', '0 - {{ steps.calculator.result }}');
  await card(page, 'calculator').click();
  await expect(page.getByRole('button', { name: /^Undo with/ }).last()).toBeVisible();
  await byKey(page, 'a', 'wait for a signal');
  await page.getByTestId('field-signal').fill('shop open');
  await page.getByRole('button', { name: 'Add next step after Wait for a signal' }).click();
  await pick(page, 'end');
  await publish(page);

  await page.goto(`/runs/${await start(page, member)}`);
  await expect(page.getByText('Waits for the signal “shop open”')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Undo, then cancel' }).click();
  await expect(page.getByText('Undoes “Calculator”')).toBeVisible();
  await expect(page.getByRole('banner').or(page.locator('.run-head')).getByText('Cancelled')).toBeVisible();
  await expectAccessible(page, 'a run that was undone');
});

test('a "whenever" is drawn below the flow, set, and tidied with everything else', async ({ page }) => {
  const member = await begin(page, 'Whenever');
  await card(page, 'calculator').click();
  await byKey(page, 'a', 'whenever');
  await page.getByRole('combobox', { name: 'When', exact: true }).click();
  await page.getByRole('option', { name: 'Whenever a signal comes' }).click();
  await page.getByTestId('field-signal').fill('shop closed');
  await page.getByRole('switch', { name: 'Stop everything else around it' }).click();
  await page.getByRole('button', { name: 'Add next step after Calculator' }).click();
  await pick(page, 'end');
  await page.getByRole('button', { name: 'Tidy up' }).click();
  const step = await card(page, 'calculator').boundingBox();
  const frame = await card(page, 'whenever').boundingBox();
  expect((frame?.y ?? 0) > (step?.y ?? 0) + (step?.height ?? 0)).toBe(true);
  await publish(page);
  const { bpmnXml } = (await (await page.request.get(`/api/v1/workflows/${member.id}`, { headers: member.headers })).json()) as { bpmnXml: string };
  expect(bpmnXml).toMatch(/triggeredByEvent="true"[\s\S]*isInterrupting="false"[\s\S]*signalEventDefinition/);
  expect(bpmnXml).not.toMatch(/<(bpmn2?:)?message /);
});
