import {
  approvePlan,
  findingsOfPlans,
  revisionSteps,
  standingPlans,
  type FoundOfPlan,
  type RevisionStep,
  type StandingPlan,
} from '../sync/measure/plan-look.ts';
import { HeadwaterError } from '../model/error.ts';
import type { Store } from '../store/store.ts';
import { usage } from './command.ts';
import { openDeployment, soleDeployed, type Deployment } from './deployment.ts';
import type { CliDeps } from './deps.ts';
import { onPlans, type PlanOptions } from './commands/on-plans.ts';
import { askedPartner } from './typed-ids.ts';

/** Which plans of a place are shown; a day is ISO, and means its end in UTC. */
interface PlansAsked {
  partner?: string | undefined;
  plan?: string | undefined;
  asOf?: string | undefined;
}

type Approved = NonNullable<Awaited<ReturnType<typeof approvePlan>>>;

/** Joint plans wherever they are kept: in the local database, or at a deployment. */
export interface PlanDesk {
  plans(asked: PlansAsked): Promise<StandingPlan[]>;
  findings(): Promise<{ plans: number; findings: FoundOfPlan[] }>;
  /** Of one plan. Errors: `config` where nobody knows it. */
  revisions(plan: string): Promise<RevisionStep[]>;
  /** Of the newest revision when left out. Errors: where there is no such plan or revision. */
  approve(plan: string, by: string, revision: number | undefined): Promise<Approved>;
}

/** Works on the plans of the place that the options name. */
export async function atPlanDesk<T>(
  deps: CliDeps,
  options: PlanOptions & { url?: string },
  work: (desk: PlanDesk) => Promise<T>,
): Promise<T> {
  if (options.url !== undefined) {
    const deployment = openDeployment(deps, options.url);
    return await work(
      deployedDesk(deployment, await soleDeployed(deployment, options.connectionId)),
    );
  }
  const { nowMs } = deps;
  return await onPlans(deps, options, async (store, id) => {
    const desk: PlanDesk = {
      plans: async ({ asOf, partner: typed, plan }) => {
        const byMs = asOf === undefined ? undefined : Date.parse(`${asOf}T23:59:59.999Z`);
        const partner =
          typed === undefined ? undefined : await askedPartner(deps, store, id, typed);
        const found: StandingPlan[] = [];
        for await (const one of standingPlans(store, id, { partner, plan, byMs }, nowMs()))
          found.push(one);
        return found;
      },
      findings: async () => await findingsOfPlans(store, id, nowMs()),
      revisions: async (plan) => await requireRevisions(store, id, plan),
      approve: async (plan, by, revision) => {
        const done = await approvePlan(store, id, plan, { by, revision }, nowMs());
        if (done !== null) return done;
        const { length } = await requireRevisions(store, id, plan);
        throw usage(`plan ${plan} has revisions 1 to ${length}`);
      },
    };
    return await work(desk);
  });
}

async function requireRevisions(store: Store, id: string, plan: string): Promise<RevisionStep[]> {
  const steps = await revisionSteps(store, id, plan);
  if (steps.length > 0) return steps;
  throw new HeadwaterError('config', `no plan has the id "${plan}"`, {
    cure: 'headwater plan show lists them.',
  });
}

/** As many as a request gives. */
const PAGE = '500';

/** The API's words, page by page. */
function deployedDesk({ ask }: Deployment, connectionId: string): PlanDesk {
  const base = `/v1/connections/${connectionId}/plans`;
  async function* pages<Page extends { next: string | null }>(
    path: string,
    query: Readonly<Record<string, string | undefined>>,
  ): AsyncGenerator<Page> {
    const given = Object.entries(query).filter(
      (one): one is [string, string] => one[1] !== undefined,
    );
    let after: string | null = null;
    do {
      const place: [string, string][] = after === null ? [] : [['after', after]];
      const search = new URLSearchParams([...given, ['limit', PAGE], ...place]);
      const page: Page = await ask<Page>('GET', `${path}?${search}`);
      yield page;
      after = page.next;
    } while (after !== null);
  }
  return {
    plans: async (asked) => {
      const found: StandingPlan[] = [];
      for await (const page of pages<{ plans: StandingPlan[]; next: string | null }>(base, {
        ...asked,
      }))
        found.push(...page.plans);
      return found;
    },
    findings: async () => {
      const all = { plans: 0, findings: [] as FoundOfPlan[] };
      for await (const page of pages<typeof all & { next: string | null }>(
        `${base}/findings`,
        {},
      )) {
        all.plans = page.plans;
        all.findings.push(...page.findings);
      }
      return all;
    },
    revisions: async (plan) => {
      const path = `${base}/${encodeURIComponent(plan)}/revisions`;
      return (await ask<{ revisions: RevisionStep[] }>('GET', path)).revisions;
    },
    approve: async (plan, by, revision) =>
      await ask<Approved>('POST', `${base}/${encodeURIComponent(plan)}/approve`, {
        by,
        ...(revision === undefined ? {} : { revision }),
      }),
  };
}
