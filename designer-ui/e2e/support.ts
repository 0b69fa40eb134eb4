import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Locator, type Page } from '@playwright/test';

/** The order of the dialect's example; its total is 50. */
export const ORDER = { id: 'A1', price: 12.5, quantity: 4 };

export const PASSWORD = 'correct horse battery staple';

/** A name that no other test of this hub has. */
export const unique = (name: string): string => `${name}-${Date.now()}-${Math.floor(Math.random() * 1e6)}`;

/** Signs somebody new up through the form; it ends at the templates. */
export async function signUp(page: Page): Promise<void> {
  await page.goto('/sign-up');
  await page.getByLabel('Name', { exact: true }).fill('Ada Lovelace');
  await page.getByLabel('Organization').fill('Analytical Engines');
  await page.getByLabel('E-mail').fill(`${unique('ada')}@example.com`);
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('heading', { name: 'Templates', level: 1 })).toBeVisible();
}

export interface Member {
  /** The authorization header of requests beside the browser. */
  headers: { Authorization: string };
}

/** Signs somebody new up by the API; the refresh cookie signs the browser in. */
export async function register(page: Page): Promise<Member> {
  const registered = await page.request.post('/auth/register', {
    data: { email: `${unique('ann')}@example.com`, password: PASSWORD, name: 'Ann Example', organization: 'Acme' },
  });
  expect(registered.status()).toBe(201);
  const { accessToken } = (await registered.json()) as { accessToken: string };
  return { headers: { Authorization: `Bearer ${accessToken}` } };
}

/** Creates a workflow by the API, empty or from its file, and gives its id. */
export async function createWorkflow(page: Page, { headers }: Member, data: { name: string; bpmnXml?: string }): Promise<string> {
  const created = await page.request.post('/api/v1/workflows', { data, headers });
  expect(created.status()).toBe(201);
  return ((await created.json()) as { id: string }).id;
}

/** An element of the diagram, in the designer or of a run. */
export const card = (page: Page, id: string): Locator => page.locator(`.djs-shape[data-element-id="${id}"]`).first();

/** Puts the text of a field with expressions in place of what is in it. */
export async function write(page: Page, testId: string, text: string): Promise<void> {
  const field = page.getByTestId(testId);
  await field.click();
  await expect(field).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
}

/** Picks a step in the menu that is open, by what is searched for. */
export async function pick(page: Page, search: string): Promise<void> {
  const menu = page.getByRole('dialog', { name: /^(Add|Start)/ });
  await menu.getByRole('combobox', { name: 'Search steps' }).fill(search);
  await menu.getByRole('option').first().click();
  await expect(menu).toBeHidden();
}

/** What other colours can break; all else has been looked at in the first ones. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Axe {
  run(context: Document, options: object): Promise<{ violations: { id: string; impact?: string | null; nodes: { target: unknown[] }[] }[] }>;
}

/**
 * Fails with what axe finds serious or critical on the page as it is shown now, in light and in dark. Axe is put into a page
 * once and asked for what is wrong alone, since it is asked of some hundred pages; none of them has a frame.
 */
export async function expectAccessible(page: Page, what: string, schemes: readonly ('light' | 'dark')[] = ['light', 'dark']): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    const rules = colorScheme === schemes[0] ? {} : { runOnly: COLOURS };
    const found = await page.evaluate(async (only) => {
      const { axe } = window as unknown as { axe: Axe };
      // colours that are still changing are neither the old ones nor the new ones
      const changing = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
      await Promise.all(changing.map(({ finished }) => finished.catch(() => undefined)));
      const { violations } = await axe.run(document, { resultTypes: ['violations'], iframes: false, ...only });
      return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} at ${target.join(' ')}`));
    }, rules);
    expect(found, `${what}, ${colorScheme}`).toEqual([]);
  }
}
