import type { CrmRow, CrmValue, WriteOutcome, WriteRow } from '../model/connector.ts';
import { asHeadwaterError, type HeadwaterError } from '../model/error.ts';
import type { CompiledMapping } from '../model/mapping.ts';
import { releaseWrites, saveWriteRefusals } from '../store/issues.ts';
import { nextIntents, saveIntents, saveLedger, type Intent } from '../store/intents.ts';
import { localRows, saveLocal } from '../store/rows.ts';
import type { Statement } from '../store/store.ts';
import { HELD } from '../writeback/diff.ts';
import { sameValue } from '../writeback/precision.ts';
import { rowHash } from './commit.ts';
import type { RunContext } from './context.ts';
import { APPLY_BATCHES_PER_STEP } from './limits.ts';
import { readByIds } from './read-all.ts';

export interface ApplyResult { object: string; records: number; fields: number; rejected: number; calls: number; messages: string[] }

/** A locked row is worth three tries; after that it waits for the next run. */
const MAX_ATTEMPTS = 3;
const RETRY_WAIT_MS = 1000;
/** Enough of the CRM's own words to see what is wrong; the rest is in the intents. */
const SHOWN_MESSAGES = 5;

export interface ApplyStep extends ApplyResult { done: boolean }

/** Sends a few batches of the run's planned intents. Each batch is recorded as sent before the call and settled after it. */
export async function applyPlan(context: RunContext, object: string): Promise<ApplyStep> {
  const before = context.session.calls();
  const result: ApplyStep = { object, records: 0, fields: 0, rejected: 0, calls: 0, messages: [], done: false };
  await takeUpSent(context, object);
  for (let n = 0; n < APPLY_BATCHES_PER_STEP && !result.done; n++) {
    const intents = await nextIntents(context.store, context.runId, object, 'planned', context.features.writeBatch);
    result.done = intents.length === 0;
    if (result.done) break;
    const settled = await sendBatch(context, object, intents);
    const refused = settled.filter((intent) => intent.state === 'rejected');
    result.fields += settled.filter((intent) => intent.state === 'done').length;
    result.rejected += refused.length;
    result.messages.push(...refused.slice(0, SHOWN_MESSAGES - result.messages.length).map((intent) => `${intent.recordId} ${intent.field}: ${intent.reason ?? ''}`));
    result.records += new Set(settled.filter((intent) => intent.state === 'done').map((intent) => intent.recordId)).size;
    context.progress({ kind: 'rows', step: `apply ${object}`, object, rows: result.records, changed: result.fields, totalRows: null });
  }
  return { ...result, calls: context.session.calls() - before };
}

/** A process of this very run may have died between a call and its answer: what the CRM holds is done, the rest is planned once more. */
async function takeUpSent(context: RunContext, object: string): Promise<void> {
  for (let n = 0; n < APPLY_BATCHES_PER_STEP; n++) {
    const sent = await nextIntents(context.store, context.runId, object, 'sent', context.features.writeBatch);
    if (sent.length === 0) return;
    const { done, moved, open } = await compare(context, object, sent);
    const atMs = context.nowMs();
    await record(context, object, [
      ...done.map((intent): Intent => ({ ...intent, state: 'done', reason: 'found in the CRM after a lost answer', atMs })),
      ...moved.map((intent): Intent => ({ ...intent, state: 'held', reason: HELD.human, atMs })),
      ...open.map((intent): Intent => ({ ...intent, state: 'planned', reason: null, atMs })),
    ]);
  }
}

/** The steps of one object as one line of a report. */
export const applyResult = (object: string, steps: ApplyStep[]): ApplyResult => ({
  object, records: steps.reduce((sum, step) => sum + step.records, 0), fields: steps.reduce((sum, step) => sum + step.fields, 0), rejected: steps.reduce((sum, step) => sum + step.rejected, 0),
  calls: steps.reduce((sum, step) => sum + step.calls, 0), messages: steps.flatMap((step) => step.messages).slice(0, SHOWN_MESSAGES),
});

/** What became of one intent; `moved`: a person changed the field since it was planned. */
type Settled = Map<Intent, WriteOutcome | 'moved'>;

