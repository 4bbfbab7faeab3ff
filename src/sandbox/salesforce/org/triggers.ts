/**
 * Apex triggers and flows that refuse a save, as an admin or developer of the org wrote
 * them: a formula says when.
 */
import type { SalesforceFault } from '../org-types.ts';
import { formulaRecord } from './computed.ts';
import { fault } from './faults.ts';
import { compileFormula } from './formula.ts';
import type { Saving } from './saving.ts';
import type { TriggerRule } from './admin-rules.ts';

/** The text around an Apex exception, as clients get to see it. */
function worded(rule: TriggerRule, operation: 'Insert' | 'Update', id: string): SalesforceFault {
  if (rule.flow)
    return fault(
      'CANNOT_EXECUTE_FLOW_TRIGGER',
      `We can't save this record because the “${rule.name}” process failed. Give your Salesforce admin these details. ${rule.message}`,
    );
  return fault(
    'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    `${rule.name}: execution of Before${operation}\n\ncaused by: System.DmlException: ${rule.message}${id === '' ? '' : `\n\nTrigger.${rule.name}: line 12, column 1`}`,
  );
}

/** The first trigger's refusal; saving stops there, as an exception stops it. */
export function triggerFault(saving: Saving): SalesforceFault | undefined {
  const operation = saving.previous === null ? 'insert' : 'update';
  const rules = saving.core.triggers.filter(
    (rule) => rule.object === saving.object.name && rule.on.includes(operation),
  );
  if (rules.length === 0) return undefined;
  const record = formulaRecord(
    saving.core,
    saving.object,
    { ...saving.core.storage.blank(saving.object), ...saving.previous, ...saving.changes },
    saving.previous,
    0,
  );
  const hit = rules.find(
    (rule) => rule.when === null || compileFormula(rule.when).run(record) === true,
  );
  return (
    hit &&
    worded(hit, operation === 'insert' ? 'Insert' : 'Update', String(saving.previous?.['Id'] ?? ''))
  );
}
