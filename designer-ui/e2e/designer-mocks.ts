import type { Page, Route } from '@playwright/test';

const text = (title: string, extra: object = {}): object => ({ type: 'string', title, ...extra });

const ICONS: Record<string, string> = {
  manual: 'M8 13v-7.500a1.500 1.500 0 0 1 3 0v6.500M11 5.500v-2a1.500 1.500 0 1 1 3 0v8.500M14 5.500a1.500 1.500 0 0 1 3 0v6.500',
  webhook: 'M13 3v7h6l-8 11v-7H5l8-11',
  calculator: 'M4 5a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2zM8 7h8v3H8zM8 14v.01M12 14v.01M16 14v.01M8 17v.01M12 17v.01M16 17v.01',
  'http-request': 'M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0M3.600 9h16.800M3.600 15h16.800M11.500 3a17 17 0 0 0 0 18M12.500 3a17 17 0 0 1 0 18',
  'slack-post': 'M12 12V6a2 2 0 1 1 4 0v6M16 10a2 2 0 1 1 2 2h-6M12 12h6a2 2 0 1 1 0 4h-6M14 16a2 2 0 1 1-2 2v-6M12 12v6a2 2 0 1 1-4 0v-6M8 14a2 2 0 1 1-2-2h6',
  agent: 'M6 6a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v4a2 2 0 0 1-2 2H8a2 2 0 0 1-2-2zM12 2v2M9 12v9M15 12v9M5 16l4-2M15 14l4 2M9 18h6M10 8v.01M14 8v.01',
};

/** Step types as the server lists them, for looking at the designer without one. */
export const STEP_TYPES = [
  type('manual', 'Manual', 'trigger', 'Triggers', { type: 'object', properties: {} }, { type: 'object', properties: {} }),
  type(
    'webhook',
    'Webhook',
    'trigger',
    'Triggers',
    {
      type: 'object',
      required: ['path'],
      properties: {
        path: text('Path'),
        method: text('Method', { enum: ['GET', 'POST', 'PUT', 'DELETE'], default: 'POST' }),
        respond: text('Respond', { enum: ['immediately', 'last-step', 'respond-step'], default: 'last-step' }),
      },
    },
    { type: 'object', properties: { body: {}, headers: { type: 'object' }, query: { type: 'object' }, path: text('Path'), method: text('Method') } },
  ),
  type(
    'calculator',
    'Calculator',
    'tool',
    'Tools',
    { type: 'object', required: ['expression'], properties: { expression: text('Expression', { description: 'Arithmetic, as 2 * (3 + 4)' }) } },
    { type: 'object', properties: { result: { type: 'number' } } },
  ),
  type(
    'http-request',
    'HTTP request',
    'tool',
    'Tools',
    {
      type: 'object',
      required: ['url'],
      properties: {
        method: text('Method', { enum: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], default: 'GET' }),
        url: text('URL'),
        headers: { type: 'object', title: 'Headers', additionalProperties: { type: 'string' } },
        body: { title: 'Body' },
        timeout: text('Timeout'),
      },
    },
    { type: 'object', properties: { status: { type: 'integer' }, headers: { type: 'object' }, body: {} } },
  ),
  type(
    'slack-post',
    'Post to Slack',
    'connector',
    'Communication',
    { type: 'object', required: ['channel', 'text'], properties: { channel: text('Channel'), text: text('Message', { 'x-multiline': true }) } },
    { type: 'object', properties: { ts: { type: 'string' } } },
    'slack',
  ),
  type(
    'agent',
    'AI agent',
    'agent',
    'AI',
    {
      type: 'object',
      required: ['instructions', 'message'],
      properties: {
        instructions: text('Instructions', { 'x-multiline': true }),
        model: text('Model'),
        tools: { type: 'array', title: 'Tools', items: { type: 'string' } },
        message: text('Message', { 'x-multiline': true }),
      },
    },
    { type: 'object', properties: { output: {}, turns: { type: 'integer' } } },
  ),
];

function type(id: string, title: string, kind: string, category: string, inputSchema: object, outputSchema: object, connectionType: string | null = null): object {
  const description = `${title}, as the plugin describes it`;
  return { id, title, description, kind, category, icon: ICONS[id] ?? '', plugin: { id: `${id}-plugin`, version: '1.0.0' }, connectionType, inputSchema, outputSchema };
}

