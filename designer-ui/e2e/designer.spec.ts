import { expect, test, type Page } from '@playwright/test';
import { EMPTY_WORKFLOW, mockApi, type Mocked } from './designer-mocks';

const ORDER_TOTAL = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:cadre="http://cadre.dev/schema/bpmn/1.0"
  xmlns:other="http://other.example/ext" targetNamespace="http://cadre.dev">
  <process id="order-total" isExecutable="true">
    <startEvent id="received" name="Order received"><extensionElements><cadre:trigger use="webhook">{"path":"orders","method":"POST"}</cadre:trigger></extensionElements></startEvent>
    <sequenceFlow id="f1" sourceRef="received" targetRef="total"/>
    <serviceTask id="total" name="Add it up" other:colour="red"><extensionElements><cadre:step use="calculator">{"expression":"{{ trigger.body.price }} * {{ trigger.body.quantity }}"}</cadre:step><other:note>keep me</other:note></extensionElements></serviceTask>
    <sequenceFlow id="f2" sourceRef="total" targetRef="done"/>
    <endEvent id="done"><extensionElements><cadre:output>{"total":"{{ steps.total.result }}"}</cadre:output></extensionElements></endEvent>
  </process>
</definitions>`;

async function open(page: Page, xml: string): Promise<Mocked> {
  const mocked = await mockApi(page, xml);
  await page.goto('/workflows/w1');
  await expect(page.getByTestId('canvas').locator('.djs-container')).toBeVisible();
  return mocked;
}

const cards = (page: Page) => page.getByTestId('canvas').locator('.djs-shape .cadre-node');
const card = (page: Page, id: string) => page.locator(`.djs-shape[data-element-id="${id}"]`).first();

async function addByKey(page: Page, query: string): Promise<void> {
  await page.keyboard.press('a');
  await expect(page.getByRole('dialog', { name: 'Add a step' })).toBeVisible();
  await page.keyboard.type(query);
  await page.keyboard.press('Enter');
}

test('draws a workflow from nothing, by keyboard, and saves what was drawn', async ({ page }) => {
  const mocked = await open(page, EMPTY_WORKFLOW);
  await page.getByRole('button', { name: 'Add trigger' }).click();
  await page.keyboard.type('webhook');
  await page.keyboard.press('Enter');
  await addByKey(page, 'calculator');
  await page.getByTestId('field-expression').click();
  await page.keyboard.type('2 * 3');
  await card(page, 'calculator').click();
  await addByKey(page, 'end');
  await page.getByTestId('field-output').click();
  await page.keyboard.insertText('{"total": "{{ steps.calculator.result }}"}');
  await page.keyboard.press('Control+s');
  await expect.poll(() => mocked.saved.length).toBe(1);
  const xml = mocked.saved[0]?.bpmnXml ?? '';
  expect(mocked.saved[0]?.ifMatch).toBe('"1"');
  expect(xml).toMatch(/<cadre:trigger use="webhook">.*"path":"order-total"/);
  expect(xml).toMatch(/<cadre:step use="calculator">\{"expression":"2 \* 3"\}<\/cadre:step>/);
  expect(xml).toMatch(/<cadre:output>\{"total":"\{\{ steps\.calculator\.result \}\}"\}<\/cadre:output>/);
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
});

test('appending is one step to undo and to redo', async ({ page }) => {
  await open(page, EMPTY_WORKFLOW);
  await page.getByRole('button', { name: 'Add trigger' }).click();
  await page.keyboard.type('webhook');
  await page.keyboard.press('Enter');
  const before = await cards(page).count();
  await addByKey(page, 'for each');
  await expect(cards(page)).toHaveCount(before + 3);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(cards(page)).toHaveCount(before);
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect(cards(page)).toHaveCount(before + 3);
});

test('inserting into an arrow makes room, as one step to undo', async ({ page }) => {
  await open(page, ORDER_TOTAL);
  await expect(cards(page)).toHaveCount(3);
  const gap = async (): Promise<number> => ((await card(page, 'total').boundingBox())?.x ?? 0) - ((await card(page, 'received').boundingBox())?.x ?? 0);
  const before = await gap();
  await page.getByRole('button', { name: 'Insert step between Order received and Add it up' }).click();
  await page.keyboard.type('http');
  await page.keyboard.press('Enter');
  await expect(cards(page)).toHaveCount(4);
  expect(await gap()).toBeGreaterThan(before + 200);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(cards(page)).toHaveCount(3);
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeDisabled();
});

test('a file without diagram gets one, and what is foreign in it stays', async ({ page }) => {
  const mocked = await open(page, EMPTY_WORKFLOW);
  await page.getByRole('button', { name: 'Paste BPMN' }).click();
  await page.getByRole('textbox', { name: 'BPMN' }).fill(ORDER_TOTAL);
  await page.getByRole('button', { name: 'Show it' }).click();
  await expect(cards(page)).toHaveCount(3);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.poll(() => mocked.saved.length).toBe(1);
  const xml = mocked.saved[0]?.bpmnXml ?? '';
  expect(xml).toContain('other:colour="red"');
  expect(xml).toContain('<other:note>keep me</other:note>');
  expect(xml).toContain('BPMNShape');
});

test('an expression is completed and previewed with pinned data, and typing is one step to undo', async ({ page }) => {
  await open(page, ORDER_TOTAL);
  await card(page, 'received').click();
  await page.getByRole('tab', { name: 'Result' }).click();
  await page.getByRole('button', { name: 'Edit data' }).click();
  await page.getByTestId('field-pin').click();
  await page.keyboard.insertText('{"body": {"price": 12.5, "quantity": 4}}');
  await card(page, 'total').click();
  await expect(page.getByTestId('preview-expression')).toContainText('12.5 * 4');
  await page.getByTestId('field-expression').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' + {{ trigger.body.qu');
  await expect(page.locator('.cm-tooltip-autocomplete')).toContainText('quantity');
  await page.locator('.cm-tooltip-autocomplete li', { hasText: 'quantity' }).click();
  await expect(page.getByTestId('preview-expression')).toContainText('12.5 * 4 + 4');
  await page.getByRole('tab', { name: 'Data in' }).click();
  await page.getByRole('button', { name: 'price' }).click();
  await expect(page.getByTestId('field-expression')).toContainText('trigger.body.price');
});

test('a step is tested with the data that is known', async ({ page }) => {
  await open(page, ORDER_TOTAL);
  await card(page, 'total').click();
  await page.getByRole('button', { name: 'Test this step' }).click();
  await expect(page.getByRole('tabpanel', { name: 'Result' })).toContainText('"result": 50');
  await page.getByRole('button', { name: 'Fit to screen' }).click();
  await card(page, 'done').click();
  await expect(page.getByTestId('preview-output')).toContainText('{"total":50}');
});

test('a save over somebody else’s is asked about', async ({ page }) => {
  const mocked = await open(page, ORDER_TOTAL);
  mocked.refuseSave = true;
  await page.getByRole('textbox', { name: 'Workflow name' }).fill('Mine');
  await page.getByRole('button', { name: 'Save' }).click();
  const dialog = page.getByRole('dialog', { name: 'Somebody else saved this workflow' });
  await expect(dialog).toBeVisible();
  mocked.refuseSave = false;
  await dialog.getByRole('button', { name: 'Overwrite with mine' }).click();
  await expect(dialog).toBeHidden();
  expect(mocked.saved[0]?.name).toBe('Mine');
});

test('a run of the draft is drawn on the canvas, with what went wrong', async ({ page }) => {
  const tell = '<serviceTask id="tell" name="Tell the shop"><extensionElements><cadre:step use="http-request">{"url":"https://shop.test"}</cadre:step></extensionElements></serviceTask><sequenceFlow id="f3" sourceRef="tell" targetRef="done"/>';
  await open(page, ORDER_TOTAL.replace('sourceRef="total" targetRef="done"/>', `sourceRef="total" targetRef="tell"/>${tell}`));
  await page.getByRole('button', { name: 'Test run' }).click();
  await page.getByRole('dialog', { name: 'Test run' }).getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByRole('img', { name: 'Add it up: succeeded' })).toBeVisible();
  await expect(page.getByRole('img', { name: 'Tell the shop: failed' })).toBeVisible();
  await expect(page.getByTestId('run-bar')).toContainText('The shop answered 401: its key has expired.');
  await page.getByRole('button', { name: 'Hide run' }).click();
  await card(page, 'total').click();
  await expect(page.getByTestId('preview-expression')).toContainText('12.5 * 4');
});
