/**
 * `npm run bench:start [-- --times 9]`: CPU and memory of a start, beside `node -e 0` in the same
 * run, as JSON: `--help` and `status` of the packed package, `--help` from source.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openBench } from '../cli/bench.ts';
import { costOf, type Cost } from './start/measure.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const { values } = parseArgs({ options: { times: { type: 'string', default: '9' } } });
const times = Number(values.times);

/** The packed package, unpacked; the native driver comes from this clone. */
function unpacked(dir: string): string {
  const clone = join(dir, 'clone');
  const left = new Set(['node_modules', 'dist', '.git', '.headwater', '.wrangler']);
  cpSync(ROOT, clone, { recursive: true, filter: (path) => !left.has(basename(path)) });
  symlinkSync(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
  execFileSync('npm', ['pack', '--pack-destination', dir], { cwd: clone, stdio: 'ignore' });
  const home = join(dir, 'node_modules');
  mkdirSync(home);
  execFileSync('sh', ['-c', `tar -xzf ${dir}/*.tgz -C ${home}`]);
  for (const name of ['better-sqlite3', 'bindings', 'file-uri-to-path'])
    symlinkSync(join(ROOT, 'node_modules', name), join(home, name));
  return join(home, 'package/dist/src/host/node/node.js');
}

const dir = mkdtempSync(join(tmpdir(), 'headwater-start-'));
const bench = await openBench({ partners: 5, deals: 40, seed: 3 });
try {
  await bench.json('field', 'deploy');
  await bench.json('sync', 'run');
  const packed = unpacked(dir);
  const cost = (...args: string[]): Cost => costOf(args, { cwd: bench.dir, times });
  const floor = cost('-e', '0');
  const beside = (one: Cost) => ({
    ...one,
    ratio: Math.round((one.cpuMs / floor.cpuMs) * 100) / 100,
  });
  process.stdout.write(
    `${JSON.stringify({
      bench: 'start',
      floor,
      help: beside(cost(packed, '--help')),
      status: beside(cost(packed, 'status')),
      sourceHelp: beside(cost(join(ROOT, 'src/host/node/node.ts'), '--help')),
    })}\n`,
  );
} finally {
  await bench.close();
  rmSync(dir, { recursive: true, force: true });
}
