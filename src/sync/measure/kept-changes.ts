import type { ChangeReport, ChangeSince, Waterfall } from '../../model/change.ts';
import { addWaterfalls, NO_WATERFALL } from '../../predict/index.ts';
import { keptChanges } from '../../store/kept-changes.ts';
import { latestForecast } from '../../store/results.ts';
import type { Store } from '../../store/store.ts';
import type { RunChanges } from './run-changes.ts';
import { WEEK_MS } from '../../model/time.ts';

const CENTS = 100;

/** Why the forecast is another one, as the runs themselves said it. */
export type ForecastChange = Omit<ChangeReport, 'partners'>;

interface Link {
  runId: string;
  asOfMs: number;
  changes: Omit<RunChanges, 'partners'>;
}

/**
 * Why the forecast of the quarter moved, from what each run has kept of the run before it: nothing
 * is measured again, so that a page may ask. null = the newest run has kept nothing (it is the
 * first, or the partners are too many).
 */
export async function forecastChange(
  store: Store,
  connectionId: string,
  since: ChangeSince,
): Promise<ForecastChange | null> {
  const newest = await latestForecast(store, connectionId);
  if (newest === null) return null;
  const { asOfMs, period } = newest.forecast;
  const untilMs = since === 'run' ? asOfMs : since === 'week' ? asOfMs - WEEK_MS : period.startMs;
  const kept = new Map(
    ((await keptChanges(store, connectionId, untilMs)) as Link[]).map((one) => [one.runId, one]),
  );
  const links: Link[] = [];
  for (let wanted = newest.runId; ; ) {
    const link = kept.get(wanted);
    // A quarter that has turned has nothing to be compared with beyond that point.
    if (link === undefined || (links.length > 0 && link.changes.turned)) break;
    links.unshift(link);
    const { turned, fromMs } = link.changes;
    if (since === 'run' || turned || fromMs <= untilMs) break;
    wanted = link.changes.fromRun;
  }
  const [first, last] = [links[0], links.at(-1)];
  if (first === undefined || last === undefined) return null;
  return {
    ...{ since, fromRun: first.changes.fromRun, toRun: last.runId },
    ...{ fromMs: first.changes.fromMs, toMs: last.asOfMs },
    ...{ currency: last.changes.currency, turned: first.changes.turned },
    forecast: inTurn(links.map(({ changes }) => changes.forecast)),
  };
}

/** One waterfall of several that follow each other; before plus all parts is after, to the cent. */
function inTurn(all: Waterfall[]): Waterfall {
  const [before, after] = [all[0]?.before ?? null, all.at(-1)?.after ?? null];
  const { steps } = all.reduce(addWaterfalls, NO_WATERFALL);
  const told = steps.reduce((sum, step) => sum + Math.round(step.amount * CENTS), 0);
  const rest = Math.round(((after ?? 0) - (before ?? 0)) * CENTS) - told;
  // What one run left and the next one found differs by rows that came in late: facts, too.
  const late: Waterfall = {
    ...NO_WATERFALL,
    steps: rest === 0 || before === null ? [] : [{ cause: 'facts', amount: rest / CENTS, by: [] }],
  };
  const summed = addWaterfalls({ before, after, steps }, late);
  return {
    ...{ before, after },
    steps: summed.steps.map((step) => ({ ...step, by: step.by.map(oncePerDeal) })),
  };
}

type Part = Waterfall['steps'][number]['by'][number];

/** A deal that moved in several runs is named once. */
function oncePerDeal({ cause, amount, deals }: Part): Part {
  const sums = new Map<string, number>();
  for (const deal of deals) sums.set(deal.dealId, (sums.get(deal.dealId) ?? 0) + deal.amount);
  return {
    ...{ cause, amount },
    deals: [...sums]
      .map(([dealId, sum]) => ({ dealId, amount: Math.round(sum * CENTS) / CENTS }))
      .sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount)),
  };
}
