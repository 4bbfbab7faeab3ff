import type { PlanFacts } from '../../model/facts.ts';
import { agreedPlan, planNotes, type PlanNote } from '../../predict/index.ts';
import { namedPartners, plansOfSurvivors } from '../../store/keep-plans.ts';
import { refusedRowsOf } from '../../store/issues.ts';
import { approveRevision, revisionsOf } from '../../store/plan-revisions.ts';
import type { Store } from '../../store/store.ts';
import { contextOutsideRun } from './measure-context.ts';
import { changedTerms, type TermChange } from './plan-diff.ts';
import { planSettings } from './plan-import.ts';
import { orphanNote } from './plan-notes.ts';

/** Joint plans as people look at them: on the command line, over the API, at a deployment. */

/** Which plans are wanted; what is left out does not narrow. */
export interface WantedPlans {
  /** Account of the partner, or part of its name. */
  partner?: string | undefined;
  plan?: string | undefined;
  /** Only those that were known by then, as they stood. */
  byMs?: number | undefined;
}

/** A plan as agreed, whose it is, and what waits for an approval. */
export interface StandingPlan {
  partnerId: string;
  partner: string;
  /** Null = it has no memory yet. */
  revision: number | null;
  proposed: { revision: number; at: string } | null;
  plan: Omit<PlanFacts, 'revisions'>;
}

interface Owned {
  partnerId: string;
  partner: string;
  /** False = the account is no partner. */
  known: boolean;
  plans: PlanFacts[];
}

async function* ownedPlans(store: Store, connectionId: string): AsyncGenerator<Owned> {
  const named = await namedPartners(store, connectionId);
  const names = new Map(named.map((one) => [one.accountId ?? one.id, one.name]));
  for await (const page of plansOfSurvivors(store, connectionId))
    for (const [partnerId, plans] of page)
      yield {
        ...{ partnerId, partner: names.get(partnerId) ?? partnerId },
        ...{ known: names.has(partnerId), plans },
      };
}

const isOf = ({ partnerId, partner }: Owned, words: string): boolean =>
  partnerId.toLowerCase() === words || partner.toLowerCase().includes(words);
const knownBy = ({ revisions }: PlanFacts, byMs: number): boolean =>
  (revisions ?? []).some(({ atMs }) => atMs <= byMs);

/** Plans as they stand at `nowMs`, or stood at the moment that is asked for, one after another. */
export async function* standingPlans(
  store: Store,
  connectionId: string,
  { partner, plan: id, byMs }: WantedPlans,
  nowMs: number,
): AsyncGenerator<StandingPlan> {
  const { timeZone } = await planSettings(store, connectionId);
  const words = partner?.trim().toLowerCase();
  for await (const owned of ownedPlans(store, connectionId)) {
    if (words !== undefined && !isOf(owned, words)) continue;
    for (const one of owned.plans) {
      if (id !== undefined && one.id !== id) continue;
      if (byMs !== undefined && !knownBy(one, byMs)) continue;
      const { plan, revision, proposed } = agreedPlan(one, byMs ?? nowMs, timeZone);
      const { revisions: _, ...terms } = plan;
      const waits =
        proposed === null
          ? null
          : { revision: proposed.revision, at: new Date(proposed.atMs).toISOString() };
      const { partnerId, partner: name } = owned;
      yield { partnerId, partner: name, revision, proposed: waits, plan: terms };
    }
  }
}

/** Something about a plan of a partner, or about a row of one that the mapping refused. */
export interface FoundOfPlan extends Omit<PlanNote, 'planId'> {
  /** Null = of a row that became part of no plan. */
  planId: string | null;
  plan: string | null;
  partnerId: string | null;
  partner: string | null;
  /** The row of the CRM that was refused. */
  row: { object: string; id: string } | null;
}

const ROW_CURE = 'Put it right in the CRM: the row is read again once it changes.';

/** How many plans there are, and what a person should know or put right about them. */
export async function findingsOfPlans(
  store: Store,
  connectionId: string,
  nowMs: number,
): Promise<{ plans: number; findings: FoundOfPlan[] }> {
  const settings = await planSettings(store, connectionId);
  const context = await contextOutsideRun(store, connectionId, settings, nowMs);
  const refused = await refusedRowsOf(store, connectionId, ['plan', 'target', 'milestone']);
  const findings = refused.map(
    ({ object, id, message }): FoundOfPlan => ({
      ...{ severity: 'error', code: 'REFUSED', message, cure: ROW_CURE },
      ...{ planId: null, plan: null, partnerId: null, partner: null, row: { object, id } },
    }),
  );
  let count = 0;
  for await (const { partnerId, partner, known, plans } of ownedPlans(store, connectionId)) {
    count += plans.length;
    const names = new Map(plans.map(({ id, name }) => [id, name]));
    const orphans = known ? [] : plans.map((plan) => orphanNote(plan, partnerId, context));
    for (const note of [...planNotes(plans, context), ...orphans])
      findings.push({ ...note, partnerId, partner, plan: names.get(note.planId)!, row: null });
  }
  return { plans: count, findings };
}

/** One revision: who, when, why, and what it changed. */
export interface RevisionStep {
  revision: number;
  at: string;
  /** Null = seen in the CRM, which does not say. */
  by: string | null;
  why: string | null;
  approvedBy: string | null;
  changes: TermChange[];
}

/** Every revision of a plan; none where nobody knows it. */
export async function revisionSteps(
  store: Store,
  connectionId: string,
  id: string,
): Promise<RevisionStep[]> {
  const rows = await revisionsOf(store, connectionId, id);
  return rows.map((row, i) => ({
    revision: row.revision,
    at: new Date(row.atMs).toISOString(),
    by: row.byWho,
    why: row.why,
    approvedBy: row.approvedBy,
    changes: i === 0 ? [] : changedTerms(JSON.parse(rows[i - 1]!.terms), JSON.parse(row.terms)),
  }));
}

/** Notes that both sides agreed to a revision, the newest when left out; null = there is none. */
export async function approvePlan(
  store: Store,
  connectionId: string,
  id: string,
  { by, revision }: { by: string; revision?: number | undefined },
  atMs: number,
): Promise<{ plan: string; revision: number; approvedAt: string } | null> {
  const rows = await revisionsOf(store, connectionId, id);
  const row = revision === undefined ? rows.at(-1) : rows.find((one) => one.revision === revision);
  if (row === undefined) return null;
  await store.batch(approveRevision(store, row, by, atMs));
  return { plan: id, revision: row.revision, approvedAt: new Date(atMs).toISOString() };
}
