import type { CrmRow, CrmValue } from '../../model/connector.ts';
import type { CompiledMapping } from '../../model/mapping.ts';
import { releaseWrites, saveWriteRefusals } from '../../store/issues.ts';
import {
  ledgerOf,
  nextIntents,
  saveIntents,
  saveLedger,
  type Intent,
} from '../../store/intents.ts';
import { localRows, saveLocal } from '../../store/rows.ts';
import type { Statement } from '../../store/store.ts';
import { HELD } from '../../writeback/diff.ts';
import { sameValue } from '../../writeback/precision.ts';
import { rowHash } from '../read/commit.ts';
import type { RunContext } from '../run/context.ts';
import { APPLY_BATCHES_PER_STEP, APPLY_CALLS_PER_STEP } from '../run/limits.ts';
import { compare, writeFresh, type Settled } from './send.ts';

export interface ApplyResult {
  object: string;
  records: number;
  fields: number;
  rejected: number;
  /** Of the rejected ones, those whose record was archived, deleted or merged away meanwhile. */
  gone: number;
  calls: number;
  messages: string[];
}

/** How the reason of a write begins whose record is not there any more. */
const GONE = 'gone: ';

/** Enough of the CRM's own words to see what is wrong; the rest is in the intents. */
const SHOWN_MESSAGES = 5;

export interface ApplyStep extends ApplyResult {
  done: boolean;
}

/**
 * Sends a few batches of the run's planned intents. Each batch is recorded as sent before the
 * call and settled after it.
 */
export async function applyPlan(context: RunContext, object: string): Promise<ApplyStep> {
  const before = context.session.calls();
  const result: ApplyStep = {
    object,
    records: 0,
    fields: 0,
    rejected: 0,
    gone: 0,
    calls: 0,
    messages: [],
    done: false,
  };
  await takeUpSent(context, object);
  for (
    let n = 0;
    n < APPLY_BATCHES_PER_STEP &&
    !result.done &&
    context.session.calls() - before < APPLY_CALLS_PER_STEP;
    n++
  ) {
    const intents = await nextIntents(
      context.store,
      context.runId,
      object,
      'planned',
      context.features.writeBatch,
    );
    result.done = intents.length === 0;
    if (result.done) break;
    const settled = await sendBatch(context, object, intents);
    const refused = settled.filter((intent) => intent.state === 'rejected');
    const done = settled.filter((intent) => intent.state === 'done');
    result.fields += done.length;
    result.rejected += refused.length;
    result.gone += refused.filter((intent) => intent.reason?.startsWith(GONE)).length;
    result.messages.push(
      ...refused
        .slice(0, SHOWN_MESSAGES - result.messages.length)
        .map((intent) => `${intent.recordId} ${intent.field}: ${intent.reason ?? ''}`),
    );
    result.records += new Set(done.map((intent) => intent.recordId)).size;
    context.progress({
      kind: 'rows',
      step: `apply ${object}`,
      object,
      rows: result.records,
      changed: result.fields,
      totalRows: null,
    });
  }
  return { ...result, calls: context.session.calls() - before };
}

/**
 * A process of this very run may have died between a call and its answer: what the CRM holds is
 * done, the rest is planned once more.
 */
async function takeUpSent(context: RunContext, object: string): Promise<void> {
  for (let n = 0; n < APPLY_BATCHES_PER_STEP; n++) {
    const sent = await nextIntents(
      context.store,
      context.runId,
      object,
      'sent',
      context.features.writeBatch,
    );
    if (sent.length === 0) return;
    const { done, moved, open, stamps } = await compare(context, object, sent);
    const atMs = context.nowMs();
    await record(
      context,
      object,
      [
        ...done.map(
          (intent): Intent => ({
            ...intent,
            state: 'done',
            reason: 'found in the CRM after a lost answer',
            atMs,
          }),
        ),
        ...moved.map((intent): Intent => ({ ...intent, state: 'held', reason: HELD.human, atMs })),
        ...open.map((intent): Intent => ({ ...intent, state: 'planned', reason: null, atMs })),
      ],
      stamps,
    );
  }
}

/** The steps of one object as one line of a report. */
export const applyResult = (object: string, steps: ApplyStep[]): ApplyResult => ({
  object,
  records: steps.reduce((sum, step) => sum + step.records, 0),
  fields: steps.reduce((sum, step) => sum + step.fields, 0),
  rejected: steps.reduce((sum, step) => sum + step.rejected, 0),
  gone: steps.reduce((sum, step) => sum + step.gone, 0),
  calls: steps.reduce((sum, step) => sum + step.calls, 0),
  messages: steps.flatMap((step) => step.messages).slice(0, SHOWN_MESSAGES),
});

