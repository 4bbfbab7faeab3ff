import type { CrmRow, CrmValue, WriteOutcome, WriteRow } from '../model/connector.ts';
import { asHeadwaterError, type HeadwaterError } from '../model/error.ts';
import type { CompiledMapping } from '../model/mapping.ts';
import { releaseWrites, saveWriteRefusals } from '../store/issues.ts';
import { nextIntents, saveIntents, saveLedger, type Intent } from '../store/intents.ts';
import { localRows, saveLocal } from '../store/rows.ts';
import type { Statement } from '../store/store.ts';
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
  for (let n = 0; n < APPLY_BATCHES_PER_STEP && !result.done; n++) {
    const intents = await nextIntents(context.store, context.runId, object, 'planned', context.features.writeBatch);
    result.done = intents.length === 0;
    if (result.done) break;
    const settled = await sendBatch(context, object, intents);
    const refused = settled.filter((intent) => intent.state === 'rejected');
    result.fields += settled.length - refused.length;
    result.rejected += refused.length;
    result.messages.push(...refused.slice(0, SHOWN_MESSAGES - result.messages.length).map((intent) => `${intent.recordId} ${intent.field}: ${intent.reason ?? ''}`));
    result.records += new Set(settled.filter((intent) => intent.state === 'done').map((intent) => intent.recordId)).size;
    context.progress({ kind: 'rows', step: `apply ${object}`, object, rows: result.records, changed: result.fields, totalRows: null });
  }
  return { ...result, calls: context.session.calls() - before };
}

/** The steps of one object as one line of a report. */
export const applyResult = (object: string, steps: ApplyStep[]): ApplyResult => ({
  object, records: steps.reduce((sum, step) => sum + step.records, 0), fields: steps.reduce((sum, step) => sum + step.fields, 0), rejected: steps.reduce((sum, step) => sum + step.rejected, 0),
  calls: steps.reduce((sum, step) => sum + step.calls, 0), messages: steps.flatMap((step) => step.messages).slice(0, SHOWN_MESSAGES),
});

async function sendBatch(context: RunContext, object: string, intents: Intent[]): Promise<Intent[]> {
  await record(context, object, intents.map((intent) => ({ ...intent, state: 'sent', atMs: context.nowMs() })));
  const outcomes = await writeRows(context, object, toRows(intents), MAX_ATTEMPTS);
  const settled = intents.map((intent): Intent => {
    const outcome = outcomes.get(intent.recordId)!;
    if (outcome.status === 'done') return { ...intent, state: 'done', reason: null, atMs: context.nowMs() };
    return { ...intent, state: 'rejected', reason: `${outcome.code}: ${outcome.message}`, atMs: context.nowMs() };
  });
  await record(context, object, settled);
  await quarantine(context, object, settled, outcomes);
  return settled;
}

/** The same value is not sent to the same field again until one of them changes, or a person says so. A busy row is only late. */
async function quarantine(context: RunContext, object: string, settled: Intent[], outcomes: Map<string, WriteOutcome>): Promise<void> {
  const refusals = settled.flatMap((intent) => {
    const outcome = outcomes.get(intent.recordId);
    return outcome?.status !== 'rejected' || outcome.retryable === true ? []
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

/** One write call and what follows from it: a lost answer is read back, a refusal of the whole batch is bisected, a busy row is tried again. */
async function writeRows(context: RunContext, object: string, rows: WriteRow[], attempts: number): Promise<Map<string, WriteOutcome>> {
  let outcomes: WriteOutcome[];
  try {
    outcomes = await context.session.write(object, rows);
  } catch (error) {
    return await afterFailure(context, object, rows, attempts, asHeadwaterError(error));
  }
  const byId = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
  const busy = rows.filter((row) => { const outcome = byId.get(row.id); return outcome?.status === 'rejected' && outcome.retryable === true; });
  if (busy.length === 0 || attempts <= 1) return byId;
  await context.sleep(RETRY_WAIT_MS);
  return new Map([...byId, ...await writeRows(context, object, busy, attempts - 1)]);
}

async function afterFailure(context: RunContext, object: string, rows: WriteRow[], attempts: number, error: HeadwaterError): Promise<Map<string, WriteOutcome>> {
  if (error.outcomeUnknown || error.kind === 'transient') {
    const { done, open } = await readBack(context, object, rows);
    const settled = new Map<string, WriteOutcome>(done.map((row) => [row.id, { id: row.id, status: 'done' }]));
    if (open.length === 0) return settled;
    if (attempts <= 1) throw error;
    await context.sleep(RETRY_WAIT_MS);
    return new Map([...settled, ...await writeRows(context, object, open, attempts - 1)]);
  }
  if (error.kind !== 'rejected') throw error;
  if (rows.length === 1) return new Map([[rows[0]!.id, { id: rows[0]!.id, status: 'rejected', code: error.code ?? 'REJECTED', message: error.message, fields: [] }]]);
  const half = Math.ceil(rows.length / 2);
  return new Map([...await writeRows(context, object, rows.slice(0, half), attempts), ...await writeRows(context, object, rows.slice(half), attempts)]);
}

/** Which of these writes the CRM holds. A timed-out write is unknown, never failed. */
export async function readBack(context: Pick<RunContext, 'session'>, object: string, rows: WriteRow[]): Promise<{ done: WriteRow[]; open: WriteRow[] }> {
  const fields = [...new Set(rows.flatMap((row) => Object.keys(row.fields)))].sort();
  const found = await readByIds(context.session, { object, fields }, rows.map((row) => row.id));
  const holds = (row: WriteRow): boolean => Object.entries(row.fields).every(([field, value]) => sameValue(found.get(row.id)?.fields[field] ?? null, value));
  return { done: rows.filter(holds), open: rows.filter((row) => !holds(row)) };
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
