import type { PartnerFacts } from '../../model/facts.ts';
import type {
  InternalReview,
  ReviewFindings,
  ReviewPack,
  SharedReview,
} from '../../model/review.ts';
import type { PartnerScore } from '../../model/score.ts';
import { isoDay, lastDay, reviewOf, speechOf, summaryOf } from '../../predict/index.ts';
import { partnersById } from '../../store/facts.ts';
import { partnerRow, type PartnerRow } from '../../store/partner-views.ts';
import { changesSince } from './changes.ts';
import type { ReviewPlace } from './review-place.ts';

function sharedOf(
  place: ReviewPlace,
  { name }: PartnerFacts,
  { planHealth }: PartnerScore,
  found: ReviewFindings,
): SharedReview {
  const { period, run, currency } = place;
  const { timeZone } = place.moment.context;
  const shared = {
    partner: { name },
    period: {
      label: period.label,
      startOn: isoDay(period.startMs, timeZone),
      endOn: lastDay(period.endMs, timeZone),
    },
    asOf: isoDay(run.asOfMs, timeZone),
    currency,
    plan: planHealth.plan === null ? null : { name: planHealth.plan.name },
    targets: found.targets.map(({ why: _, weight: _w, note: _n, ...one }) => one),
    promises: planHealth.due,
    deals: found.stages.flatMap(({ deals }) =>
      deals.map(({ id, name: deal, stage, amount, closeDate }) => ({
        ...{ id, name: deal, stage, amount, closeDate },
      })),
    ),
    proposals: found.proposals
      .filter((one, i, all) => all.findIndex((other) => other.label === one.label) === i)
      .map(({ side, metric, label, unit, proposed }) => ({ side, metric, label, unit, proposed })),
  };
  return { summary: summaryOf(shared, null, speechOf(place.moment.context)), ...shared };
}

async function packOf(
  place: ReviewPlace,
  facts: PartnerFacts,
  { score, ownerName }: PartnerRow,
): Promise<ReviewPack> {
  const { pool, context } = place.moment;
  const found = reviewOf(facts, score, pool, context);
  const changes =
    place.since === null ? null : await changesSince(place.since, 'quarter', [facts.id]);
  const { score: points, low, high, difficulty, headline, against, base, trackRecord } = score;
  const shared = sharedOf(place, facts, score, found);
  const internal: Omit<InternalReview, 'summary'> = {
    partnerId: facts.id,
    owner: ownerName,
    runId: place.run.runId,
    score: {
      ...{ score: points, low, high, difficulty, headline, against, base },
      trackRecord: trackRecord ?? null,
    },
    health: { partner: score.planHealth.health, vendor: score.planHealth.vendorHealth },
    forecast: score.forecast,
    drivers: score.reasons,
    changes: changes?.partners[0] ?? null,
    ...found,
  };
  const summary = summaryOf(shared, internal, speechOf(context));
  return { shared, internal: { summary, ...internal } };
}

/** The pack of one partner by the id of its record; null = that run did not score it. */
export async function reviewPack(place: ReviewPlace, id: string): Promise<ReviewPack | null> {
  const { store, connectionId, run, currency } = place;
  const row = await partnerRow(store, connectionId, run.runId, id);
  if (row === null) return null;
  const money = { reportingCurrency: currency, asOfMs: run.asOfMs };
  const [facts] = await partnersById(store, connectionId, [row.id], money);
  return facts === undefined ? null : await packOf(place, facts, row);
}
