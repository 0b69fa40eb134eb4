// @vitest-environment jsdom
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { get, post } from './http';

let asked: string[] = [];
const server = setupServer(
  http.all('/api/v1/:what', async ({ request }) => {
    asked.push(`${request.method} ${await request.text()}`);
    return HttpResponse.json({ id: asked.length });
  }),
);
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
});

it('asks once where a button is pressed twice', async () => {
  const [first, second] = await Promise.all([post('/api/v1/projects', { name: 'Looms' }), post('/api/v1/projects', { name: 'Looms' })]);
  expect(asked).toEqual(['POST {"name":"Looms"}']);
  expect(second).toEqual(first);
  await post('/api/v1/projects', { name: 'Looms' });
  expect(asked, 'again, once the first is answered').toHaveLength(2);
});

it('asks for each of several things', async () => {
  await Promise.all([post('/api/v1/projects', { name: 'Looms' }), post('/api/v1/projects', { name: 'Wheels' }), get('/api/v1/projects'), get('/api/v1/projects')]);
  expect(asked).toHaveLength(4);
});
