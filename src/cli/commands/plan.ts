import type { Command } from 'commander';
import { HeadwaterError } from '../../model/error.ts';
import type { PlanFacts } from '../../model/facts.ts';
import { agreedPlan, planNotes } from '../../predict/index.ts';
import { allPlans, namedPartners } from '../../store/keep-plans.ts';
import { approveRevision, revisionsOf } from '../../store/plan-revisions.ts';
import type { Store } from '../../store/store.ts';
import { contextOutsideRun } from '../../sync/measure/measure-context.ts';
import { changedTerms } from '../../sync/measure/plan-diff.ts';
import { planSettings } from '../../sync/measure/plan-import.ts';
import { EXIT, printJson, usage, withDatabase } from '../command.ts';
import type { CliDeps, SetExit } from '../deps.ts';
import { heading, instant, plural, printable, table } from '../format.ts';
import { CONNECTION_ID, onPlans, type PlanOptions } from './on-plans.ts';
import { registerPlanImport } from './plan-import.ts';
import { changesText, findingsText, planText } from './plan-text.ts';

export function registerPlan(plan: Command, deps: CliDeps, setExit: SetExit): void {
  registerPlanImport(plan, deps, setExit);
  registerLooking(plan, deps, setExit);
  registerAgreeing(plan, deps);
}

function registerLooking(plan: Command, deps: CliDeps, setExit: SetExit): void {
  withDatabase(
    plan
      .command('check')
      .description(
        'what is wrong with the plans: overlaps, drafts, zero goals, unknown metrics, reviews due',
      ),
    'headwater plan check',
  )
    .option(...CONNECTION_ID)
    .action(async (options: PlanOptions) => await checkPlans(deps, options, setExit));
  withDatabase(
    plan.command('show').description('plans as they stand, or as they stood on a day'),
    'headwater plan show --partner Northwind --as-of 2026-09-30',
  )
    .option(...CONNECTION_ID)
    .option('--partner <id or name>', 'of this partner')
    .option('--plan <id>', 'this plan')
    .option('--as-of <day>', 'as they stood at the end of this day')
    .action(async (options: PlanOptions & Which) => await showPlans(deps, options));
  withDatabase(
    plan
      .command('diff')
      .description('what changed from one revision of a plan to the next')
      .argument('<plan>', 'its id'),
    'headwater plan diff plan-0f3a',
  )
    .option(...CONNECTION_ID)
    .action(async (id: string, options: PlanOptions) => await diffPlan(deps, id, options));
  withDatabase(
    plan
      .command('review')
      .description('plans whose review is due, and changes that wait for an approval'),
    'headwater plan review',
  )
    .option(...CONNECTION_ID)
    .action(async (options: PlanOptions) => await reviewPlans(deps, options));
}

interface Which {
  partner?: string;
  plan?: string;
  asOf?: string;
}

interface Named {
  partnerId: string;
  partner: string;
  plan: PlanFacts;
}

async function namedPlans(store: Store, connectionId: string): Promise<Named[]> {
  const names = new Map(
    (await namedPartners(store, connectionId)).map((one) => [one.accountId ?? one.id, one.name]),
  );
  const held = await allPlans(store, connectionId);
  return [...held].flatMap(([partnerId, plans]) =>
    plans.map((plan) => ({ partnerId, partner: names.get(partnerId) ?? partnerId, plan })),
  );
}

async function checkPlans(deps: CliDeps, options: PlanOptions, setExit: SetExit): Promise<void> {
  await onPlans(deps, options, async (store, connectionId) => {
    const context = await contextOutsideRun(
      store,
      connectionId,
      await planSettings(store, connectionId),
      deps.nowMs(),
    );
    const named = await namedPlans(store, connectionId);
    const notes = [...Map.groupBy(named, (one) => one.partnerId).values()].flatMap((own) =>
      planNotes(
        own.map((one) => one.plan),
        context,
      ).map((note) => ({
        ...note,
        partner: own[0]!.partner,
        plan: own.find((one) => one.plan.id === note.planId)!.plan.name,
      })),
    );
    if (notes.some((note) => note.severity === 'error')) setExit(EXIT.failed);
    if (options.json) return printJson(deps, { plans: named.length, findings: notes });
    deps.stdout(`${plural(named.length, 'plan')}\n`);
    deps.stdout(
      notes.length === 0
        ? '  nothing to put right\n'
        : findingsText(
            notes.map((note) => ({
              ...note,
              line: null,
              column: null,
              message: `${note.partner}: "${note.plan}" ${note.message}`,
            })),
          ),
    );
  });
}

