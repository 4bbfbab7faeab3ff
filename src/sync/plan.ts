import type { CrmValue } from '../model/connector.ts';
import type { CompiledWrite } from '../model/mapping.ts';
import { ledgerOf, saveIntents, type Intent } from '../store/intents.ts';
import { dealScorePage, partnerScorePage } from '../store/results.ts';
import { writeRefusals } from '../store/issues.ts';
import { localRows } from '../store/rows.ts';
import { diffRecord } from '../writeback/diff.ts';
import { dealValues, partnerValues, type OutputValues } from '../writeback/values.ts';
import { refusalInput } from './apply.ts';
import type { RunContext } from './context.ts';
import { PLAN_PAGE, PLAN_PAGES_PER_STEP } from './limits.ts';

export interface PlanResult { object: string; entity: string; records: number; recordsChanged: number; fieldsChanged: number; fieldsUnchanged: number; fieldsHeld: number }
export interface PlanStep extends PlanResult { after: string; done: boolean }

interface Scored { id: string; object: string; partnerId: string | null; values: OutputValues }

const SHADOW = 'shadow mode: planned, not written';

/** A few pages of the write plan: what each scored record should hold against what the CRM holds now. Stored as intents; nothing is sent. */
export async function planWrites(context: RunContext, write: CompiledWrite, previous: PlanStep | null): Promise<PlanStep> {
  const result: PlanStep = { object: write.object, entity: write.entity, records: 0, recordsChanged: 0, fieldsChanged: 0, fieldsUnchanged: 0, fieldsHeld: 0, after: previous?.after ?? '', done: false };
  for (let n = 0; n < PLAN_PAGES_PER_STEP && !result.done; n++) {
    const page = await scoredPage(context, write, result.after);
    await context.store.batch(saveIntents(context.store, await pageIntents(context, write, page.filter((scored) => scored.object === write.object), result)));
    result.after = page.at(-1)?.id ?? result.after;
    result.done = page.length < PLAN_PAGE;
  }
  return result;
}

async function pageIntents(context: RunContext, write: CompiledWrite, page: Scored[], result: PlanResult): Promise<Intent[]> {
  const ids = page.map((scored) => scored.id);
  const current = await localRows(context.store, context.connectionId, write.object, ids);
  const ledger = await ledgerOf(context.store, context.connectionId, write.object, ids);
  const refused = await writeRefusals(context.store, context.connectionId, write.object, ids);
  const intents: Intent[] = [];
  for (const scored of page) {
    const row = current.get(scored.id);
    if (row === undefined || row.deleted) continue;
    const diff = diffRecord(write, scored.values, row.fields, (field) => ledger.get(`${scored.id}/${field}`)?.value);
    const shadowed = context.connection.shadow === 'all' || (scored.partnerId !== null && context.connection.shadow.includes(scored.partnerId));
    const intent = (change: { field: string; from: CrmValue; to: CrmValue; reason?: string }): Intent => ({
      runId: context.runId, connectionId: context.connectionId, object: write.object, recordId: scored.id, field: change.field,
      oldValue: change.from, newValue: change.to, state: change.reason === undefined && !shadowed ? 'planned' : 'held', reason: change.reason ?? (shadowed ? SHADOW : null), atMs: context.nowMs(),
    });
    const blocked = diff.changes.filter((change) => refused.get(`${scored.id}/${change.field}`)?.input === refusalInput(context.mapping, write.object, change.field, change.to));
    diff.held.push(...blocked.map((change) => ({ ...change, reason: `refused by the CRM: ${refused.get(`${scored.id}/${change.field}`)!.message}` })));
    diff.changes = diff.changes.filter((change) => !blocked.includes(change));
    intents.push(...diff.changes.map(intent), ...diff.held.map(intent));
    result.records++;
    result.recordsChanged += diff.changes.length > 0 && !shadowed ? 1 : 0;
    result.fieldsChanged += shadowed ? 0 : diff.changes.length;
    result.fieldsUnchanged += diff.unchanged;
    result.fieldsHeld += diff.held.length + (shadowed ? diff.changes.length : 0);
  }
  return intents;
}

async function scoredPage(context: RunContext, write: CompiledWrite, after: string): Promise<Scored[]> {
  const room = Object.fromEntries(write.fields.flatMap((field) => (field.crmField?.length == null ? [] : [[field.output, field.crmField.length]])));
  if (write.entity === 'partner') {
    const page = await partnerScorePage(context.store, context.connectionId, context.runId, after, PLAN_PAGE);
    return page.map((score) => ({ id: score.partnerId, object: score.object, partnerId: score.partnerId, values: partnerValues(score, room) }));
  }
  const page = await dealScorePage(context.store, context.connectionId, context.runId, after, PLAN_PAGE);
  return page.map((score) => ({ id: score.dealId, object: score.object, partnerId: score.partnerId, values: dealValues(score, room) }));
}
