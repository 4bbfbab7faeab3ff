import { eq } from 'drizzle-orm';
import type { DealScore, PartnerScore } from '../../src/model/score.ts';
import { OUTPUTS, type OutputName, type OutputShape } from '../../src/model/outputs.ts';
import type { Store } from '../../src/store/store.ts';
import type { SyncOutcome } from '../../src/sync/run.ts';
import { dealValues, partnerValues } from '../../src/writeback/values.ts';
import { WRITTEN } from './mapping.ts';
import type { Dump, Value } from './oracle-copy.ts';
import type { World } from './salesforce/world.ts';
import { dealScores, issues, partnerScores } from './tables.ts';

/** Every record that the last run scored holds what that score says, within its field's band, unless a person's value stands in a shared field. */
export async function planDifferences(store: Store, world: World, dump: Dump, last: SyncOutcome): Promise<string[]> {
  const found: string[] = [];
  // What a rule of the CRM refused waits in quarantine until the value changes; a locked row never does.
  const refused = new Set((await store.db.select().from(issues)).filter((issue) => issue.kind === 'write' && issue.code === 'FIELD_CUSTOM_VALIDATION_EXCEPTION').map((issue) => `${issue.id}/${issue.field}`));
  const check = (object: string, id: string, values: Record<string, Value>): void => {
    const row = dump[object]!.find((one) => one['Id'] === id);
    if (row === undefined || row['IsDeleted'] === true) { found.push(`${object}/${id} was scored and is not in the CRM`); return; }
    const verdicts = new Map(WRITTEN[object]!.map((field) => [field.output, judge(field.output, (row[field.field] ?? null) as Value, values[field.output] ?? null)]));
    const typed = new Set(WRITTEN[object]!.filter(({ field, shared }) => shared && (world.watch.engineWrote.get(`${object}/${id}/${field}`) ?? null) !== ((row[field] ?? null) as Value)).map(({ output }) => output));
    for (const { field, output } of WRITTEN[object]!) {
      const has = (row[field] ?? null) as Value;
      const { follows } = OUTPUTS[output as OutputName] as OutputShape;
      // A companion text moves with its number only, and not even an unwritten one is rewritten while the number stands.
      if (follows !== undefined && (verdicts.get(follows) !== 'far' || typed.has(follows))) { if (has === null && values[output] != null && !refused.has(`${id}/${field}`)) found.push(`${object}/${id}.${field} is empty`); continue; }
      if (verdicts.get(output) === 'far' && !typed.has(output) && !refused.has(`${id}/${field}`)) found.push(`${object}/${id}.${field} holds ${JSON.stringify(has)}, and the last score says ${JSON.stringify(values[output])}`);
    }
  };
  const [partnersOf, dealsOf] = [
    await store.db.select().from(partnerScores).where(eq(partnerScores.runId, last.run.id)),
    await store.db.select().from(dealScores).where(eq(dealScores.runId, last.run.id)),
  ];
  for (const row of partnersOf) check('Account', row.partnerId, partnerValues(JSON.parse(row.detail) as PartnerScore, ROOM));
  for (const row of dealsOf) check('Opportunity', row.dealId, dealValues(JSON.parse(row.detail) as DealScore, ROOM));
  return found;
}

/** Room in the fields of the chaos org. */
const ROOM = { 'partner.reasons': 4000, 'partner.nextAction': 255, 'deal.reasons': 4000, 'deal.nextAction': 255, 'deal.health': 40 };

/** Equal, a difference too small to be written, or one that should have been. */
function judge(output: string, has: Value, wanted: Value): 'same' | 'near' | 'far' {
  const shape = OUTPUTS[output as OutputName] as OutputShape;
  if (typeof wanted === 'number') {
    const rounded = Number(wanted.toFixed(shape.scale ?? 0));
    if (has === rounded) return 'same';
    // Half a unit of the last digit is what rounding alone can cost.
    const band = Math.max(shape.threshold, (shape.relative ?? 0) * Math.abs(Number(has ?? 0))) + 0.5 * 10 ** -(shape.scale ?? 0);
    return has !== null && Math.abs(Number(has) - rounded) <= band ? 'near' : 'far';
  }
  return (has === '' ? null : has) === (wanted === '' ? null : wanted) ? 'same' : 'far';
}
