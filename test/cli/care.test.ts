import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openNodeStore } from '../../src/store/node.ts';
import { saveRun } from '../../src/store/runs.ts';
import { newRun } from '../../src/sync/run/run.ts';
import { connectionSchema } from '../../src/model/connection.ts';
import { cli, ROOT, tempDir } from './harness.ts';

const connection = connectionSchema.parse({ version: 1, id: 'c', crm: 'csv', mapping: 'm.yaml' });

async function database(startedMs: number): Promise<string> {
  const dir = tempDir();
  const store = openNodeStore(join(dir, 'headwater.sqlite'), join(ROOT, 'migrations'));
  const beginning = { connection, connectorDeps: { nowMs: () => startedMs }, runId: 'r1' };
  await saveRun(store, newRun(beginning, 'sync', startedMs, { dryRun: false, full: false }));
  store.close();
  return dir;
}

describe('a database that is looked after', () => {
  it('is copied whole, privately, and never over anything', async () => {
    const dir = await database(1);
    expect((await cli(dir, ['backup', 'copy.sqlite'])).code).toBe(0);
    expect(statSync(join(dir, 'copy.sqlite')).mode & 0o077).toBe(0);
    const copied = await cli(dir, ['doctor', '--db', 'copy.sqlite', '--json']);
    expect(JSON.parse(copied.stdout)).toMatchObject({ ok: true });
    const again = await cli(dir, ['backup', 'copy.sqlite']);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('there already');
  });

  it('that others may read, or that has runs of the future, is told with its cure', async () => {
    const dir = await database(Date.now() + 3_600_000);
    chmodSync(join(dir, 'headwater.sqlite'), 0o644);
    const ran = await cli(dir, ['doctor']);
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain('chmod 600');
    expect(ran.stdout).toContain('in the future');
  });

  it('that is none, or is not there, is an error with a cure', async () => {
    const dir = tempDir();
    expect((await cli(dir, ['doctor'])).stderr).toContain('there is no database');
    writeFileSync(join(dir, 'headwater.sqlite'), 'this is no database, but long enough to be read');
    expect((await cli(dir, ['doctor'])).code).toBe(1);
  });
});
