import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HeadwaterError } from '../../src/model/error.ts';
import { openNodeStore } from '../../src/store/node.ts';
import { listRuns, saveRun } from '../../src/store/runs.ts';
import { MIGRATIONS, openMemory } from './open.ts';
import { forgetSuite } from './forget-suite.ts';
import { peopleSuite } from './people-suite.ts';
import { storeSuite } from './suite.ts';

storeSuite('better-sqlite3', async () => openMemory());
peopleSuite('better-sqlite3', async () => openMemory());
forgetSuite('better-sqlite3', async () => openMemory());

describe('a database file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'headwater-store-'));

  it('keeps its rows when it is opened again, and migrating twice changes nothing', async () => {
    const file = join(folder, 'kept.sqlite');
    const first = openNodeStore(file, MIGRATIONS);
    await saveRun(first, {
      id: 'r1',
      connectionId: 'c',
      kind: 'sync',
      state: 'done',
      dryRun: false,
      full: false,
      resumeAtMs: null,
      undoes: null,
      flow: null,
      startedMs: 1,
      asOfMs: 2,
      endedMs: 3,
      mapping: null,
      model: null,
      calls: 4,
      error: null,
      summary: { a: 1 },
    });
    first.close();
    const second = openNodeStore(file, MIGRATIONS);
    expect((await listRuns(second, 5)).map((run) => [run.id, run.calls, run.summary])).toEqual([
      ['r1', 4, { a: 1 }],
    ]);
    second.close();
  });

  it('that is no database is refused with a cure', () => {
    const file = join(folder, 'text.sqlite');
    writeFileSync(file, 'not a database at all, but long enough to be read as one '.repeat(50));
    const open = (): unknown => openNodeStore(file, MIGRATIONS);
    expect(open).toThrow(HeadwaterError);
    expect(open).toThrow(/cannot open the database/);
  });

  it('in a folder that does not exist is refused with its name', () => {
    expect(() => openNodeStore(join(folder, 'no', 'such', 'folder.sqlite'), MIGRATIONS)).toThrow(
      /no\/such/,
    );
  });
});
