import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a process cost that ended. */
export interface Cost {
  cpuMs: number;
  rssMb: number;
}

/** Loaded before the program: writes down at its end how much memory it held at most. */
const METER = `
import { writeFileSync } from 'node:fs';
process.on('exit', () => {
  writeFileSync(process.env.METER_FILE, String(process.resourceUsage().maxRSS / 1024));
});
`;

/**
 * The median cost of a command that runs `times` times in `cwd`, after one run that fills caches.
 * Throws with what it said where it does not end with 0.
 */
export function costOf(args: string[], { cwd, times }: { cwd: string; times: number }): Cost {
  const dir = mkdtempSync(join(tmpdir(), 'headwater-meter-'));
  const meter = join(dir, 'meter.mjs');
  const file = join(dir, 'cost.json');
  writeFileSync(meter, METER);
  try {
    const costs = Array.from({ length: times + 1 }, (): Cost => {
      // The shell counts from outside, so that the floor is a bare Node's.
      const counted = run('sh', ['-c', '"$@" >&2; times', 'sh', process.execPath, ...args], cwd);
      run(process.execPath, ['--import', meter, ...args], cwd, { METER_FILE: file });
      return { cpuMs: childrenMs(counted), rssMb: Number(readFileSync(file, 'utf8')) };
    }).slice(1);
    const median = (of: keyof Cost): number =>
      Math.round(costs.map((cost) => cost[of]).sort((a, b) => a - b)[times >> 1]!);
    return { cpuMs: median('cpuMs'), rssMb: median('rssMb') };
  } finally {
    rmSync(dir, { recursive: true });
  }
}

function run(command: string, args: string[], cwd: string, more: NodeJS.ProcessEnv = {}): string {
  const env = { ...process.env, NO_COLOR: '1', ...more };
  const ran = spawnSync(command, args, { cwd, encoding: 'utf8', env });
  if (ran.status !== 0) throw new Error(`${args.join(' ')}: ${ran.stderr}`);
  return ran.stdout;
}

/** The second line of a shell's `times`: what its children used, user and system. */
function childrenMs(said: string): number {
  const line = said.trimEnd().split('\n').at(-1)!;
  return [...line.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + (Number(minutes) * 60 + Number(seconds)) * 1000,
    0,
  );
}
