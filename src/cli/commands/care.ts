import { resolve } from 'node:path';
import type { Command } from 'commander';
import { EXIT, existingFile, printJson, withDatabase } from '../command.ts';
import type { CliDeps, SetExit } from '../deps.ts';

interface Options {
  db: string;
  json: boolean;
}

/** Looking after the database: a copy of it, and whether it is well. */
export function registerBackup(backup: Command, deps: CliDeps): void {
  withDatabase(
    backup.argument('<file>', 'where to; nothing is overwritten'),
    'headwater backup backups/2027-01-31.sqlite',
  ).action(async (target: string, options: Options) => {
    const file = await existingFile(deps, options.db);
    const { bytes } = await deps.backup(file, resolve(deps.cwd, target));
    if (options.json) return printJson(deps, { file, target, bytes });
    deps.stdout(`${target}: ${(bytes / 1_048_576).toFixed(1)} MiB\n`);
  });
}

export function registerDoctor(doctor: Command, deps: CliDeps, setExit: SetExit): void {
  withDatabase(doctor, 'headwater doctor').action(async (options: Options) => {
    const checks = await deps.examine(await existingFile(deps, options.db));
    const ok = checks.every((check) => check.ok);
    if (!ok) setExit(EXIT.failed);
    if (options.json) return printJson(deps, { ok, checks });
    for (const { name, ok: well, detail, cure } of checks)
      deps.stdout(
        `${well ? '✓' : '✗'} ${name}: ${detail}\n${cure === null ? '' : `    ${cure}\n`}`,
      );
  });
}
