import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { curlFor } from './curl';

const ADDRESS = 'http://hub.test/hooks/orders';

describe('curlFor', () => {
  it('calls an open webhook plainly', () => {
    expect(curlFor(ADDRESS, 'POST', {})).toBe(`curl -X POST ${ADDRESS} -H 'Content-Type: application/json' --data-raw '{}'`);
    expect(curlFor(ADDRESS, 'GET', {})).toBe(`curl -X GET ${ADDRESS}`);
    expect(curlFor(ADDRESS, 'POST', { body: 'multipart' })).toBe(`curl -X POST ${ADDRESS} -F 'file=@example.txt'`);
  });

  it('shows where key, password and token go', () => {
    expect(curlFor(ADDRESS, 'GET', { authentication: 'api-key', apiKey: { header: 'X-Key' } })).toContain('-H "X-Key: $KEY"');
    expect(curlFor(ADDRESS, 'GET', { authentication: 'basic' })).toContain('-u "user:$PASSWORD"');
    expect(curlFor(ADDRESS, 'GET', { authentication: 'jwt' })).toContain('-H "Authorization: Bearer $TOKEN"');
  });

  it('signs as GitHub does', () => {
    expect(sent({ scheme: 'github' })).toContain(`X-Hub-Signature-256: sha256=${hmac('{}')}`);
  });

  it('signs time and body as Stripe and Slack do', () => {
    const stripe = /Stripe-Signature: t=(\d+),v1=(\w+)/.exec(sent({ scheme: 'stripe' }));
    expect(stripe?.[2]).toBe(hmac(`${stripe?.[1]}.{}`));
    const slack = sent({ scheme: 'slack' });
    const time = /X-Slack-Request-Timestamp: (\d+)/.exec(slack)?.[1];
    expect(slack).toContain(`X-Slack-Signature: v0=${hmac(`v0:${time}:{}`)}`);
  });

  it('signs what a custom scheme says, whatever characters it has', () => {
    const output = sent({ scheme: 'custom', header: 'X-Sign', prefix: 'sig:', encoding: 'base64', payload: 'a"$`\\{body}' });
    expect(output).toContain(`X-Sign: sig:${createHmac('sha256', 'your secret').update('a"$`\\{}').digest('base64')}`);
  });
});

const hmac = (payload: string): string => createHmac('sha256', 'your secret').update(payload).digest('hex');

/** What a shell makes of the line, with a curl that only says what it was given. */
function sent(signature: object): string {
  const line = curlFor(ADDRESS, 'POST', { authentication: 'signature', signature });
  return execFileSync('sh', ['-c', `curl() { printf '%s\\n' "$@"; }; ${line}`], { encoding: 'utf8' });
}
