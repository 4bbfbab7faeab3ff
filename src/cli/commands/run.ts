import type { Command } from 'commander';
import type { CliDeps } from '../deps.ts';
import { registerRunList } from './run-list.ts';
import { registerRunShow } from './run-show.ts';
import { registerRunWrites } from './run-writes.ts';

export function registerRun(
  program: Command,
  deps: CliDeps,
  setExit: (code: number) => void,
): void {
  const run = program
    .command('run')
    .description('look at runs, apply a plan that was shown, take writes back');
  registerRunWrites(run, deps, setExit);
  registerRunList(run, deps);
  registerRunShow(run, deps);
}
