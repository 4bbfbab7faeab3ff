/**
 * `npm run audit`: known weaknesses in what is given out. `npm audit --omit=dev` would see two
 * packages, since most of what ships is bundled from the development dependencies. Exit code 1:
 * one of them is high or critical. A registry that keeps no advisories (a mirror, no network) says
 * nothing, and then neither does this.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { shippedNames, type Lock } from './build/shipped.ts';

const GRAVE = new Set(['high', 'critical']);

interface Audit {
  auditReportVersion?: number;
  vulnerabilities?: Record<string, { severity: string; range: string }>;
  message?: string;
}

const { stdout } = spawnSync('npm', ['audit', '--json'], { encoding: 'utf8', timeout: 120_000 });
const report = parsed(stdout ?? '');
if (report?.auditReportVersion === undefined)
  process.stdout.write(`no audit: ${report?.message ?? 'the registry did not answer'}\n`);
else {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock;
  const shipped = shippedNames(lock);
  const found = Object.entries(report.vulnerabilities ?? {});
  for (const [name, { severity, range }] of found)
    process.stdout.write(
      `${shipped.has(name) ? 'given out' : 'development'}: ${name} ${range} ${severity}\n`,
    );
  const grave = found.filter(([name, { severity }]) => shipped.has(name) && GRAVE.has(severity));
  process.stdout.write(`${shipped.size} packages are given out, ${grave.length} gravely weak\n`);
  if (grave.length > 0) process.exitCode = 1;
}

function parsed(text: string): Audit | null {
  try {
    return JSON.parse(text) as Audit;
  } catch {
    return null;
  }
}
