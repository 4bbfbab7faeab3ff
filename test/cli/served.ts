import { createToken } from '../../src/model/api-token.ts';
import { start } from './harness.ts';

const WEBHOOK_SECRET = 'PLANTED-webhook-4f9c1e-of-enough-characters';
/** One more than the webhook takes. */
const TOO_LARGE = 1024 * 1024 + 1;

/**
 * `headwater serve` over the folder's database, asked in right and wrong ways: all that it answered
 * and logged, and the secrets that it was given.
 * `env` = secrets of the CRM connection, which it must not need and might still show.
 */
export async function served(
  dir: string,
  env: Record<string, string>,
): Promise<{ said: string; log: string; secrets: string[] }> {
  const { token, line } = await createToken('reader', ['read']);
  const server = start(dir, ['serve', '--port', '0', '--json'], {
    ...env,
    HEADWATER_LOG: 'json',
    HEADWATER_DEBUG: '1',
    HEADWATER_TOKENS: line,
    HEADWATER_HUBSPOT_SECRET: WEBHOOK_SECRET,
    HEADWATER_SALESFORCE_SECRET: WEBHOOK_SECRET,
  });
  const { url } = JSON.parse(await server.firstLine) as { url: string };
  const ask = async (path: string, init: RequestInit = {}): Promise<string> => {
    const response = await fetch(`${url}${path}`, init);
    return `${response.status} ${JSON.stringify([...response.headers])} ${await response.text()}`;
  };
  const mine = { headers: { authorization: `Bearer ${token}` } };
  const answers = [
    await ask('/v1/status', mine),
    await ask('/v1/connections', mine),
    await ask('/v1/connections/acme/runs', mine),
    await ask('/v1/nowhere', mine),
    await ask('/v1/status', { headers: { authorization: `Bearer ${token}x` } }),
    await ask(`/v1/status?token=${token}`),
    await ask('/v1/connections/acme/runs', { method: 'POST', ...mine, body: '{' }),
    await ask(`/webhooks/salesforce/${WEBHOOK_SECRET}`, {
      method: 'POST',
      body: 'x'.repeat(TOO_LARGE),
    }),
    await ask(`/webhooks/salesforce/${WEBHOOK_SECRET}`, { method: 'POST', body: '<x/>' }),
    await ask('/webhooks/hubspot', {
      method: 'POST',
      body: '[]',
      headers: {
        'x-hubspot-signature-v3': 'forged',
        'x-hubspot-request-timestamp': String(Date.now()),
      },
    }),
  ];
  server.child.kill('SIGTERM');
  const { stdout, stderr } = await server.ended;
  return {
    said: [...answers, stdout, stderr].join('\n'),
    log: stderr,
    secrets: [token, line.split(':')[2]!, WEBHOOK_SECRET],
  };
}
