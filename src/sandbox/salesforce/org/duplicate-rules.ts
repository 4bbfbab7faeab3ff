/**
 * Duplicate rules: a save that matches other records is refused, or warned
 * about until the client insists.
 */
import type { Cell, Row, SalesforceFault } from '../org-types.ts';
import { fault } from './faults.ts';
import { changes, valueOf } from './saving.ts';
import type { Saving } from './saving.ts';
import type { DuplicateRule } from './admin-rules.ts';

const folded = (value: Cell | undefined): Cell =>
  typeof value === 'string' ? value.trim().toLowerCase() : (value ?? null);

function matches(saving: Saving, rule: DuplicateRule): Row[] {
  const { core, object, previous } = saving;
  const wanted = rule.fields.map((name) => folded(valueOf(saving, name)));
  if (wanted.some((value) => value === null)) return [];
  const found: Row[] = [];
  for (const row of core.storage.table(object).values()) {
    if (
      row['IsDeleted'] !== true &&
      row['Id'] !== previous?.['Id'] &&
      rule.fields.every((name, at) => folded(row[name]) === wanted[at])
    )
      found.push(row);
  }
  return found;
}

/** `duplicateResult` as REST bodies carry it; its nesting is [K]. */
function refusal(saving: Saving, rule: DuplicateRule, rows: Row[]): SalesforceFault {
  const matchRecords = rows.map((row) => ({
    additionalInformation: [],
    fieldDiffs: [],
    matchConfidence: 100,
    record: {
      attributes: {
        type: saving.object.name,
        url: `/services/data/v66.0/sobjects/${saving.object.name}/${String(row['Id'])}`,
      },
      Id: row['Id'],
    },
  }));
  const duplicateResult = {
    allowSave: rule.allowSave,
    duplicateRule: rule.name,
    duplicateRuleEntityType: saving.object.name,
    errorMessage: rule.message,
    matchResults: [
      {
        entityType: saving.object.name,
        errors: [],
        matchEngine: 'ExactMatchEngine',
        matchRecords,
        rule: `${rule.name}_Matching`,
        size: matchRecords.length,
        success: true,
      },
    ],
  };
  return { ...fault('DUPLICATES_DETECTED', rule.message), extra: { duplicateResult } };
}

/** DUPLICATES_DETECTED of the first active rule that matches, unless the client insists and may. */
export function duplicateFault(saving: Saving): SalesforceFault | undefined {
  for (const rule of saving.core.duplicateRules) {
    if (
      !rule.active ||
      rule.object !== saving.object.name ||
      (rule.allowSave && saving.allowDuplicates === true)
    )
      continue;
    if (saving.previous !== null && !rule.fields.some((name) => changes(saving, name))) continue;
    const rows = matches(saving, rule);
    if (rows.length > 0) return refusal(saving, rule, rows);
  }
  return undefined;
}