/** End of an ISO day, UTC; the moment up to which the plans are asked for. */
function dayAsked(text: string | undefined, nowMs: number): number {
  if (text === undefined) return nowMs;
  const ms = Date.parse(`${text}T23:59:59.999Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(ms))
    throw usage(`--as-of takes a day as YYYY-MM-DD, not "${text}"`);
  return ms;
}

async function showPlans(deps: CliDeps, options: PlanOptions & Which): Promise<void> {
  const asOfMs = dayAsked(options.asOf, deps.nowMs());
  await onPlans(deps, options, async (store, connectionId) => {
    const { timeZone } = await planSettings(store, connectionId);
    const wanted = options.partner?.trim().toLowerCase();
    const found = (await namedPlans(store, connectionId))
      .filter((one) => options.plan === undefined || one.plan.id === options.plan)
      .filter(
        (one) =>
          wanted === undefined ||
          one.partnerId.toLowerCase() === wanted ||
          one.partner.toLowerCase().includes(wanted),
      )
      .filter(
        (one) =>
          options.asOf === undefined ||
          (one.plan.revisions ?? []).some((revision) => revision.atMs <= asOfMs),
      );
    if (found.length === 0)
      throw new HeadwaterError(
        'config',
        options.asOf === undefined ? 'no such plan' : `no such plan was known on ${options.asOf}`,
        {
          cure: 'Keep one: headwater plan import plans.csv, or map entities.plan.',
        },
      );
    const agreed = found.map((one) => ({ ...one, ...agreedPlan(one.plan, asOfMs, timeZone) }));
    if (options.json) return printJson(deps, agreed);
    for (const one of agreed)
      deps.stdout(planText(one.partner, one.plan, one.revision, one.proposed));
  });
}

async function planRevisions(
  store: Store,
  connectionId: string,
  id: string,
): ReturnType<typeof revisionsOf> {
  const revisions = await revisionsOf(store, connectionId, id);
  if (revisions.length === 0)
    throw new HeadwaterError('config', `no plan has the id "${id}"`, {
      cure: 'headwater plan show lists them.',
    });
  return revisions;
}

async function diffPlan(deps: CliDeps, id: string, options: PlanOptions): Promise<void> {
  await onPlans(deps, options, async (store, connectionId) => {
    const revisions = await planRevisions(store, connectionId, id);
    const steps = revisions.map((row, i) => ({
      revision: row.revision,
      at: new Date(row.atMs).toISOString(),
      by: row.byWho,
      why: row.why,
      approvedBy: row.approvedBy,
      changes:
        i === 0 ? [] : changedTerms(JSON.parse(revisions[i - 1]!.terms), JSON.parse(row.terms)),
    }));
    if (options.json) return printJson(deps, steps);
    for (const step of steps) {
      const who = `${step.by ?? 'seen in the CRM'}${step.why === null ? '' : `: ${step.why}`}`;
      deps.stdout(
        heading(
          `Revision ${step.revision}, ${step.at.slice(0, 16).replace('T', ' ')} UTC, ${printable(who, 120)}${step.approvedBy === null ? '' : `, approved by ${printable(step.approvedBy)}`}`,
        ),
      );
      deps.stdout(step.revision === 1 ? '  first seen\n' : changesText(step.changes));
    }
  });
}

const REVIEWS = new Set(['REVIEW_DUE', 'NOT_APPROVED', 'DRAFT']);

async function reviewPlans(deps: CliDeps, options: PlanOptions): Promise<void> {
  await onPlans(deps, options, async (store, connectionId) => {
    const context = await contextOutsideRun(
      store,
      connectionId,
      await planSettings(store, connectionId),
      deps.nowMs(),
    );
    const named = await namedPlans(store, connectionId);
    const due = named.flatMap((one) =>
      planNotes([one.plan], context)
        .filter((note) => REVIEWS.has(note.code))
        .map((note) => ({
          partner: one.partner,
          plan: one.plan.name,
          id: one.plan.id,
          code: note.code,
          message: note.message,
          cure: note.cure,
        })),
    );
    if (options.json) return printJson(deps, due);
    if (due.length === 0) return deps.stdout('no plan waits for a review or an approval\n');
    deps.stdout(
      table(
        ['partner', 'plan', 'what'],
        due.map((one) => [
          printable(one.partner, 30),
          printable(one.plan, 30),
          printable(one.message, 100),
        ]),
      ),
    );
    for (const cure of new Set(due.map((one) => one.cure)))
      if (cure?.includes('approve')) deps.stdout(`  ${cure}\n`);
  });
}

function registerAgreeing(plan: Command, deps: CliDeps): void {
  withDatabase(
    plan
      .command('approve')
      .description('records that both sides agreed to a revision; it is scored from then on')
      .argument('<plan>', 'its id'),
    'headwater plan approve plan-0f3a --revision 2 --by "Dana Park"',
  )
    .option(...CONNECTION_ID)
    .requiredOption('--by <who>', 'who agreed')
    .option('--revision <n>', 'which; the newest when left out')
    .action(async (id: string, options: PlanOptions & { by: string; revision?: string }) => {
      await onPlans(deps, options, async (store, connectionId) => {
        const revisions = await planRevisions(store, connectionId, id);
        const row =
          options.revision === undefined
            ? revisions.at(-1)
            : revisions.find((one) => String(one.revision) === options.revision);
        if (row === undefined) throw usage(`plan ${id} has revisions 1 to ${revisions.length}`);
        const atMs = deps.nowMs();
        await store.batch(approveRevision(store, row, options.by, atMs));
        if (options.json)
          return printJson(deps, {
            plan: id,
            revision: row.revision,
            approvedBy: options.by,
            approvedAt: new Date(atMs).toISOString(),
          });
        deps.stdout(
          `revision ${row.revision} of ${id} is approved by ${printable(options.by)}, ${instant(atMs)}\n`,
        );
      });
    });
}
