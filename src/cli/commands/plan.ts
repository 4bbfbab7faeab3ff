import type { Command } from 'commander';
import { HeadwaterError } from '../../model/error.ts';
import type { FoundOfPlan } from '../../sync/measure/plan-look.ts';
import { EXIT, printJson, usage, withDatabase } from '../command.ts';
import { withUrl } from '../deployment.ts';
import type { CliDeps, SetExit } from '../deps.ts';
import { heading, instant, plural, printable, table } from '../format.ts';
import { atPlanDesk } from '../plan-desk.ts';
import { CONNECTION_ID, type PlanOptions } from './on-plans.ts';
import { registerPlanImport } from './plan-import.ts';
import { changesText, findingsText, planText } from './plan-text.ts';

type Options = PlanOptions & { url?: string };

export function registerPlan(plan: Command, deps: CliDeps, setExit: SetExit): void {
  registerPlanImport(plan, deps, setExit);
  registerLooking(plan, deps, setExit);
  registerAgreeing(plan, deps);
}

/** A command on plans, of the local database or of a deployment. */
const onPlace = (command: Command, example: string, scope = 'read'): Command =>
  withUrl(withDatabase(command, example), scope).option(...CONNECTION_ID);

function registerLooking(plan: Command, deps: CliDeps, setExit: SetExit): void {
  onPlace(
    plan
      .command('check')
      .description(
        'what is wrong with the plans: overlaps, drafts, zero goals, unknown metrics, reviews due',
      ),
    'headwater plan check',
  ).action(async (options: Options) => await checkPlans(deps, options, setExit));
  onPlace(
    plan.command('show').description('plans as they stand, or as they stood on a day'),
    'headwater plan show --partner Northwind --as-of 2026-09-30',
  )
    .option('--partner <id or name>', 'of this partner')
    .option('--plan <id>', 'this plan')
    .option('--as-of <day>', 'as they stood at the end of this day')
    .action(async (options: Options & Which) => await showPlans(deps, options));
  onPlace(
    plan
      .command('diff')
      .description('what changed from one revision of a plan to the next')
      .argument('<plan>', 'its id'),
    'headwater plan diff plan-0f3a',
  ).action(async (id: string, options: Options) => await diffPlan(deps, id, options));
  onPlace(
    plan
      .command('review')
      .description('plans whose review is due, and changes that wait for an approval'),
    'headwater plan review',
  ).action(async (options: Options) => await reviewPlans(deps, options));
}

interface Which {
  partner?: string;
  plan?: string;
  asOf?: string;
}

async function checkPlans(deps: CliDeps, options: Options, setExit: SetExit): Promise<void> {
  const found = await atPlanDesk(deps, options, async (desk) => await desk.findings());
  if (found.findings.some((note) => note.severity === 'error')) setExit(EXIT.failed);
  if (options.json) return printJson(deps, found);
  deps.stdout(`${plural(found.plans, 'plan')}\n`);
  deps.stdout(
    found.findings.length === 0
      ? '  nothing to put right\n'
      : findingsText(
          found.findings.map((note) => ({
            ...note,
            line: null,
            column: null,
            message: `${placeOf(note)}: ${note.message}`,
          })),
        ),
  );
}

/** Whose plan it is about, or which row of the CRM. */
const placeOf = ({ partner, plan, row }: FoundOfPlan): string =>
  row === null ? `${partner}, "${plan}"` : `${row.object} ${row.id}`;

/** An ISO day. Errors: usage where it is none. */
function dayAsked(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text)))
    throw usage(`--as-of takes a day as YYYY-MM-DD, not "${text}"`);
  return text;
}

async function showPlans(deps: CliDeps, options: Options & Which): Promise<void> {
  const { partner, plan } = options;
  const asOf = options.asOf === undefined ? undefined : dayAsked(options.asOf);
  const found = await atPlanDesk(
    deps,
    options,
    async (desk) => await desk.plans({ partner, plan, asOf }),
  );
  if (found.length === 0)
    throw new HeadwaterError(
      'config',
      asOf === undefined ? 'no such plan' : `no such plan was known on ${asOf}`,
      { cure: 'Keep one: headwater plan import plans.csv, or map entities.plan.' },
    );
  if (options.json) return printJson(deps, found);
  for (const one of found) deps.stdout(planText(one));
}

async function diffPlan(deps: CliDeps, id: string, options: Options): Promise<void> {
  const steps = await atPlanDesk(deps, options, async (desk) => await desk.revisions(id));
  if (options.json) return printJson(deps, steps);
  for (const step of steps) {
    const who = `${step.by ?? 'seen in the CRM'}${step.why === null ? '' : `: ${step.why}`}`;
    const approved = step.approvedBy === null ? '' : `, approved by ${printable(step.approvedBy)}`;
    const when = `${step.at.slice(0, 16).replace('T', ' ')} UTC`;
    deps.stdout(heading(`Revision ${step.revision}, ${when}, ${printable(who, 120)}${approved}`));
    deps.stdout(step.revision === 1 ? '  first seen\n' : changesText(step.changes));
  }
}

const REVIEWS = new Set(['REVIEW_DUE', 'NOT_APPROVED', 'DRAFT']);

async function reviewPlans(deps: CliDeps, options: Options): Promise<void> {
  const { findings } = await atPlanDesk(deps, options, async (desk) => await desk.findings());
  const due = findings
    .filter(({ code }) => REVIEWS.has(code))
    .map(({ partner, plan, planId: id, code, message, cure }) => ({
      ...{ partner, plan, id, code, message, cure },
    }));
  if (options.json) return printJson(deps, due);
  if (due.length === 0) return deps.stdout('no plan waits for a review or an approval\n');
  deps.stdout(
    table(
      ['partner', 'plan', 'what'],
      due.map((one) => [
        printable(one.partner ?? '', 30),
        printable(one.plan ?? '', 30),
        printable(one.message, 100),
      ]),
    ),
  );
  for (const cure of new Set(due.map((one) => one.cure)))
    if (cure?.includes('approve')) deps.stdout(`  ${cure}\n`);
}

function registerAgreeing(plan: Command, deps: CliDeps): void {
  onPlace(
    plan
      .command('approve')
      .description('records that both sides agreed to a revision; it is scored from then on')
      .argument('<plan>', 'its id'),
    'headwater plan approve plan-0f3a --revision 2 --by "Dana Park"',
    'admin, and read where --connection-id is left out',
  )
    .requiredOption('--by <who>', 'who agreed')
    .option('--revision <n>', 'which; the newest when left out')
    .action(
      async (id: string, options: Options & { by: string; revision?: string }) =>
        await approve(deps, id, options),
    );
}

async function approve(
  deps: CliDeps,
  id: string,
  options: Options & { by: string; revision?: string },
): Promise<void> {
  const { by, revision } = options;
  if (revision !== undefined && !/^[1-9]\d{0,5}$/.test(revision))
    throw usage(`--revision takes a number from 1, not "${revision}"`);
  const wanted = revision === undefined ? undefined : Number(revision);
  const done = await atPlanDesk(deps, options, async (desk) => await desk.approve(id, by, wanted));
  if (options.json) return printJson(deps, { ...done, approvedBy: by });
  const at = instant(Date.parse(done.approvedAt));
  deps.stdout(`revision ${done.revision} of ${id} is approved by ${printable(by)}, ${at}\n`);
}
