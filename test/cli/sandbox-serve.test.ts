import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { cli, lines, ROOT, start } from './harness.ts';

const SMALL = ['--partners', '3', '--deals', '10'];

interface Ready {
  crm: string;
  url: string;
  accessToken: string;
  controlUrl: string;
  clientId: string;
  username: string;
}

describe('sandbox serve', () => {
  it('prints one JSON line when it is ready, serves, and stops on SIGTERM', async () => {
    const { child, firstLine, ended } = start(ROOT, [
      'sandbox',
      'serve',
      '--crm',
      'salesforce',
      '--port',
      '0',
      '--seed',
      '4',
      ...SMALL,
      '--json',
    ]);
    const ready = JSON.parse(await firstLine) as Ready;
    for (const key of ['crm', 'url', 'accessToken', 'controlUrl', 'clientId', 'username'] as const)
      expect(ready[key], key).toMatch(/\S/);
    expect(ready.url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d+$/);
    const query = await fetch(
      `${ready.url}/services/data/v66.0/query?q=${encodeURIComponent('SELECT COUNT() FROM Opportunity')}`,
      { headers: { authorization: `Bearer ${ready.accessToken}` } },
    );
    expect([query.status, ((await query.json()) as { totalSize: number }).totalSize > 0]).toEqual([
      200,
      true,
    ]);
    expect((await fetch(`${ready.controlUrl}/status`)).status).toBe(200);
    child.kill('SIGTERM');
    const ran = await ended;
    expect([ran.code, lines(ran.stdout).length, ran.stderr]).toEqual([0, 1, '']);
    await expect(fetch(`${ready.url}/services/data`)).rejects.toThrow();
  });

  it('prints the same for a person, and stops on Ctrl-C', async () => {
    const { child, firstLine, ended } = start(ROOT, ['sandbox', 'serve', ...SMALL]);
    expect(await firstLine).toMatch(/^salesforce sandbox at http:\/\/127\.0\.0\.1:\d+$/);
    child.kill('SIGINT');
    expect((await ended).code).toBe(0);
  });

  it('shows how far a long loading is: a line every ten seconds, redrawn on a terminal', async () => {
    const run = (interactive: boolean): Promise<{ stderr: string; stdout: string }> => {
      let nowMs = 0;
      return cli(ROOT, ['sandbox', 'serve', ...SMALL, '--json'], {
        interactive,
        nowMs: () => nowMs,
        stopped: () => Promise.resolve(),
        startSandbox: async (request, onProgress) => {
          for (const text of ['first', 'second', 'third']) {
            nowMs += 6_000;
            onProgress?.(text);
          }
          return (await import('../../src/host/node/sandbox.ts')).startForCli(request, onProgress);
        },
      });
    };
    const [piped, terminal] = [await run(false), await run(true)];
    expect([piped.stderr, lines(piped.stdout).length]).toEqual(['  second\n', 1]);
    expect(terminal.stderr).toBe('\r\x1b[2K  first\r\x1b[2K  second\r\x1b[2K  third\r\x1b[2K');
  });

  it('says that the port is in use', async () => {
    const server = createServer();
    await new Promise<void>((done) => {
      server.listen(0, '127.0.0.1', () => done());
    });
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    const { code, stdout, stderr } = await cli(ROOT, [
      'sandbox',
      'serve',
      '--port',
      port,
      ...SMALL,
      '--json',
    ]);
    await new Promise((done) => {
      server.close(done);
    });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { kind: 'config', code: 'EADDRINUSE' } });
    expect(stderr).toBe(
      `headwater: port ${port} is in use\n  Take another one, or --port 0 for any free one.\n`,
    );
  });

  it('names a data folder that is not there', async () => {
    const { code, stderr } = await cli(ROOT, ['sandbox', 'serve', '--data', '/nonesuch']);
    expect([
      code,
      stderr.includes('/nonesuch is no readable folder'),
      stderr.includes('--data'),
    ]).toEqual([1, true, true]);
  });

  it('is the same world for the same seed', async () => {
    const accounts = async (seed: string): Promise<string> => {
      let stop = (): void => {};
      const stopped = new Promise<void>((done) => {
        stop = done;
      });
      let url = '';
      const served = cli(ROOT, ['sandbox', 'serve', '--seed', seed, ...SMALL, '--json'], {
        stopped: () => stopped,
        stdout: (text) => {
          url = (JSON.parse(text) as Ready).controlUrl;
        },
      });
      while (url === '')
        await new Promise((done) => {
          setTimeout(done, 20);
        });
      const dump = (await (await fetch(`${url}/dump?objects=Account`)).json()) as {
        Account: { Name: string }[];
      };
      stop();
      await served;
      return dump.Account.map((account) => account.Name).join('|');
    };
    const [one, again, other] = [await accounts('5'), await accounts('5'), await accounts('6')];
    expect(again).toBe(one);
    expect(other).not.toBe(one);
  });
});
