import type { CrmRow, CrmValue } from '../../model/connector.ts';
import type { CompiledWrite } from '../../model/mapping.ts';
import {
  ledgerOf,
  saveIntents,
  saveStood,
  type Intent,
  type LedgerEntry,
} from '../../store/intents.ts';
import { dealScorePage, partnerScorePage } from '../../store/results.ts';
import { writeRefusals } from '../../store/issues.ts';
import { localRows } from '../../store/rows.ts';
import { unmappedShare, unscoredPage } from '../../store/unscored.ts';
import {
  clearRecord,
  diffRecord,
  HELD,
  leaderOf,
  type LastWritten,
  type RecordDiff,
} from '../../writeback/diff.ts';
import { dealValues, partnerValues, type OutputValues } from '../../writeback/values.ts';
import { RETRIES } from '../../model/retry.ts';
import { refusalInput } from './apply.ts';
import type { RunContext } from '../run/context.ts';
import { tooManyGone } from '../read/deletions.ts';
import { readByIds } from '../read/read-all.ts';
import { PLAN_PAGE, PLAN_PAGES_PER_STEP } from '../run/limits.ts';
import { addChance, addFieldSums, noFieldSum, type Chance, type FieldSum } from './field-sum.ts';
import { isShadowed, shadowOf } from './shadow.ts';
import { sharedFields, standing, untouched } from './stood.ts';
import { runSpeech } from '../measure/measure-context.ts';

export interface PlanResult {
  object: string;
  entity: string;
  records: number;
  recordsChanged: number;
  fieldsChanged: number;
  fieldsUnchanged: number;
  fieldsHeld: number;
  /** Of open deals whose win probability is written; absent in older runs. */
  fieldSum?: FieldSum;
  /** What people and the CRM call the object besides; absent in older runs. */
  names?: string[];
}
export interface PlanStep extends PlanResult {
  after: string;
  done: boolean;
}

interface Target {
  id: string;
  partnerId: string | null;
  /** Of an open deal. */
  chance?: Chance;
}
interface Scored extends Target {
  object: string;
  values: OutputValues;
}
type Diff<T> = (target: T, row: CrmRow, lastWritten: LastWritten) => RecordDiff;

const SHADOW = 'shadow mode: planned, not written';
const UNTIL_SKILL = 'shadow until the track record shows skill: planned, not written';

/**
 * A few pages of the write plan: what each scored record should hold against what the CRM holds
 * now. Stored as intents; nothing is sent.
 */
export const planWrites = (
  context: RunContext,
  write: CompiledWrite,
  previous: PlanStep | null,
): Promise<PlanStep> =>
  planPages(
    context,
    write,
    previous,
    (after) => scoredPage(context, write, after),
    (scored: Scored, row, lastWritten) =>
      diffRecord(write, scored.values, row.fields, lastWritten, scored.id),
  );

/**
 * The same for records that this run did not score: what Headwater wrote there before is taken
 * back. Comes after the scores are saved.
 */
export const planClears = async (
  context: RunContext,
  write: CompiledWrite,
  previous: PlanStep | null,
): Promise<PlanStep> => {
  const fields = write.fields
    .filter((field) => field.whenGone === 'clear')
    .map((field) => field.field);
  let suspect: boolean | null = null;
  const read = async (after: string): Promise<Target[]> => {
    const page = await unscoredPage(context.store, context, { ...write, fields }, after, PLAN_PAGE);
    if (page.length > 0) suspect ??= await manyUnmapped(context, { ...write, fields });
    return page;
  };
  return await planPages(context, write, previous, read, (_, row, lastWritten) => {
    const diff = clearRecord(write, row.fields, lastWritten);
    return suspect
      ? {
          ...diff,
          changes: [],
          held: diff.changes.map((change) => ({ ...change, reason: HELD.many })),
        }
      : diff;
  });
};

/** A wrong condition or a lost permission looks like that; a closed deal is still a deal. */
async function manyUnmapped(
  context: RunContext,
  write: { object: string; entity: 'partner' | 'deal'; fields: string[] },
): Promise<boolean> {
  const { unmapped, held } = await unmappedShare(context.store, context, write);
  return tooManyGone(context.connection, unmapped, held);
}

/** The steps of one write block as one line of a report. */
export const planResult = (object: string, entity: string, steps: PlanStep[]): PlanResult =>
  steps.reduce<PlanResult>(
    (sum, step) => ({
      ...sum,
      records: sum.records + step.records,
      recordsChanged: sum.recordsChanged + step.recordsChanged,
      fieldsChanged: sum.fieldsChanged + step.fieldsChanged,
      fieldsUnchanged: sum.fieldsUnchanged + step.fieldsUnchanged,
      fieldsHeld: sum.fieldsHeld + step.fieldsHeld,
      fieldSum: addFieldSums(sum.fieldSum ?? noFieldSum(), step.fieldSum ?? noFieldSum()),
    }),
    {
      object,
      entity,
      records: 0,
      recordsChanged: 0,
      fieldsChanged: 0,
      fieldsUnchanged: 0,
      fieldsHeld: 0,
      fieldSum: noFieldSum(),
    },
  );

async function planPages<T extends Target & { object?: string }>(
  context: RunContext,
  write: CompiledWrite,
  previous: PlanStep | null,
  read: (after: string) => Promise<T[]>,
  diff: Diff<T>,
): Promise<PlanStep> {
  const result: PlanStep = {
    ...planResult(write.object, write.entity, []),
    after: previous?.after ?? '',
    done: false,
  };
  for (let n = 0; n < PLAN_PAGES_PER_STEP && !result.done; n++) {
    const page = await read(result.after);
    await context.store.batch(
      saveIntents(
        context.store,
        await pageIntents(
          context,
          write,
          page.filter((target) => (target.object ?? write.object) === write.object),
          diff,
          result,
        ),
      ),
    );
    result.after = page.at(-1)?.id ?? result.after;
    result.done = page.length < PLAN_PAGE;
  }
  return result;
}

