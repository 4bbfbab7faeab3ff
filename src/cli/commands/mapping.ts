import type { Command } from 'commander';
import type { CliDeps, SetExit } from '../deps.ts';
import { registerMappingCheck } from './mapping-check.ts';
import { registerMappingDiff } from './mapping-diff.ts';
import { registerMappingPreview } from './mapping-preview.ts';
import { registerMappingSuggest } from './mapping-suggest.ts';

export function registerMapping(mapping: Command, deps: CliDeps, setExit: SetExit): void {
  registerMappingSuggest(mapping, deps);
  registerMappingDiff(mapping, deps);
  registerMappingCheck(mapping, deps, setExit);
  registerMappingPreview(mapping, deps);
}
