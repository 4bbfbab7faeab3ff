/**
 * Validation rules that an admin wrote: a true formula refuses the save with the admin's own text.
 */
import type { SalesforceFault } from '../org-types.ts';
import { formulaRecord } from './computed.ts';
import { fault } from './faults.ts';
import { compileFormula } from './formula.ts';
import type { Formula } from './formula.ts';
import type { Saving } from './saving.ts';
import type { ValidationRule } from './admin-rules.ts';

const compiled = new WeakMap<ValidationRule, Formula>();

function formulaOf(rule: ValidationRule): Formula {
  const known = compiled.get(rule) ?? compileFormula(rule.formula);
  compiled.set(rule, known);
  return known;
}

/** FIELD_CUSTOM_VALIDATION_EXCEPTION for every active rule that holds. */
export function ruleFaults(saving: Saving): SalesforceFault[] {
  const rules = saving.core.validationRules.filter(
    (rule) => rule.active && rule.object === saving.object.name,
  );
  if (rules.length === 0) return [];
  const record = formulaRecord(
    saving.core,
    saving.object,
    { ...saving.core.storage.blank(saving.object), ...saving.previous, ...saving.changes },
    saving.previous,
    0,
  );
  return rules
    .filter((rule) => formulaOf(rule).run(record) === true)
    .map((rule) =>
      fault('FIELD_CUSTOM_VALIDATION_EXCEPTION', rule.message, rule.field ? [rule.field] : []),
    );
}
