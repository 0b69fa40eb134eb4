import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { expectAccessible, register, unique, type Member } from './support';

const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

/** Every entry of the settings, as the application has them: what is added there is looked at here. */
const SETTINGS = [...readFileSync(new URL('../src/app/settings.ts', import.meta.url), 'utf8').matchAll(/\{ path: '([a-z-]+)', label: '([^']+)'/g)].map(([, path = '', label = '']) => ({ path, label }));

/** Something on each page that can be empty. */
async function fill(page: Page, { headers }: Member): Promise<void> {
  const put = async (method: 'post' | 'put', path: string, data: object, more = {}): Promise<Record<string, string>> => {
    const answer = await page.request[method](path, { data, headers: { ...headers, ...more } });
    expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
    return (await answer.json()) as Record<string, string>;
  };
  await put('post', '/api/v1/projects', { name: 'Looms' });
  await put('post', '/api/v1/roles', { name: 'Auditors', permissions: ['run:read', 'project:all', 'audit:read'] });
  await put('post', '/api/v1/organizations/members', { email: `${unique('guest')}@example.com`, role: 'member' });
  await put('post', '/api/v1/api-keys', { name: 'Nightly report', scopes: ['workflow:read'], allowedAddresses: ['10.0.0.0/8'] });
  await put('post', '/api/v1/service-accounts', { name: 'Shop', role: 'viewer', description: 'Sends orders' });
  await put('post', '/api/v1/organizations/sso/domains', { domain: `${unique('looms')}.example` });
  const provider = { issuer: 'https://login.example.com', clientId: 'cadre', clientSecret: 'secret', groupRoles: [{ group: 'staff', role: 'member' }], defaultRole: 'viewer', trustsEmails: false, enforced: false };
  await put('put', '/api/v1/organizations/sso', provider, { 'If-Match': '"0"' });
}

// From page to page within the application: each reload would ask the hub for everything anew, which its limits are not made for.
test('every page of the settings is fit for all, light and dark, on a desk and on a phone', async ({ page }) => {
  await fill(page, await register(page));
  await page.setViewportSize(WIDE);
  await page.goto('/settings/account');
  const entries = page.getByRole('navigation', { name: 'Settings' }).getByRole('link');
  // the outbox is the first owner's of the installation
  await expect(entries.filter({ hasNotText: 'Outbox' })).toHaveText(SETTINGS.map(({ label }) => label).filter((label) => label !== 'Outbox'));
  const shown = await entries.allInnerTexts();

  for (const { path, label } of SETTINGS.filter((entry) => shown.includes(entry.label))) {
    await page.setViewportSize(WIDE);
    await entries.filter({ hasText: new RegExp(`^${label}$`) }).click();
    await expect(page).toHaveURL(new RegExp(`/settings/${path}$`));
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
    await expect(page.getByText(/^(This cannot be shown right now|This page failed)$/), path).toHaveCount(0);
    await expectAccessible(page, path);
    await page.setViewportSize(PHONE);
    await expect(page.getByRole('combobox', { name: 'Settings' })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(PHONE.width);
    await expectAccessible(page, `${path} on a phone`, ['dark']);
  }
});

test('who comes back from single sign-on goes on where they were', async ({ page }) => {
  await register(page);
  await page.goto('/sign-in');
  await page.evaluate(() => sessionStorage.setItem('cadre.return-to', JSON.stringify({ path: '/settings/account', until: Date.now() + 60_000 })));
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Account', level: 1 })).toBeVisible();
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Workflows', level: 1 })).toBeVisible();
});
