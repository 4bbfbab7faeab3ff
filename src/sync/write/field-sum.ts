import type { CrmRow, CrmValue } from '../../model/connector.ts';
import type { CompiledWrite, CompiledWriteField } from '../../model/mapping.ts';
import { outputShape } from '../../model/outputs.ts';
import type { DealScore } from '../../model/score.ts';

const CHANCE = 'deal.winProbability';

/**
 * What amount x chance of open deals comes to, in cents, before the realised multiplier: as it was
 * scored, and as the CRM's fields hold it once the run has written. A smaller change than a field's
 * threshold is not written, so the two differ by `allowed` at most.
 */
export interface FieldSum {
  deals: number;
  scored: number;
  fields: number;
  allowed: number;
  /** Deals in no sum: their field keeps another value, since a person's stands or the CRM refuses. */
  kept: number;
}

export const noFieldSum = (): FieldSum => ({
  deals: 0,
  scored: 0,
  fields: 0,
  allowed: 0,
  kept: 0,
});

export const addFieldSums = (a: FieldSum, b: FieldSum): FieldSum => ({
  deals: a.deals + b.deals,
  scored: a.scored + b.scored,
  fields: a.fields + b.fields,
  allowed: a.allowed + b.allowed,
  kept: a.kept + b.kept,
});

/** What the sum needs of a deal. */
export type Chance = Pick<DealScore, 'amount' | 'probability'>;

/** Points by which a field may differ from what is said without being written. */
function leeway({ crmField, threshold }: CompiledWriteField): number {
  const scale = crmField?.scale ?? outputShape(CHANCE)?.scale ?? 0;
  return Math.max(threshold, 0.5 * 10 ** -scale);
}

interface Planned {
  changes: readonly { field: string; to: CrmValue }[];
  held: readonly { field: string }[];
}

/** Adds a deal as its field will stand; `shadowed` = nothing of the plan is written. */
export function addChance(
  sum: FieldSum,
  write: CompiledWrite,
  { amount, probability }: Chance,
  row: CrmRow,
  { changes, held }: Planned,
  shadowed: boolean,
): void {
  const field = write.fields.find(({ output }) => output === CHANCE);
  if (field === undefined) return;
  const change = changes.find((one) => one.field === field.field);
  const kept = held.some((one) => one.field === field.field) || (shadowed && change !== undefined);
  const stands = change === undefined ? row.fields[field.field] : change.to;
  if (kept || typeof stands !== 'number') {
    sum.kept++;
    return;
  }
  sum.deals++;
  sum.scored += Math.round(100 * amount * probability);
  sum.fields += Math.round(amount * stands);
  sum.allowed += Math.ceil(amount * leeway(field));
}