async function sendBatch(context: RunContext, object: string, intents: Intent[]): Promise<Intent[]> {
  await record(context, object, intents.map((intent) => ({ ...intent, state: 'sent', atMs: context.nowMs() })));
  const outcomes = await writeFresh(context, object, intents);
  const settled = intents.map((intent): Intent => {
    const outcome = outcomes.get(intent)!;
    if (outcome === 'moved') return { ...intent, state: 'held', reason: HELD.human, atMs: context.nowMs() };
    if (outcome.status === 'done') return { ...intent, state: 'done', reason: null, atMs: context.nowMs() };
    return { ...intent, state: 'rejected', reason: `${outcome.code}: ${outcome.message}`, atMs: context.nowMs() };
  });
  await record(context, object, settled);
  await quarantine(context, object, settled, new Map(intents.map((intent, i) => [settled[i]!, outcomes.get(intent)!])));
  return settled;
}

/** The same value is not sent to the same field again until one of them changes, or a person says so. A busy row is only late. */
async function quarantine(context: RunContext, object: string, settled: Intent[], outcomes: Settled): Promise<void> {
  const refusals = settled.flatMap((intent) => {
    const outcome = outcomes.get(intent)!;
    return outcome === 'moved' || outcome.status !== 'rejected' || outcome.retryable === true ? []
      : [{ object, id: intent.recordId, field: intent.field, code: outcome.code, message: outcome.message, input: refusalInput(context.mapping, object, intent.field, intent.newValue) }];
  });
  const done = settled.filter((intent) => intent.state === 'done').map((intent) => ({ id: intent.recordId, field: intent.field }));
  await context.store.batch([...saveWriteRefusals(context.store, context.connectionId, refusals, context.runId, context.nowMs()), ...releaseWrites(context.store, context.connectionId, object, done)]);
}

/** What a refusal depends on: the value, and the field as the CRM describes it. */
export const refusalInput = (mapping: CompiledMapping, object: string, field: string, value: CrmValue): string =>
  JSON.stringify([value, mapping.writes.find((write) => write.object === object)?.fields.find((one) => one.field === field)?.crmField ?? null]);

const toRows = (intents: Intent[]): WriteRow[] =>
  [...Map.groupBy(intents, (intent) => intent.recordId)].map(([id, fields]) => ({ id, fields: Object.fromEntries(fields.map((intent) => [intent.field, intent.newValue])) }));

/**
 * Sends intents after one more look at the shared fields among them: what a person typed since the pull is held, not overwritten.
 * No CRM here can compare and set in one batch call, so what is typed between this look and the write is beyond anybody's sight.
 */
async function writeFresh(context: RunContext, object: string, intents: Intent[]): Promise<Settled> {
  const shared = intents.filter((intent) => isShared(context.mapping, intent));
  const seen = await compare(context, object, shared);
  const rest = [...intents.filter((intent) => !shared.includes(intent)), ...seen.open];
  return new Map([...known(seen), ...await writeRows(context, object, rest, MAX_ATTEMPTS)]);
}

const isShared = (mapping: CompiledMapping, intent: Intent): boolean =>
  mapping.writes.some((write) => write.object === intent.object && write.fields.some((field) => field.field === intent.field && field.owner === 'shared'));

const known = ({ done, moved }: Compared): Settled => new Map<Intent, WriteOutcome | 'moved'>([...done.map((intent) => [intent, { id: intent.recordId, status: 'done' }] as const), ...moved.map((intent) => [intent, 'moved'] as const)]);

/** One write call and what follows from it: a lost answer is read back, a refusal of the whole batch is bisected, a busy row is tried again. */
async function writeRows(context: RunContext, object: string, intents: Intent[], attempts: number): Promise<Settled> {
  if (intents.length === 0) return new Map();
  // The CRM knows nothing of leases: a process that was overtaken while it waited learns it here, before it writes.
  await context.store.batch([]);
  let outcomes: WriteOutcome[];
  try {
    outcomes = await context.session.write(object, toRows(intents));
  } catch (error) {
    return await afterFailure(context, object, intents, attempts, asHeadwaterError(error));
  }
  const byId = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
  const settled: Settled = new Map(intents.map((intent) => [intent, byId.get(intent.recordId)!]));
  const busy = intents.filter((intent) => { const outcome = byId.get(intent.recordId); return outcome?.status === 'rejected' && outcome.retryable === true; });
  if (busy.length === 0 || attempts <= 1) return settled;
  return new Map([...settled, ...await writeAgain(context, object, busy, attempts)]);
}