export const EMPTY_WORKFLOW = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
  xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:cadre="http://cadre.dev/schema/bpmn/1.0" id="definitions" targetNamespace="http://cadre.dev">
  <process id="workflow" isExecutable="true">
    <startEvent id="start" name="Start"><extensionElements><cadre:trigger use="manual">{}</cadre:trigger></extensionElements></startEvent>
  </process>
  <bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="workflow">
    <bpmndi:BPMNShape id="start_shape" bpmnElement="start"><dc:Bounds x="160" y="160" width="36" height="36"/></bpmndi:BPMNShape>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</definitions>`;

const ORGANIZATION = { id: 'o1', name: 'Acme', role: 'owner' };
const ME = {
  user: { id: 'u1', email: 'ann@example.test', name: 'Ann' },
  organization: ORGANIZATION,
  organizations: [ORGANIZATION],
  role: 'owner',
  permissions: ['workflow:read', 'workflow:write'],
  emailVerified: true,
  outbox: false,
};

const RUN = {
  id: 'r1',
  workflowId: 'w1',
  status: 'failed',
  input: { body: { price: 12.5, quantity: 4 } },
  output: null,
  error: { code: 'REFUSED', message: 'The shop answered 401: its key has expired.', elementId: 'tell' },
  durationMs: 512,
  path: ['f1', 'f2'].map((flowId) => ({ flowId, at: '2026-01-02T03:04:05Z' })),
};

const TASKS = [
  { id: 't1', elementId: 'total', status: 'succeeded', attempt: 1, input: {}, output: { result: 50 }, error: null, durationMs: 2 },
  { id: 't2', elementId: 'tell', status: 'failed', attempt: 3, input: {}, output: null, error: { code: 'REFUSED', message: 'The shop answered 401: its key has expired.' }, durationMs: 508 },
];

export interface Mocked {
  saved: { name: string; bpmnXml: string; ifMatch: string }[];
  /** The next save is refused, as after somebody else's. */
  refuseSave: boolean;
}

/** Answers the API within the browser. */
export async function mockApi(page: Page, bpmnXml: string): Promise<Mocked> {
  const mocked: Mocked = { saved: [], refuseSave: false };
  let revision = 1;
  let xml = bpmnXml;
  const workflow = (): object => ({ id: 'w1', name: 'Order total', description: null, bpmnXml: xml, revision, publishedVersion: 2, changesNotLive: true, trigger: null });
  const json = (route: Route, body: unknown, status = 200, headers = {}): Promise<void> =>
    route.fulfill({ status, contentType: 'application/json', headers, body: JSON.stringify(body) });
  await page.route('**/auth/refresh', (route) => json(route, { accessToken: 'token', tokenType: 'Bearer', expiresIn: 3600 }));
  await page.route('**/api/v1/**', (route) => {
    const request = route.request();
    const path = new URL(request.url()).pathname.replace('/api/v1', '');
    if (path === '/me') return json(route, ME);
    if (path === '/me/access') return json(route, { address: '127.0.0.1', addressAllowed: true, secondFactorMissing: false });
    if (path === '/step-types') return json(route, { items: STEP_TYPES, nextCursor: null });
    if (path === '/models') return json(route, { items: [{ id: 'demo', provider: 'demo', title: 'Demo', available: true, demo: true, reason: null }] });
    if (path === '/connections') return json(route, { items: [{ id: 'c1', name: 'Acme workspace', type: 'slack', status: 'ready' }] });
    if (path === '/workflows/validate') return json(route, { valid: true, problems: [] });
    if (path === '/workflows/w1/run') return json(route, { run: RUN }, 202);
    if (path === '/runs/r1') return json(route, RUN);
    if (path === '/runs/r1/tasks') return json(route, { items: TASKS, nextCursor: null });
    if (path === '/workflows/w1/versions') return json(route, { items: [] });
    if (path.endsWith('/test')) {
      return json(route, { status: 'succeeded', input: { expression: '12.500 * 4' }, output: { result: 50 }, error: null, logs: [], durationMs: 3 });
    }
    if (path === '/workflows/w1' && request.method() === 'PUT') {
      if (mocked.refuseSave) return json(route, { status: 412, code: 'stale', title: 'Somebody else saved' }, 412);
      const body = request.postDataJSON() as { name: string; bpmnXml: string };
      mocked.saved.push({ ...body, ifMatch: request.headers()['if-match'] ?? '' });
      xml = body.bpmnXml;
      revision++;
      return json(route, workflow(), 200, { ETag: `"${revision}"` });
    }
    if (path === '/workflows/w1') return json(route, workflow(), 200, { ETag: `"${revision}"` });
    return json(route, { items: [], nextCursor: null });
  });
  return mocked;
}
