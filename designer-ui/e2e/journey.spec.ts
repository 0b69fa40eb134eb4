import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

const pictures = process.env.CADRE_SCREENSHOTS;

/** Takes a picture for the README when the environment says where to put it. */
async function picture(page: Page, name: string): Promise<void> {
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png` });
}

async function signUp(page: Page): Promise<void> {
  await page.goto('/sign-up');
  await page.getByLabel('Name', { exact: true }).fill('Ada Lovelace');
  await page.getByLabel('Organization').fill('Analytical Engines');
  await page.getByLabel('E-mail').fill(`ada-${Date.now()}-${Math.floor(Math.random() * 1e6)}@example.com`);
  await page.getByRole('textbox', { name: 'Password' }).fill('correct horse battery staple');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('heading', { name: 'Templates', level: 1 })).toBeVisible();
}

test('sign up, use a template, change and publish it, call its webhook, see the run', async ({ page, request }) => {
  await signUp(page);
  await picture(page, 'templates');
  await page.getByRole('article', { name: /order total/i }).getByRole('button', { name: /^Use/ }).click();
  await expect(page).toHaveURL(/\/workflows\/[0-9a-f-]{36}/);
  await expect(page.locator('.djs-container svg').first()).toBeVisible();
  const name = page.getByRole('textbox', { name: /name/i }).first();
  await name.fill('Order total, mine');
  await name.press('Tab');
  await picture(page, 'designer');
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  const dialog = page.getByRole('dialog').getByRole('button', { name: /publish/i });
  if (await dialog.isVisible({ timeout: 3000 }).catch(() => false)) await dialog.click();
  await expect(async () => {
    const called = await request.post('/hooks/orders', { data: { id: 'A1', price: 12.5, quantity: 4 } });
    expect(await called.json()).toMatchObject({ total: 50 });
  }).toPass();

  await page.goto('/runs');
  await page.getByRole('link', { name: /Order total/ }).first().click();
  await expect(page.getByText('Succeeded').first()).toBeVisible();
  await expect(page.locator('.run-badge-succeeded').first()).toBeVisible();
  await picture(page, 'run');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no page has a serious accessibility issue (${colorScheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await signUp(page);
    for (const path of ['/workflows', '/runs', '/templates', '/connections', '/models', '/plugins']) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(serious.map(({ id, nodes }) => `${path} ${id}: ${nodes[0]?.html}`)).toEqual([]);
    }
  });
}