/** The rows may have changed while we waited, by ourselves (a lost answer) or by a person. */
async function writeAgain(context: RunContext, object: string, intents: Intent[], attempts: number): Promise<Settled> {
  await context.sleep(RETRY_WAIT_MS);
  const seen = await compare(context, object, intents);
  return new Map([...known(seen), ...await writeRows(context, object, seen.open, attempts - 1)]);
}

async function afterFailure(context: RunContext, object: string, intents: Intent[], attempts: number, error: HeadwaterError): Promise<Settled> {
  if (error.outcomeUnknown || error.kind === 'transient') {
    if (attempts > 1) return await writeAgain(context, object, intents, attempts);
    const seen = await compare(context, object, intents);
    if (seen.open.length > 0) throw error;
    return known(seen);
  }
  if (error.kind !== 'rejected') throw error;
  const ids = [...new Set(intents.map((intent) => intent.recordId))];
  if (ids.length === 1) return new Map(intents.map((intent) => [intent, { id: intent.recordId, status: 'rejected', code: error.code ?? 'REJECTED', message: error.message, fields: [] }]));
  const first = new Set(ids.slice(0, Math.ceil(ids.length / 2)));
  const half = (wanted: boolean): Intent[] => intents.filter((intent) => first.has(intent.recordId) === wanted);
  return new Map([...await writeRows(context, object, half(true), attempts), ...await writeRows(context, object, half(false), attempts)]);
}

export interface Compared { done: Intent[]; moved: Intent[]; open: Intent[] }

/**
 * Intents against what the CRM holds now, field by field: a timed-out write is unknown, never failed. `done`: it holds the new value;
 * `moved`: it is a shared field that holds neither the old nor the new one; `open`: still to be written.
 */
export async function compare(context: Pick<RunContext, 'session' | 'mapping'>, object: string, intents: Intent[]): Promise<Compared> {
  const result: Compared = { done: [], moved: [], open: [] };
  if (intents.length === 0) return result;
  const fields = [...new Set(intents.map((intent) => intent.field))].sort();
  const found = await readByIds(context.session, { object, fields }, [...new Set(intents.map((intent) => intent.recordId))]);
  for (const intent of intents) {
    const row = found.get(intent.recordId);
    const holds = row?.fields[intent.field] ?? null;
    if (row !== undefined && sameValue(holds, intent.newValue)) result.done.push(intent);
    else if (row !== undefined && isShared(context.mapping, intent) && !sameValue(holds, intent.oldValue)) result.moved.push(intent);
    else result.open.push(intent);
  }
  return result;
}

/** Intent states; for done ones also the ledger and our own copy, so that the write doesn't come back as a change. */
export async function record(context: Pick<RunContext, 'store' | 'connectionId' | 'nowMs' | 'mapping'>, object: string, intents: Intent[]): Promise<void> {
  const { store, connectionId } = context;
  const statements: Statement[] = saveIntents(store, intents);
  const done = intents.filter((intent) => intent.state === 'done');
  if (done.length > 0) {
    const local = await localRows(store, connectionId, object, [...new Set(done.map((intent) => intent.recordId))]);
    const written = [...Map.groupBy(done, (intent) => intent.recordId)].flatMap(([id, fields]) => {
      const row = local.get(id);
      if (row === undefined) return [];
      const after: CrmRow = { ...row, fields: { ...row.fields, ...Object.fromEntries(fields.map((intent) => [intent.field, intent.newValue])) } };
      return [{ row: after, hash: rowHash(after) }];
    });
    statements.push(...saveLedger(store, done, context.nowMs()), ...saveLocal(store, connectionId, written, context.mapping.version, context.nowMs()));
  }
  await store.batch(statements);
}
