import type { DescribeLookup, MappingDocument, MappingFault } from '../../model/mapping.ts';
import { checkContext } from './context.ts';
import { checkDealPartner, checkEssentials, checkSettings, checkStages } from './document.ts';
import { checkMetricWords } from './metric.ts';
import { checkSettingWords } from './setting-words.ts';
import { checkSource } from './source.ts';
import { checkWrites } from './write.ts';
import { playbookFaults } from '../document/playbook.ts';
import { FaultList } from '../document/fault-list.ts';
import type { Locate } from '../document/place.ts';

/**
 * Compares a mapping with the CRM's own description of its objects and fields (as the
 * connected user sees them).
 * All faults at once, by line and column: `error` stops a sync, `warning` loses or refuses rows,
 * `note` is for information.
 * `objectNames`: names of the org's objects, for "did you mean". Pure; never throws.
 */
export function checkMapping(
  document: MappingDocument,
  locate: Locate,
  describe: DescribeLookup,
  objectNames: string[] = [],
  refusal: (object: string) => string | null = () => null,
): MappingFault[] {
  const faults = new FaultList(locate);
  const context = checkContext(document, faults, describe, objectNames, refusal);
  checkSettings(context);
  for (const { at, message, cure } of playbookFaults(document))
    faults.error(at, message, cure, 'value');
  checkEssentials(context);
  checkStages(context);
  checkDealPartner(context);
  const noted = new Set<string>();
  for (const source of context.sources) checkSource(context, source, noted);
  checkMetricWords(context);
  checkSettingWords(context);
  checkWrites(context);
  return faults.sorted();
}
