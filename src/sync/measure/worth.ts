import type { AssetLift } from '../../model/enablement.ts';
import type { PartnerWorth } from '../../model/worth.ts';
import {
  assetLifts,
  c3Of,
  certificationEffect,
  costCoverage,
  enablementOf,
  fitsOf,
  healthOf,
  partnerClass,
  partnerReturn,
  profileOf,
  proofsOf,
  tierStanding,
  valuesOfPartners,
  type EnablementRules,
} from '../../predict/index.ts';
import { interventionsOf } from '../../store/interventions.ts';
import { tierDecisionsOf } from '../../store/tier-decisions.ts';
import {
  climbsOfRun,
  salesOfRun,
  saveFindings,
  saveWorth,
  traitsOfRun,
  type Seller,
} from '../../store/worth.ts';
import { customerValues } from './customers.ts';
import { readStages } from '../../store/facts.ts';
import type { RunContext } from '../run/context.ts';

/** Partners of one batch of updates. */
const CHUNK = 500;

type Worths = Map<string, PartnerWorth>;

/** Values every scored partner among the others, and puts that beside its score. */
export async function valuePartners(context: RunContext): Promise<{ valued: number }> {
  const { store, resultsId, runId, mapping } = context;
  const sellers = await salesOfRun(store, resultsId, runId);
  const worth: Worths = new Map();
  for (const [id, value] of valuesOfPartners(sellers, mapping.settings.value.discount))
    worth.set(id, { value });
  await addClasses(context, sellers, worth);
  await addTiers(context, worth);
  await addTraits(context, worth);
  const all = [...worth].map(([partnerId, one]) => ({ partnerId, worth: one }));
  for (let at = 0; at < all.length; at += CHUNK)
    await store.batch(saveWorth(resultsId, runId, all.slice(at, at + CHUNK)));
  return { valued: all.length };
}

/** What partners are able to do and willing to, by metrics that are proven first. */
async function addTraits(context: RunContext, worth: Worths): Promise<void> {
  const { store, resultsId, runId, mapping, asOfMs } = context;
  const { kpis, health: pillars, profile: room } = mapping.settings;
  const traits = await traitsOfRun(store, resultsId, runId);
  const proofs = proofsOf(traits, kpis);
  const managers = room.managers ?? new Set(traits.flatMap(({ ownerId }) => ownerId ?? [])).size;
  const profile = { ...profileOf(traits, asOfMs), places: managers * room.partnersPerManager };
  const { byPartner, customers } = await customerValues(context);
  const coverage = costCoverage(traits);
  const lifts = assetLifts(traits);
  await store.batch(
    saveFindings(resultsId, runId, {
      ...{ proofs, profile, coverage, customers, lifts },
      certification: certificationEffect(traits),
    }),
  );
  const skills = enablementOf(traits, await enablementRules(context, lifts));
  const c3 = c3Of(traits, proofs);
  const health = healthOf(traits, proofs, pillars);
  const beside = (id: string) => ({
    value: worth.get(id)?.value?.value1y.mean ?? 0,
    c3: c3.get(id)!,
  });
  const fits = fitsOf(profile, traits, beside, { places: profile.places, asOfMs });
  for (const one of traits) {
    const { id } = one;
    const own = byPartner(one.accountId);
    worth.set(id, {
      ...worth.get(id),
      enablement: skills.get(id)!,
      ...{ c3: c3.get(id)!, health: health.get(id)!, profile: fits.get(id)! },
      return: partnerReturn(one, mapping.settings.return),
      ...(own === null ? {} : { customers: own }),
    });
  }
}

async function enablementRules(
  { store, connectionId, mapping }: RunContext,
  lifts: readonly AssetLift[],
): Promise<EnablementRules> {
  const { language, timeZone } = mapping.settings;
  const stages = await readStages(store, connectionId);
  return {
    ...{ playbook: mapping.playbook, language, timeZone },
    stages: new Map(stages.map((stage) => [stage.key, stage])),
    lifts: new Map(lifts.map((lift) => [lift.asset, lift])),
  };
}

/** What is to be done about partners, by what has been tried with them. */
async function addClasses(context: RunContext, sellers: Seller[], worth: Worths): Promise<void> {
  const { store, servedId, asOfMs, mapping } = context;
  const { classes, timeZone } = mapping.settings;
  const ids = sellers.map(({ id }) => id);
  const tried = Map.groupBy(
    await interventionsOf(store, servedId, ids),
    ({ partnerId }) => partnerId,
  );
  for (const { id, attainment, months, signs = months } of sellers) {
    const { value } = worth.get(id)!;
    const given = { attainment, active: value!.active, signs, tried: tried.get(id) ?? [] };
    const found = partnerClass(given, classes.reviewAfterDays, { asOfMs, timeZone });
    worth.set(id, { ...worth.get(id), class: found });
  }
}

/** Where partners stand on their ladders, from the tier that a person approved last. */
async function addTiers(context: RunContext, worth: Worths): Promise<void> {
  const { store, servedId, resultsId, runId, asOfMs, mapping } = context;
  const { tiers, timeZone } = mapping.settings;
  if (tiers === undefined) return;
  const climbs = await climbsOfRun(store, resultsId, runId);
  const ids = climbs.map(({ id }) => id);
  const decided = new Map(
    (await tierDecisionsOf(store, servedId, ids)).map(({ partnerId, tier }) => [partnerId, tier]),
  );
  for (const { id, ...series } of climbs) {
    const tier = tierStanding(series, tiers, decided.get(id) ?? null, { asOfMs, timeZone });
    worth.set(id, { ...worth.get(id), tier });
  }
}
