import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pageFiles } from '../../src/host/node/page-files.ts';
import { POLICY } from '../../src/http/pages/page.ts';
import { openHttpLab, type HttpLab } from './lab.ts';

const HTML = { accept: 'text/html,*/*' };

describe('the files of the pages', () => {
  let lab: HttpLab;
  beforeEach(async () => {
    const root = mkdtempSync(join(tmpdir(), 'headwater-pages-'));
    mkdirSync(join(root, 'dist/web/assets'), { recursive: true });
    writeFileSync(join(root, 'dist/web/index.html'), '<!doctype html>');
    writeFileSync(join(root, 'dist/web/assets/a-1.js'), 'void 0');
    writeFileSync(join(root, 'dist/secret.js'), 'secret');
    lab = await openHttpLab({ asset: pageFiles(root) });
  });
  afterEach(() => lab.close());

  it('stand under a policy that allows nothing inline, the same as on Workers', async () => {
    const page = await lab.call('GET', '/c/acme/plan', { headers: HTML });
    expect(page.headers.get('content-security-policy')).toBe(POLICY);
    expect(POLICY).not.toContain('unsafe');
    const shipped = resolve(import.meta.dirname, '../../src/web/public/_headers');
    expect(readFileSync(shipped, 'utf8')).toContain(`Content-Security-Policy: ${POLICY}\n`);
  });

  it('are kept for good where their name changes with their content, the page itself is not', async () => {
    const script = await lab.call('GET', '/assets/a-1.js');
    expect(script.headers.get('cache-control')).toContain('immutable');
    expect((await lab.call('GET', '/', { headers: HTML })).headers.get('cache-control')).toBe(
      'no-cache',
    );
  });

  it('are no way round the door of the API, nor out of their folder', async () => {
    for (const path of ['/v1/status', '/openapi.json', '/v1/nothing', '/webhooks/x'])
      expect((await lab.call('GET', path, { headers: HTML })).status, path).toBe(401);
    for (const path of ['/../secret.js', '/%2e%2e/secret.js', '/assets/..%2f..%2fsecret.js'])
      expect(await (await lab.call('GET', path)).text(), path).not.toContain('secret');
  });
});

describe('an answer that somebody holds already', () => {
  it('is not sent again, until it changes', async () => {
    const lab = await openHttpLab();
    const ask = (etag?: string): Promise<Response> =>
      lab.call('GET', '/v1/runs', {
        token: lab.tokens.read,
        ...(etag === undefined ? {} : { headers: { 'if-none-match': `W/"x", ${etag}` } }),
      });
    const etag = (await ask()).headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[0-9a-f]{24}"$/);
    expect((await ask(etag)).status).toBe(304);
    expect((await ask('"other"')).status).toBe(200);
    lab.close();
  });
});
