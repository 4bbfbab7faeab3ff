import { eq } from 'drizzle-orm';
import type { DealScore, PartnerScore } from '../../src/model/score.ts';
import { OUTPUTS, type OutputName, type OutputShape } from '../../src/model/outputs.ts';
import type { Store } from '../../src/store/store.ts';
import type { SyncOutcome } from '../../src/sync/run/run.ts';
import { dealValues, partnerValues } from '../../src/writeback/values.ts';
import { dealScores, issues, partnerScores } from './tables.ts';
import type { World } from './world.ts';
import type { Value, WrittenField } from './watch.ts';

/**
 * Every record that the last run scored holds what that score says, within its field's band, unless
 * a person's value stands in a shared field.
 */
export async function planDifferences(
  store: Store,
  world: World,
  last: SyncOutcome,
): Promise<string[]> {
  const found: string[] = [];
  const { written, watch } = world;
  // What a rule of the CRM refused waits in quarantine until the value
  // changes; a locked row never does.
  const refused = new Set(
    (await store.db.select().from(issues))
      .filter((issue) => issue.kind === 'write' && world.refusals.has(issue.code))
      .map((issue) => `${issue.id}/${issue.field}`),
  );
  const check = (object: string, id: string, values: Record<string, Value>): void => {
    const row = world.holds(object, id);
    if (row === null) {
      found.push(`${object}/${id} was scored and is not in the CRM`);
      return;
    }
    const verdicts = new Map(
      written[object]!.map((field) => [
        field.output,
        judge(field.output, row[field.field] ?? null, values[field.output] ?? null),
      ]),
    );
    const typed = new Set(
      written[object]!.filter(
        ({ field, shared }) =>
          shared &&
          (watch.engineWrote.get(`${object}/${id}/${field}`) ?? null) !== (row[field] ?? null),
      ).map(({ output }) => output),
    );
    const due = (output: string): boolean => verdicts.get(output) === 'far' && !typed.has(output);
    for (const { field, output } of written[object]!) {
      const has = row[field] ?? null;
      const { follows } = OUTPUTS[output as OutputName] as OutputShape;
      // While its number waits in quarantine, so does its text.
      if (refused.has(`${id}/${field}`) || waits(written[object]!, id, output, refused)) continue;
      // A companion text moves with its number only, and not even an unwritten one is
      // rewritten while the number stands.
      const stands = follows !== undefined && !due(follows);
      if (stands && has === null && values[output] != null)
        found.push(`${object}/${id}.${field} is empty`);
      if (!stands && due(output))
        found.push(
          `${object}/${id}.${field} holds ${JSON.stringify(has)}, and the last score says ${JSON.stringify(values[output])}`,
        );
    }
  };
  const partnersOf = await store.db
    .select()
    .from(partnerScores)
    .where(eq(partnerScores.runId, last.run.id));
  const dealsOf = await store.db.select().from(dealScores).where(eq(dealScores.runId, last.run.id));
  for (const row of partnersOf)
    check(
      row.object,
      row.partnerId,
      partnerValues(JSON.parse(row.detail) as PartnerScore, SPEECH, ROOM),
    );
  for (const row of dealsOf)
    check(row.object, row.dealId, dealValues(JSON.parse(row.detail) as DealScore, SPEECH, ROOM));
  const scored = new Set([
    ...partnersOf.map((row) => `${row.object}/${row.partnerId}`),
    ...dealsOf.map((row) => `${row.object}/${row.dealId}`),
  ]);
  return [...found, ...leftBehind(world, scored, refused)];
}

/** The number that this text explains was refused. */
const waits = (
  fields: readonly WrittenField[],
  id: string,
  output: string,
  refused: Set<string>,
): boolean =>
  fields.some(
    (leader) =>
      leader.output === (OUTPUTS[output as OutputName] as OutputShape).follows &&
      refused.has(`${id}/${leader.field}`),
  );

/**
 * A record without a score holds nothing of what the engine put into its own fields; what a person
 * typed over it, or a rule keeps, stays.
 */
function leftBehind(world: World, scored: Set<string>, refused: Set<string>): string[] {
  return Object.entries(world.written).flatMap(([object, fields]) =>
    [...world.ids(object)]
      .filter((id) => !scored.has(`${object}/${id}`))
      .flatMap((id) => {
        const row = world.holds(object, id) ?? {};
        return fields
          .filter(
            ({ field, output, shared }) =>
              !shared &&
              !waits(fields, id, output, refused) &&
              row[field] != null &&
              row[field] !== '' &&
              row[field] === world.watch.engineWrote.get(`${object}/${id}/${field}`) &&
              !refused.has(`${id}/${field}`),
          )
          .map(
            ({ field }) =>
              `${object}/${id}.${field} holds ${JSON.stringify(row[field])}, and the record has no score any more`,
          );
      }),
  );
}

/** Only fields that no words of the day stand in are compared. */
const SPEECH = { language: 'en', currency: 'EUR', today: '2026-01-01' } as const;
/** Room in the fields of the chaos CRMs. */
const ROOM = {
  'partner.reasons': 4000,
  'partner.nextAction': 255,
  'deal.reasons': 4000,
  'deal.nextAction': 255,
  'deal.health': 40,
};

/** Equal, a difference too small to be written, or one that should have been. */
function judge(output: string, has: Value, wanted: Value): 'same' | 'near' | 'far' {
  const shape = OUTPUTS[output as OutputName] as OutputShape;
  if (typeof wanted === 'number') {
    const rounded = Number(wanted.toFixed(shape.scale ?? 0));
    if (has === rounded) return 'same';
    // Half a unit of the last digit is what rounding alone can cost.
    const band =
      Math.max(shape.threshold, (shape.relative ?? 0) * Math.abs(Number(has ?? 0))) +
      0.5 * 10 ** -(shape.scale ?? 0);
    return has !== null && Math.abs(Number(has) - rounded) <= band ? 'near' : 'far';
  }
  return (has === '' ? null : has) === (wanted === '' ? null : wanted) ? 'same' : 'far';
}
