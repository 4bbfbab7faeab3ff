import { lineOfTarget, type LocatedPlan } from '../mapping/plans/located.ts';
import type { ReadPlans } from '../mapping/plans/read-csv.ts';
import { asHeadwaterError, HeadwaterError } from '../model/error.ts';
import type { PlanFinding } from '../model/plan.ts';
import type { PlanChange } from '../store/plan-revisions.ts';
import type { ShownPlan } from '../sync/measure/plan-import.ts';
import type { ShownPreview } from './commands/plan-text.ts';
import type { Deployment } from './deployment.ts';
import { plural } from './format.ts';

/** A request takes 512 KB; the rest of it is for who changed the plans, and why. */
const PAGE_BYTES = 400_000;
/** As many as are kept in one batch. */
const PAGE_PLANS = 500;

interface Kept {
  kept: number;
  revised: number;
}
interface Answer extends Kept {
  plans: ShownPlan[];
  findings: Omit<PlanFinding, 'column'>[];
}

const encoder = new TextEncoder();

/** Plans in the pieces that one request takes. */
function pagesOf(plans: readonly LocatedPlan[]): LocatedPlan[][] {
  const pages: LocatedPlan[][] = [];
  let bytes = Infinity;
  for (const plan of plans) {
    const size = encoder.encode(JSON.stringify(plan)).length;
    if (bytes + size > PAGE_BYTES || pages.at(-1)!.length === PAGE_PLANS) {
      pages.push([]);
      bytes = 0;
    }
    pages.at(-1)!.push(plan);
    bytes += size;
  }
  return pages;
}

/** One piece, sent; what is wrong with it is reported with the lines of the file. */
async function send(
  { ask }: Deployment,
  connectionId: string,
  page: readonly LocatedPlan[],
  change: PlanChange,
  dryRun: boolean,
): Promise<Answer & { findings: PlanFinding[] }> {
  const { by, why, approved } = change;
  const answer = await ask<Answer>('PUT', `/v1/connections/${connectionId}/plans`, {
    plans: page.map(({ line: _, lines: __, ...plan }) => plan),
    by,
    ...(why === null ? {} : { why }),
    approved,
    dryRun,
  });
  const lineOf = ({ line, target }: Answer['findings'][number]): number | null => {
    const plan = line === null ? undefined : page[line - 1];
    if (plan === undefined) return null;
    return target === undefined ? plan.line : lineOfTarget(plan, target);
  };
  return {
    ...answer,
    findings: answer.findings.map((one) => ({ ...one, line: lineOf(one), column: null })),
  };
}

/** One plan that stands in two pieces, which no single request can see. */
function acrossPages(pages: readonly ShownPlan[][]): PlanFinding[] {
  const seen = new Set<string>();
  return pages.flat().flatMap(({ id, partner }) => {
    if (!seen.has(id)) return (seen.add(id), []);
    const message = `the same plan of ${partner} is in the file twice`;
    const cure = 'Merge the two, or give each a name.';
    return [{ severity: 'error', code: 'TWICE', message, cure, line: null, column: null }];
  });
}

/** What a deployment would keep of a file, before anything is. */
export async function previewDeployed(
  deployment: Deployment,
  connectionId: string,
  read: ReadPlans,
  change: PlanChange,
): Promise<ShownPreview & { faulty: boolean }> {
  const answers: Awaited<ReturnType<typeof send>>[] = [];
  for (const page of pagesOf(read.plans))
    answers.push(await send(deployment, connectionId, page, change, true));
  const findings = [
    ...read.findings,
    ...answers.flatMap((answer) => answer.findings),
    ...acrossPages(answers.map(({ plans }) => plans)),
  ];
  return {
    columns: read.columns,
    headers: read.headers,
    plans: answers.flatMap(({ plans }) => plans),
    findings,
    faulty: findings.some(({ severity }) => severity === 'error'),
  };
}

/**
 * Has a deployment keep what a preview showed, piece by piece. Errors: those of the request that
 * failed, with how far it came; what is kept already stays, and the same file again changes
 * nothing of it.
 */
export async function keepDeployed(
  deployment: Deployment,
  connectionId: string,
  read: ReadPlans,
  change: PlanChange,
): Promise<Kept> {
  const done: Kept = { kept: 0, revised: 0 };
  for (const page of pagesOf(read.plans)) {
    const answer = await send(deployment, connectionId, page, change, false).catch(
      (error: unknown) => {
        const { kind, message, code } = asHeadwaterError(error);
        const so = `${done.kept} of ${plural(read.plans.length, 'plan')} kept, then: ${message}`;
        throw new HeadwaterError(kind, so, {
          ...(code === undefined ? {} : { code }),
          cure: 'Run the same command again: what is kept stays as it is, the rest follows.',
          cause: error,
        });
      },
    );
    done.kept += answer.kept;
    done.revised += answer.revised;
  }
  return done;
}
