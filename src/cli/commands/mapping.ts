import type { Command } from 'commander';
import type { CliDeps } from '../deps.ts';
import { registerMappingCheck } from './mapping-check.ts';
import { registerMappingDiff } from './mapping-diff.ts';
import { registerMappingPreview } from './mapping-preview.ts';
import { registerMappingSuggest } from './mapping-suggest.ts';

export function registerMapping(
  program: Command,
  deps: CliDeps,
  setExit: (code: number) => void,
): void {
  const mapping = program
    .command('mapping')
    .description('how CRM fields become the model, and back');
  registerMappingSuggest(mapping, deps);
  registerMappingDiff(mapping, deps);
  registerMappingCheck(mapping, deps, setExit);
  registerMappingPreview(mapping, deps);
}
