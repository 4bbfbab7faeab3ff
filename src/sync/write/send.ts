import type { WriteOutcome, WriteRow } from '../../model/connector.ts';
import { asHeadwaterError, type HeadwaterError } from '../../model/error.ts';
import type { CompiledMapping } from '../../model/mapping.ts';
import { RETRIES } from '../../model/retry.ts';
import type { Intent } from '../../store/intents.ts';
import { leaderOf } from '../../writeback/diff.ts';
import { sameValue } from '../../writeback/precision.ts';
import { busyGroups } from './busy.ts';
import type { RunContext } from '../run/context.ts';
import { readByIds } from '../read/read-all.ts';

/**
 * What became of one intent; `moved`: a person changed the field since it was planned; `waits`: a
 * companion whose number was not written.
 */
type Fate = WriteOutcome | 'moved' | 'waits';
export type Settled = Map<Intent, Fate>;

const toRows = (intents: Intent[]): WriteRow[] =>
  [...Map.groupBy(intents, (intent) => intent.recordId)].map(([id, fields]) => ({
    id,
    fields: Object.fromEntries(fields.map((intent) => [intent.field, intent.newValue])),
  }));

/**
 * Sends intents after one more look at those that yield to people: what a person typed since the
 * pull is held, not overwritten.
 * No CRM here can compare and set in one batch call, so what is typed between this look and the
 * write cannot be detected.
 */
export async function writeFresh(
  context: RunContext,
  object: string,
  intents: Intent[],
): Promise<Settled> {
  const careful = intents.filter((intent) => yields(context.mapping, intent));
  const seen = await compare(context, object, careful);
  // A record that is not there now was deleted or merged away since the pull, and some CRMs lead a
  // write to it on to another record.
  const gone = new Set(
    careful.filter((intent) => !seen.stamps.has(intent.recordId)).map((intent) => intent.recordId),
  );
  const open = [...intents.filter((intent) => !careful.includes(intent)), ...seen.open].filter(
    (intent) => !gone.has(intent.recordId),
  );
  const waiting = companionsOf(context.mapping, seen.moved, open);
  return new Map([
    ...known(seen),
    ...lost(intents.filter((intent) => gone.has(intent.recordId))),
    ...waits(waiting),
    ...(await writeRows(
      context,
      object,
      open.filter((intent) => !waiting.includes(intent)),
      RETRIES.busyRow.tries,
    )),
  ]);
}

/**
 * Those `among` whose text explains a number that is not written: it would explain something else.
 */
function companionsOf(mapping: CompiledMapping, leaders: Intent[], among: Intent[]): Intent[] {
  const writes = mapping.writes.filter((write) =>
    among.some((intent) => intent.object === write.object),
  );
  return among.filter((intent) =>
    leaders.some(
      (leader) =>
        leader.recordId === intent.recordId &&
        writes.some((write) => leaderOf(write, intent.field) === leader.field),
    ),
  );
}

const lost = (intents: Intent[]): Settled =>
  new Map(
    intents.map(
      (intent) =>
        [
          intent,
          {
            id: intent.recordId,
            status: 'rejected',
            code: 'GONE',
            message: 'the record is not there any more',
            fields: [],
            gone: true,
          },
        ] as const,
    ),
  );
const waits = (intents: Intent[]): Settled =>
  new Map(intents.map((intent) => [intent, 'waits'] as const));

/**
 * A shared field yields to what a person typed there; so does every field that is emptied, since
 * only our own value is ours to take back.
 */
const yields = (mapping: CompiledMapping, intent: Intent): boolean =>
  intent.newValue === null ||
  mapping.writes.some(
    (write) =>
      write.object === intent.object &&
      write.fields.some((field) => field.field === intent.field && field.owner === 'shared'),
  );

const known = ({ done, moved, stamps }: Compared): Settled =>
  new Map<Intent, Fate>([
    ...done.map(
      (intent) =>
        [
          intent,
          {
            id: intent.recordId,
            status: 'done',
            ...(stamps.has(intent.recordId) ? { stampMs: stamps.get(intent.recordId)! } : {}),
          },
        ] as const,
    ),
    ...moved.map((intent) => [intent, 'moved'] as const),
  ]);

/**
 * One write call and what follows from it: a lost answer is read back, a refusal of the whole batch
 * is bisected, busy rows are tried again.
 */
async function writeRows(
  context: RunContext,
  object: string,
  intents: Intent[],
  attempts: number,
): Promise<Settled> {
  const settled = await writeOnce(context, object, intents, attempts);
  for (let left = attempts - 1; left > 0; left--) {
    const busy = intents.filter((intent) => isBusy(settled.get(intent)));
    if (busy.length === 0) break;
    await context.sleep(RETRIES.busyRow.firstMs);
    const seen = await compare(context, object, busy);
    for (const [intent, fate] of known(seen)) settled.set(intent, fate);
    for (const group of await busyGroups(context, object, seen.open)) {
      for (const [intent, fate] of await writeOnce(context, object, group, left))
        settled.set(intent, fate);
    }
  }
  return settled;
}

const isBusy = (fate: Fate | undefined): boolean =>
  typeof fate === 'object' && fate.status === 'rejected' && fate.retryable === true;

async function writeOnce(
  context: RunContext,
  object: string,
  intents: Intent[],
  attempts: number,
): Promise<Settled> {
  if (intents.length === 0) return new Map();
  // The CRM knows nothing of leases: a process that was overtaken while it waited learns
  // it here, before it writes.
  await context.store.batch([]);
  let outcomes: WriteOutcome[];
  try {
    outcomes = await context.session.write(object, toRows(intents));
  } catch (error) {
    return await afterFailure(context, object, intents, attempts, asHeadwaterError(error));
  }
  const byId = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
  const settled: Settled = new Map(intents.map((intent) => [intent, byId.get(intent.recordId)!]));
  await withoutRefused(context, object, intents, attempts, settled);
  return settled;
}

