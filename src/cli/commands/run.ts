import type { Command } from 'commander';
import type { CliDeps, SetExit } from '../deps.ts';
import { registerRunList } from './run-list.ts';
import { registerRunShow } from './run-show.ts';
import { registerRunWrites } from './run-writes.ts';

export function registerRun(run: Command, deps: CliDeps, setExit: SetExit): void {
  registerRunWrites(run, deps, setExit);
  registerRunList(run, deps);
  registerRunShow(run, deps);
}
