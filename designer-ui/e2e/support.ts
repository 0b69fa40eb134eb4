import AxeBuilder from '@axe-core/playwright';
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

/** What dark colours can break; all else has been looked at in light. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

/** Fails with what axe finds serious or critical on the page as it is shown now, in light and in dark. */
export async function expectAccessible(page: Page, what: string, schemes: readonly ('light' | 'dark')[] = ['light', 'dark']): Promise<void> {
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    const axe = new AxeBuilder({ page }).setLegacyMode();
    const { violations } = await (colorScheme === 'dark' ? axe.withRules(COLOURS) : axe).analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    const found = serious.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} at ${target.join(' ')}`));
    expect(found, `${what}, ${colorScheme}`).toEqual([]);
  }
}