async function sendBatch(
  context: RunContext,
  object: string,
  intents: Intent[],
): Promise<Intent[]> {
  await record(
    context,
    object,
    intents.map((intent) => ({ ...intent, state: 'sent', atMs: context.nowMs() })),
  );
  const outcomes = await writeFresh(context, object, intents);
  const settled = intents.map((intent): Intent => {
    const outcome = outcomes.get(intent)!;
    if (typeof outcome === 'string')
      return {
        ...intent,
        state: 'held',
        reason: outcome === 'moved' ? HELD.human : HELD.leader,
        atMs: context.nowMs(),
      };
    if (outcome.status === 'done')
      return { ...intent, state: 'done', reason: null, atMs: context.nowMs() };
    return {
      ...intent,
      state: 'rejected',
      reason: `${outcome.gone === true ? GONE : ''}${outcome.code}: ${outcome.message}`,
      atMs: context.nowMs(),
    };
  });
  await record(context, object, settled, stampsOf(outcomes));
  await quarantine(
    context,
    object,
    settled,
    new Map(intents.map((intent, i) => [settled[i]!, outcomes.get(intent)!])),
  );
  return settled;
}

/** Stamps that the CRM gave the written records. */
const stampsOf = (outcomes: Settled): Map<string, number> =>
  new Map(
    [...outcomes.values()].flatMap((outcome) =>
      typeof outcome !== 'string' && outcome.status === 'done' && outcome.stampMs !== undefined
        ? [[outcome.id, outcome.stampMs] as const]
        : [],
    ),
  );

/**
 * The same value is not sent to the same field again until one of them changes, or a person says
 * so. A busy row is only late.
 */
async function quarantine(
  context: RunContext,
  object: string,
  settled: Intent[],
  outcomes: Settled,
): Promise<void> {
  const refusals = settled.flatMap((intent) => {
    const outcome = outcomes.get(intent)!;
    return typeof outcome === 'string' ||
      outcome.status !== 'rejected' ||
      outcome.retryable === true ||
      outcome.gone === true
      ? []
      : [
          {
            object,
            id: intent.recordId,
            field: intent.field,
            code: outcome.code,
            message: outcome.message,
            input: refusalInput(context.mapping, object, intent.field, intent.newValue),
          },
        ];
  });
  const done = settled
    .filter((intent) => intent.state === 'done')
    .map((intent) => ({ id: intent.recordId, field: intent.field }));
  await context.store.batch([
    ...saveWriteRefusals(
      context.store,
      context.connectionId,
      refusals,
      context.runId,
      context.nowMs(),
    ),
    ...releaseWrites(context.store, context.connectionId, object, done),
  ]);
}

/** What a refusal depends on: the value, and the field as the CRM describes it. */
export const refusalInput = (
  mapping: CompiledMapping,
  object: string,
  field: string,
  value: CrmValue,
): string =>
  JSON.stringify([
    value,
    mapping.writes
      .find((write) => write.object === object)
      ?.fields.find((one) => one.field === field)?.crmField ?? null,
  ]);

/** A value that is put back after every write, by a rule or a person, shows in these counts. */
async function restoredCounts(
  store: RunContext['store'],
  connectionId: string,
  object: string,
  done: Intent[],
): Promise<Map<Intent, number>> {
  const before = await ledgerOf(store, connectionId, object, [
    ...new Set(done.map((intent) => intent.recordId)),
  ]);
  return new Map(
    done.map((intent) => {
      const last = before.get(`${intent.recordId}/${intent.field}`);
      // A value that stood after its write was taken by set-up, not by what acts on every write.
      const foreign =
        last !== undefined && last.stoodMs === null && !sameValue(last.value, intent.oldValue);
      return [intent, foreign ? last.restored + 1 : 0];
    }),
  );
}

/**
 * Intent states; for done ones also the ledger and our own copy, so that the write doesn't come
 * back as a change. `stamps` by record: a reader that lags (a search index) goes on showing the
 * version before the write, and must not bring it back.
 */
export async function record(
  context: Pick<RunContext, 'store' | 'connectionId' | 'nowMs' | 'mapping'>,
  object: string,
  intents: Intent[],
  stamps: ReadonlyMap<string, number> = new Map(),
): Promise<void> {
  const { store, connectionId } = context;
  const statements: Statement[] = saveIntents(store, intents);
  const done = intents.filter((intent) => intent.state === 'done');
  if (done.length > 0) {
    const local = await localRows(store, connectionId, object, [
      ...new Set(done.map((intent) => intent.recordId)),
    ]);
    const restored = await restoredCounts(store, connectionId, object, done);
    const written = [...Map.groupBy(done, (intent) => intent.recordId)].flatMap(([id, fields]) => {
      const row = local.get(id);
      if (row === undefined) return [];
      const after: CrmRow = {
        ...row,
        stampMs: Math.max(row.stampMs, stamps.get(id) ?? 0),
        fields: {
          ...row.fields,
          ...Object.fromEntries(fields.map((intent) => [intent.field, intent.newValue])),
        },
      };
      return [{ row: after, hash: rowHash(after) }];
    });
    statements.push(
      ...saveLedger(store, done, context.nowMs(), restored),
      ...saveLocal(store, connectionId, written, context.mapping.version, context.nowMs()),
    );
  }
  // What is about to be sent must be known after a loss of power too: without its row, our own
  // value would pass for a person's.
  await store.batch(
    statements,
    intents.some((intent) => intent.state === 'sent'),
  );
}
