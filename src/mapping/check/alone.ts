import type { MappingDocument, MappingFault, FieldRule } from '../../model/mapping.ts';
import { FaultList } from '../document/fault-list.ts';
import type { Locate } from '../document/place.ts';
import { playbookFaults } from '../document/playbook.ts';
import { ruleObject, type DocumentPath } from '../document/sources.ts';
import { checkContext, written, type CheckContext } from './context.ts';
import { checkSettings, checkStages } from './document.ts';
import { checkWords } from './rule.ts';
import { checkFields } from './write.ts';

/**
 * What is wrong with a mapping whatever the org has: the part of `checkMapping` that needs no CRM.
 * Pure; never throws.
 */
export function checkAlone(document: MappingDocument, locate: Locate): MappingFault[] {
  const faults = new FaultList(locate);
  const context = checkContext(
    document,
    faults,
    () => null,
    [],
    () => null,
  );
  checkSettings(context);
  for (const { at, message, cure } of playbookFaults(document))
    faults.error(at, message, cure, 'value');
  for (const entity of ['partner', 'deal', 'stage'] as const)
    if (!written(context, entity) && (entity !== 'stage' || document.stages === undefined))
      faults.error(
        ['entities'],
        `The mapping has no source of ${entity} rows.`,
        `Add \`entities.${entity}\`.`,
      );
  checkStages(context);
  for (const { source, at } of context.sources)
    for (const [field, rule] of Object.entries(source.fields))
      checkRules(context, [...at, 'fields', field], rule);
  checkFields(context);
  return faults.sorted();
}

function checkRules(context: CheckContext, at: DocumentPath, given: FieldRule): void {
  const rule = ruleObject(given);
  checkWords(context, at, rule);
  for (const [index, inner] of (rule.coalesce ?? []).entries())
    checkRules(context, [...at, 'coalesce', index], inner);
}
