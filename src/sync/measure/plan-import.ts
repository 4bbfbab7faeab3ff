import { parseOnce } from '../../mapping/document/parse-once.ts';
import { buildPlans, type BuiltPlan } from '../../mapping/plans/build.ts';
import { readPlanCsv, type PlanFileOptions, type ReadPlans } from '../../mapping/plans/read-csv.ts';
import { readPlanYaml } from '../../mapping/plans/read-yaml.ts';
import { HeadwaterError } from '../../model/error.ts';
import type { MappingDocument, MappingSettings } from '../../model/mapping.ts';
import type { PlanFinding, PlanInput } from '../../model/plan.ts';
import { keepPlans, namedPartners } from '../../store/keep-plans.ts';
import { latestTerms, termsOf, type PlanChange } from '../../store/plan-revisions.ts';
import { findDocument, lastSyncedMapping } from '../../store/runs.ts';
import type { Store } from '../../store/store.ts';
import { contextOutsideRun } from './measure-context.ts';
import { changedTerms, type TermChange } from './plan-diff.ts';
import { notesBeforeKeeping } from './plan-notes.ts';

/** Plans as somebody hands them over. */
export type PlanSource =
  | { kind: 'csv'; text: string; options: PlanFileOptions }
  | { kind: 'yaml'; text: string }
  | { kind: 'input'; plans: PlanInput[] };

/** What would be kept, before anything is. */
export interface PlanPreview {
  columns: ReadPlans['columns'];
  headers: string[];
  plans: { built: BuiltPlan; state: 'new' | 'changed' | 'same'; changes: TermChange[] }[];
  findings: PlanFinding[];
  /** An error is among the findings: the plans that it names are left out. */
  faulty: boolean;
}

/** One plan of a preview, as far as people are shown it. */
export interface ShownPlan {
  id: string;
  partner: string;
  name: string;
  startOn: string;
  endOn: string;
  targets: number;
  milestones: number;
  state: 'new' | 'changed' | 'same';
  changes: TermChange[];
}

export const shownPlan = ({ built, state, changes }: PlanPreview['plans'][number]): ShownPlan => ({
  id: built.plan.id,
  partner: built.partnerName,
  name: built.plan.name,
  startOn: built.plan.startOn,
  endOn: built.plan.endOn,
  targets: built.plan.targets.length,
  milestones: built.plan.milestones.length,
  state,
  changes,
});

/** What a file or a request holds, before anybody looks for its partners. */
export function readPlanSource(source: PlanSource): ReadPlans {
  switch (source.kind) {
    case 'csv':
      return readPlanCsv(source.text, source.options);
    case 'yaml':
      return readPlanYaml(source.text);
    case 'input': {
      const plans = source.plans.map((plan, i) => ({ ...plan, line: i + 1 }));
      return { plans, findings: [], columns: null, headers: [] };
    }
  }
}

/** Settings of the mapping that the local copy was last brought up to. */
export const planSettings = async (store: Store, connectionId: string): Promise<MappingSettings> =>
  (await syncedMapping(store, connectionId)).settings;

/** The mapping that the local copy was last brought up to. Errors: `config` where there is none. */
export async function syncedMapping(store: Store, connectionId: string): Promise<MappingDocument> {
  const version = await lastSyncedMapping(store, connectionId);
  const text =
    version === null ? null : await findDocument(store, connectionId, 'mapping', version);
  const document = text === null ? null : parseOnce(text).document;
  if (document === null)
    throw new HeadwaterError(
      'config',
      'this connection has not been synced yet, so no partner is known',
      {
        code: 'NO_SYNC',
        cure: 'Run `headwater sync run` first.',
      },
    );
  return document;
}

/** Reads plans, finds their partners, and says what would change. */
export async function previewPlans(
  store: Store,
  connectionId: string,
  source: PlanSource,
  atMs: number,
): Promise<PlanPreview> {
  const settings = await planSettings(store, connectionId);
  const found = readPlanSource(source);
  const built = buildPlans(found.plans, await namedPartners(store, connectionId), {
    fiscalYearStartMonth: settings.fiscalYearStartMonth,
    ...(settings.kpis === undefined ? {} : { ownKpis: settings.kpis }),
    periods: (settings.periods ?? []).map(({ name, start, end }) => ({
      label: name,
      startOn: start,
      endOn: end,
    })),
  });
  const faults = [...found.findings, ...built.findings];
  const context = await contextOutsideRun(store, connectionId, settings, atMs);
  const notes = await notesBeforeKeeping(store, connectionId, built.plans, context, faults);
  const findings = [...faults, ...notes];
  const plans: PlanPreview['plans'] = [];
  const ids = built.plans.map(({ plan }) => plan.id);
  const latest = await latestTerms(store, connectionId, ids);
  for (const one of built.plans) {
    const before = latest.get(one.plan.id);
    if (before === undefined) {
      plans.push({ built: one, state: 'new', changes: [] });
      continue;
    }
    const changes = changedTerms(before, termsOf(one.plan, settings.kpis));
    plans.push({ built: one, state: changes.length === 0 ? 'same' : 'changed', changes });
  }
  return {
    columns: found.columns,
    headers: found.headers,
    plans,
    findings,
    faulty: findings.some((finding) => finding.severity === 'error'),
  };
}

/** Keeps what a preview showed. */
export async function keepPreviewed(
  store: Store,
  connectionId: string,
  preview: PlanPreview,
  change: PlanChange,
  atMs: number,
): Promise<{ kept: number; revised: number }> {
  const kept = preview.plans.map(({ built }) => built);
  const { kpis } = await planSettings(store, connectionId);
  const { revised } = await keepPlans(store, connectionId, kept, change, atMs, kpis);
  return { kept: kept.length, revised };
}
