/**
 * Flows that run before a save and put a value of their own into the record: a field holds then
 * something else than the client sent, and the answer does not say so.
 */
import type { FieldUpdate } from './admin-rules.ts';
import { coerce } from './coerce.ts';
import { cellOf, formulaRecord } from './computed.ts';
import { compileFormula } from './formula.ts';
import type { Saving } from './saving.ts';

const runs = (rule: FieldUpdate, saving: Saving): boolean =>
  rule.object === saving.object.name && (!rule.whenSent || rule.field in saving.changes);

export function applyFieldUpdates(saving: Saving): void {
  for (const rule of saving.core.fieldUpdates.filter((one) => runs(one, saving))) {
    const field = saving.core.schema.field(saving.object, rule.field);
    if (!field) continue;
    const record = formulaRecord(
      saving.core,
      saving.object,
      { ...saving.core.storage.blank(saving.object), ...saving.previous, ...saving.changes },
      saving.previous,
      0,
    );
    const cell = coerce(field, cellOf(field, compileFormula(rule.formula).run(record)));
    if ('value' in cell) saving.changes[field.name] = cell.value;
  }
}