/**
 * A CRM refuses a record as a whole; where it names the fields that it minds, the others are
 * sent once more without them.
 */
async function withoutRefused(
  context: RunContext,
  object: string,
  intents: Intent[],
  attempts: number,
  settled: Settled,
): Promise<void> {
  const minds = (intent: Intent): boolean | null => {
    const outcome = settled.get(intent);
    return typeof outcome !== 'object' ||
      outcome.status !== 'rejected' ||
      outcome.retryable === true ||
      outcome.fields.length === 0
      ? null
      : outcome.fields.includes(intent.field);
  };
  const refused = intents.filter((intent) => minds(intent) === true);
  const others = intents.filter(
    (intent) => minds(intent) === false && refused.some((one) => one.recordId === intent.recordId),
  );
  const waiting = companionsOf(context.mapping, refused, others);
  for (const [intent, outcome] of [
    ...waits(waiting),
    ...(await writeRows(
      context,
      object,
      others.filter((intent) => !waiting.includes(intent)),
      attempts,
    )),
  ])
    settled.set(intent, outcome);
}

/** The rows may have changed while we waited, by ourselves (a lost answer) or by a person. */
async function writeAgain(
  context: RunContext,
  object: string,
  intents: Intent[],
  attempts: number,
): Promise<Settled> {
  await context.sleep(RETRIES.busyRow.firstMs);
  const seen = await compare(context, object, intents);
  return new Map([...known(seen), ...(await writeRows(context, object, seen.open, attempts - 1))]);
}

async function afterFailure(
  context: RunContext,
  object: string,
  intents: Intent[],
  attempts: number,
  error: HeadwaterError,
): Promise<Settled> {
  if (error.outcomeUnknown || error.kind === 'transient') {
    if (attempts > 1) return await writeAgain(context, object, intents, attempts);
    const seen = await compare(context, object, intents);
    if (seen.open.length > 0) throw error;
    return known(seen);
  }
  if (intents.some(({ field }) => error.unknownFields.includes(field)))
    return await withoutUnknown(context, object, intents, attempts, error);
  if (error.kind !== 'rejected') throw error;
  const ids = [...new Set(intents.map((intent) => intent.recordId))];
  if (ids.length === 1)
    return new Map(
      intents.map((intent) => [
        intent,
        {
          id: intent.recordId,
          status: 'rejected',
          code: error.code ?? 'REJECTED',
          message: error.message,
          fields: [],
        },
      ]),
    );
  const first = new Set(ids.slice(0, Math.ceil(ids.length / 2)));
  const half = (wanted: boolean): Intent[] =>
    intents.filter((intent) => first.has(intent.recordId) === wanted);
  return new Map([
    ...(await writeRows(context, object, half(true), attempts)),
    ...(await writeRows(context, object, half(false), attempts)),
  ]);
}

/** A field that was deleted or hidden since the plan stops no other. */
async function withoutUnknown(
  context: RunContext,
  object: string,
  intents: Intent[],
  attempts: number,
  { code = 'REJECTED', message, unknownFields }: HeadwaterError,
): Promise<Settled> {
  const settled: Settled = new Map(
    intents.map((intent) => [
      intent,
      { id: intent.recordId, status: 'rejected', code, message, fields: [...unknownFields] },
    ]),
  );
  await withoutRefused(context, object, intents, attempts, settled);
  return settled;
}

export interface Compared {
  done: Intent[];
  moved: Intent[];
  open: Intent[];
  /** Of the records that were found. */
  stamps: ReadonlyMap<string, number>;
}

/**
 * Intents against what the CRM holds now, field by field: a timed-out write is unknown, never
 * failed. `done`: it holds the new value; `moved`: it yields to people and holds neither the old
 * nor the new one; `open`: still to be written.
 */
export async function compare(
  context: Pick<RunContext, 'session' | 'mapping'>,
  object: string,
  intents: Intent[],
): Promise<Compared> {
  if (intents.length === 0) return { done: [], moved: [], open: [], stamps: new Map() };
  const fields = [...new Set(intents.map((intent) => intent.field))].sort();
  const ids = [...new Set(intents.map((intent) => intent.recordId))];
  let found: Awaited<ReturnType<typeof readByIds>>;
  try {
    found = await readByIds(context.session, { object, fields }, ids);
  } catch (thrown) {
    const { unknownFields } = asHeadwaterError(thrown);
    const gone = intents.filter(({ field }) => unknownFields.includes(field));
    if (gone.length === 0) throw thrown;
    // Nobody typed anything into a field that is not there; its write is refused by name.
    const rest = await compare(
      context,
      object,
      intents.filter((intent) => !gone.includes(intent)),
    );
    return { ...rest, open: [...rest.open, ...gone] };
  }
  const result: Compared = {
    done: [],
    moved: [],
    open: [],
    stamps: new Map([...found.values()].map((row) => [row.id, row.stampMs])),
  };
  for (const intent of intents) {
    const row = found.get(intent.recordId);
    const holds = row?.fields[intent.field] ?? null;
    if (row !== undefined && sameValue(holds, intent.newValue)) result.done.push(intent);
    else if (
      row !== undefined &&
      yields(context.mapping, intent) &&
      !sameValue(holds, intent.oldValue)
    )
      result.moved.push(intent);
    else result.open.push(intent);
  }
  return result;
}
