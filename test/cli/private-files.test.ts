import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withOut } from '../../src/cli/out-file.ts';
import { asHeadwaterError } from '../../src/model/error.ts';
import { openBench, type Bench } from './bench.ts';
import { ROOT, tempDir } from './harness.ts';

/** Documents that an admin edits and shares, secrets that are written with a mode of their own. */
const DOCUMENTS = [
  'connection-file.ts',
  'demo/workspace.ts',
  'setup/key-pair.ts',
  'setup/schema-file.ts',
  'setup/state.ts',
  'setup/walk.ts',
  'commands/mapping-suggest.ts',
];
const WRITES = /\b(writeFile(Sync)?|createWriteStream|appendFile|mkdir(Sync)?|copyFile)\(/;

const others = (path: string): number => statSync(path).mode & 0o077;

describe('what a command writes out', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench({ partners: 4, deals: 20, seed: 7 });
    await bench.json('field', 'deploy');
    await bench.json('sync', 'run', '--dry-run');
    await bench.json('sync', 'run');
  });
  afterAll(async () => await bench.close());

  it.each([
    ['run', 'plan', '--diff', '--csv', 'changes.csv'],
    ['run', 'plan', '--diff', '--html', 'changes.html'],
    ['attention', 'cleanup', '--csv', 'deals.csv'],
    ['qbr', 'export', '--all', '--out', 'packs/2027'],
    ['package', 'salesforce', '--out', 'made/package'],
    ['backup', 'copy.sqlite'],
  ])('by %s %s is for its owner alone', async (...args) => {
    const ran = await bench.run(...args);
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    const target = join(bench.dir, args.at(-1)!);
    const inside = statSync(target).isDirectory()
      ? readdirSync(target, { recursive: true }).map((path) => join(target, String(path)))
      : [];
    expect(statSync(target).isDirectory() ? inside.length : statSync(target).size).toBeGreaterThan(
      0,
    );
    for (const path of [target, ...inside]) expect([path, others(path)]).toEqual([path, 0]);
    const parent = join(bench.dir, args.at(-1)!.split('/')[0]!);
    expect(others(parent)).toBe(0);
  });

  it('stays readable by whom its owner let read it', async () => {
    const file = join(bench.dir, 'shared.csv');
    writeFileSync(file, '', { mode: 0o640 });
    expect((await bench.run('run', 'plan', '--diff', '--csv', 'shared.csv')).code).toBe(0);
    expect([statSync(file).size > 0, others(file)]).toEqual([true, 0o040]);
  });
});

it('a file that cannot be written to its end is not left there half', async () => {
  const file = join(tempDir(), 'half.csv');
  const full = async (): Promise<void> => {
    await withOut(file, async (handle) => {
      await handle.write('id,name\n');
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    });
  };
  await expect(full()).rejects.toThrow('no space');
  expect(existsSync(file)).toBe(false);
});

it('a full disk is no fault of ours', () => {
  for (const code of ['ENOSPC', 'EDQUOT', 'EROFS'])
    expect(asHeadwaterError(Object.assign(new Error('x'), { code }))).toMatchObject({
      ...{ kind: 'config', code },
      cure: expect.stringMatching(/room|elsewhere/),
    });
});

it('files are written in one place, but for documents', () => {
  const folder = join(ROOT, 'src/cli');
  const writers = readdirSync(folder, { recursive: true })
    .map(String)
    .filter(
      (name) => name.endsWith('.ts') && WRITES.test(readFileSync(join(folder, name), 'utf8')),
    );
  expect(writers.sort()).toEqual([...DOCUMENTS, 'out-file.ts'].sort());
});
