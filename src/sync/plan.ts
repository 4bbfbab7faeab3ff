import type { CrmValue } from '../model/connector.ts';
import type { CompiledWrite } from '../model/mapping.ts';
import { ledgerOf, saveIntents, type Intent } from '../store/intents.ts';
import { dealScorePage, partnerScorePage } from '../store/results.ts';
import { localRows } from '../store/rows.ts';
import { diffRecord } from '../writeback/diff.ts';
import { dealValues, partnerValues, type OutputValues } from '../writeback/values.ts';
import type { RunContext } from './context.ts';

const PLAN_PAGE = 500;

export interface PlanResult { object: string; entity: string; records: number; recordsChanged: number; fieldsChanged: number; fieldsUnchanged: number; fieldsHeld: number }

interface Scored { id: string; object: string; values: OutputValues }

/** The write plan of this run: what each scored record should hold against what the CRM holds now. Stored as intents; nothing is sent. */
export async function planWrites(context: RunContext): Promise<PlanResult[]> {
  const results: PlanResult[] = [];
  for (const write of context.mapping.writes) results.push(await planWrite(context, write));
  return results;
}

async function planWrite(context: RunContext, write: CompiledWrite): Promise<PlanResult> {
  const result: PlanResult = { object: write.object, entity: write.entity, records: 0, recordsChanged: 0, fieldsChanged: 0, fieldsUnchanged: 0, fieldsHeld: 0 };
  for (let after = ''; ;) {
    const page = await scoredPage(context, write, after);
    const own = page.filter((scored) => scored.object === write.object);
    const ids = own.map((scored) => scored.id);
    const current = await localRows(context.store, context.connectionId, write.object, ids);
    const ledger = await ledgerOf(context.store, context.connectionId, write.object, ids);
    const intents: Intent[] = [];
    for (const scored of own) {
      const row = current.get(scored.id);
      if (row === undefined || row.deleted) continue;
      const diff = diffRecord(write, scored.values, row.fields, (field) => ledger.get(`${scored.id}/${field}`)?.value);
      const intent = (change: { field: string; from: CrmValue; to: CrmValue; reason?: string }): Intent => ({
        runId: context.runId, connectionId: context.connectionId, object: write.object, recordId: scored.id, field: change.field,
        oldValue: change.from, newValue: change.to, state: change.reason === undefined ? 'planned' : 'held', reason: change.reason ?? null, atMs: context.nowMs(),
      });
      intents.push(...diff.changes.map(intent), ...diff.held.map(intent));
      result.records++;
      result.recordsChanged += diff.changes.length > 0 ? 1 : 0;
      result.fieldsChanged += diff.changes.length;
      result.fieldsUnchanged += diff.unchanged;
      result.fieldsHeld += diff.held.length;
    }
    await context.store.batch(saveIntents(context.store, intents));
    if (page.length < PLAN_PAGE) return result;
    after = page.at(-1)!.id;
  }
}

async function scoredPage(context: RunContext, write: CompiledWrite, after: string): Promise<Scored[]> {
  const room = Object.fromEntries(write.fields.flatMap((field) => (field.crmField?.length == null ? [] : [[field.output, field.crmField.length]])));
  if (write.entity === 'partner') {
    const page = await partnerScorePage(context.store, context.connectionId, context.runId, after, PLAN_PAGE);
    return page.map((score) => ({ id: score.partnerId, object: score.object, values: partnerValues(score, room) }));
  }
  const page = await dealScorePage(context.store, context.connectionId, context.runId, after, PLAN_PAGE);
  return page.map((score) => ({ id: score.dealId, object: score.object, values: dealValues(score, room) }));
}
