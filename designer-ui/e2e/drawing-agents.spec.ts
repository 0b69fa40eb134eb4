import { expect, test } from '@playwright/test';
import { card, createWorkflow, expectAccessible, pick, register, unique, write } from './support';

test('an agent is drawn with a tool, runs with the demo model, and asks a person where it must', async ({ page }) => {
  const member = await register(page);
  const id = await createWorkflow(page, member, { name: 'Prices' });
  const path = unique('prices');
  await page.goto(`/workflows/${id}`);
  await page.getByRole('button', { name: 'Add trigger' }).click();
  await pick(page, 'webhook');
  await page.getByRole('textbox', { name: 'Path' }).fill(path);
  await page.getByRole('button', { name: 'Add next step after Webhook' }).click();
  await pick(page, 'agent with tools');
  await write(page, 'field-message', '{{ trigger.body.question }}');
  await page.getByRole('combobox', { name: 'Model', exact: true }).click();
  await page.getByRole('option', { name: /demo/i }).first().click();
  await page.getByTestId('field-budget').fill('0.50');

  await page.getByRole('button', { name: 'Add a tool', exact: true }).click();
  await pick(page, 'calculator');
  await expect(page.getByText('Say what this tool is for', { exact: true })).toBeVisible();
  await page.getByTestId('field-documentation').fill('Computes a price.');
  await page.getByRole('combobox', { name: 'Who fills in Expression' }).click();
  await page.getByRole('option', { name: 'Agent decides' }).click();
  await page.getByTestId('told-expression').fill('What to compute, as 2 * 3');
  await expect(page.getByText('The agent fills in expression (string)')).toBeVisible();
  await expectAccessible(page, 'the settings of a tool');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await page.getByRole('button', { name: 'Redo', exact: true }).click();

  await page.getByRole('button', { name: 'Add next step after Agent with tools' }).click();
  await pick(page, 'end');
  await write(page, 'field-output', '{"answer": "{{ steps.agent.output }}"}');
  await page.getByRole('button', { name: 'Publish' }).click();
  await expect(page.getByText('Version 1 is live.')).toBeVisible();
  const { bpmnXml } = (await (await page.request.get(`/api/v1/workflows/${id}`, member)).json()) as { bpmnXml: string };
  expect(bpmnXml).toMatch(/adHocSubProcess id="agent"[\s\S]*<cadre:budget amount="0.50" currency="USD" ?\/>[\s\S]*fromAi\('expression', 'What to compute, as 2 \* 3', 'string'\)/);

  expect((await page.request.post(`/hooks/${path}`, { data: { question: 'What is 6 * 7?' } })).ok()).toBe(true);
  await page.getByRole('link', { name: 'Runs' }).click();
  await page.getByRole('link', { name: /Prices/ }).click();
  await expect(page.getByRole('main').getByText('Succeeded').first()).toBeVisible();
  await card(page, 'agent').click({ position: { x: 60, y: 20 } });
  await expect(page.getByText('Turn 1')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Called calculator' })).toBeVisible();
  await expectAccessible(page, 'the turns of an agent');

  await page.goto(`/workflows/${id}`);
  await card(page, 'calculator').click();
  await page.getByRole('button', { name: 'Ask a person first' }).click();
  await expect(card(page, 'calculatorApproval')).toBeVisible();
  await page.getByRole('button', { name: 'Publish' }).click();
  await expect(page.getByText('Version 2 is live.')).toBeVisible();
  expect((await page.request.post(`/hooks/${path}`, { data: { question: 'What is 6 * 7?' } })).ok()).toBe(true);
  await page.getByRole('link', { name: 'Approvals, 1 for you' }).click();
  await page.getByRole('button', { name: 'Approve' }).click();
  await expect(page.getByText('Nothing waits for an answer')).toBeVisible();
});

test('limits of a workflow are set, and the nodes that keep them are seen', async ({ page }) => {
  const member = await register(page);
  const id = await createWorkflow(page, member, { name: 'Limited' });
  await page.goto(`/workflows/${id}`);
  await page.getByRole('button', { name: 'Add trigger' }).click();
  await pick(page, 'manual');
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Workflow settings' }).click();
  await page.getByTestId('field-concurrency').fill('5');
  await page.getByTestId('field-rate').fill('100');
  await expectAccessible(page, 'the settings of a workflow');
  const saved = page.waitForResponse((response) => response.request().method() === 'PUT' && response.url().endsWith(id));
  await page.getByRole('button', { name: 'Save' }).click();
  expect((await saved).status()).toBe(200);
  const { bpmnXml } = (await (await page.request.get(`/api/v1/workflows/${id}`, member)).json()) as { bpmnXml: string };
  expect(bpmnXml).toContain('<cadre:limits concurrency="5" rate="100/PT1M"');

  await page.getByRole('link', { name: 'Cluster' }).click();
  await expect(page.getByRole('heading', { name: 'Cluster', level: 1 })).toBeVisible();
  await expect(page.getByRole('article').first()).toContainText('This node');
  await expectAccessible(page, 'the cluster');
});