async function pageIntents<T extends Target>(
  context: RunContext,
  write: CompiledWrite,
  page: T[],
  diffOf: Diff<T>,
  result: PlanResult,
): Promise<Intent[]> {
  const ids = page.map((target) => target.id);
  const current = await heldOrRead(context, write, ids);
  const ledger = await ledgerOf(context.store, context.servedId, write.object, ids);
  await noteStanding(context, write.object, current, ledger);
  const refused = await writeRefusals(
    context.store,
    context.servedId,
    write.object,
    ids,
    context.asOfMs - RETRIES.refusedValue.firstMs,
  );
  const shadow = await shadowOf(context);
  const why = context.connection.shadow === 'until-skill' ? UNTIL_SKILL : SHADOW;
  const intents: Intent[] = [];
  for (const target of page) {
    const row = current.get(target.id);
    if (row === undefined || row.deleted) continue;
    const diff = diffOf(target, row, (field) => {
      const last = ledger.get(`${target.id}/${field}`);
      return last && { ...last, untouched: untouched(last, row) };
    });
    const shadowed = isShadowed(shadow, target);
    const intent = (change: {
      field: string;
      from: CrmValue;
      to: CrmValue;
      reason?: string;
    }): Intent => ({
      runId: context.runId,
      connectionId: context.servedId,
      object: write.object,
      recordId: target.id,
      field: change.field,
      oldValue: change.from,
      newValue: change.to,
      state: change.reason === undefined && !shadowed ? 'planned' : 'held',
      reason: change.reason ?? (shadowed ? why : null),
      atMs: context.nowMs(),
    });
    const blocked = diff.changes.filter(
      (change) =>
        refused.get(`${target.id}/${change.field}`)?.input ===
        refusalInput(context.mapping, write.object, change.field, change.to),
    );
    diff.held.push(
      ...blocked.map((change) => ({
        ...change,
        reason: `refused by the CRM: ${refused.get(`${target.id}/${change.field}`)!.message}`,
      })),
    );
    diff.changes = diff.changes.filter((change) => !blocked.includes(change));
    const waiting = diff.changes.filter((change) =>
      blocked.some((leader) => leader.field === leaderOf(write, change.field)),
    );
    diff.held.push(...waiting.map((change) => ({ ...change, reason: HELD.leader })));
    diff.changes = diff.changes.filter((change) => !waiting.includes(change));
    intents.push(...diff.changes.map(intent), ...diff.held.map(intent));
    if (target.chance !== undefined)
      addChance(result.fieldSum!, write, target.chance, row, diff, shadowed);
    result.records++;
    result.recordsChanged += diff.changes.length > 0 && !shadowed ? 1 : 0;
    result.fieldsChanged += shadowed ? 0 : diff.changes.length;
    result.fieldsUnchanged += diff.unchanged;
    result.fieldsHeld += diff.held.length + (shadowed ? diff.changes.length : 0);
  }
  return intents;
}

/** What the pull saw of our values in shared fields; a dry run leaves the ledger alone. */
async function noteStanding(
  context: RunContext,
  object: string,
  rows: Map<string, CrmRow>,
  ledger: Map<string, LedgerEntry>,
): Promise<void> {
  const { store, servedId, resultsId, asOfMs, features } = context;
  const fields = sharedFields(context, object);
  if (fields.length === 0 || resultsId !== servedId) return;
  const entries = standing(rows, ledger, fields, asOfMs, features);
  await store.batch(saveStood(store, servedId, object, entries));
}

/**
 * Rows as we hold them; a record that left the filter of its stream is held no more, and what we
 * wrote there must be taken back all the same, so it is asked for.
 */
async function heldOrRead(
  context: RunContext,
  write: CompiledWrite,
  ids: string[],
): Promise<Map<string, CrmRow>> {
  const held = await localRows(context.store, context.connectionId, write.object, ids);
  const stream = context.mapping.streams?.find(({ object }) => object === write.object);
  const missing = ids.filter((id) => !held.has(id));
  if (missing.length === 0 || (stream?.where.length ?? 0) === 0) return held;
  const fields = write.fields.filter(({ crmField }) => crmField !== null).map(({ field }) => field);
  const found = await readByIds(context.session, { object: write.object, fields }, missing);
  return new Map([...held, ...found]);
}

async function scoredPage(
  context: RunContext,
  write: CompiledWrite,
  after: string,
): Promise<Scored[]> {
  const room = Object.fromEntries(
    write.fields.flatMap((field) =>
      field.crmField?.length == null ? [] : [[field.output, field.crmField.length]],
    ),
  );
  const speech = runSpeech(context);
  if (write.entity === 'partner') {
    const page = await partnerScorePage(
      context.store,
      context.resultsId,
      context.runId,
      after,
      PLAN_PAGE,
    );
    return page.map((score) => ({
      id: score.partnerId,
      object: score.object,
      partnerId: score.partnerId,
      values: partnerValues(score, speech, room),
    }));
  }
  const page = await dealScorePage(
    context.store,
    context.resultsId,
    context.runId,
    after,
    PLAN_PAGE,
  );
  return page.map((score) => ({
    id: score.dealId,
    object: score.object,
    partnerId: score.partnerId,
    chance: { amount: score.amount, probability: score.probability },
    values: dealValues(score, speech, room),
  }));
}
