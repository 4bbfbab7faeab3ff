import { HeadwaterError } from '../../model/error.ts';
import type { Period } from '../../model/facts.ts';
import type { MappingDocument } from '../../model/mapping.ts';
import { fiscalQuarter, type Moment } from '../../predict/index.ts';
import { keptRuns, type PastRun } from '../../store/past-results.ts';
import type { Store } from '../../store/store.ts';
import { momentOf, type ChangePlace } from './change-place.ts';
import { syncedMapping } from './plan-import.ts';

/** The last run of a period, and what its numbers are compared with. */
export interface ReviewPlace {
  store: Store;
  connectionId: string;
  currency: string;
  run: PastRun;
  period: Period;
  moment: Moment;
  /** From the last run before the period, or the oldest of it; null = there is no other run. */
  since: ChangePlace | null;
}

const quarterOf = ({ settings }: MappingDocument, { asOfMs }: PastRun): Period =>
  fiscalQuarter(asOfMs, settings.timeZone, settings.fiscalYearStartMonth);

const sameWords = (a: string, b: string): boolean =>
  a
    .replaceAll(/[\s-]+/g, ' ')
    .trim()
    .toLowerCase() ===
  b
    .replaceAll(/[\s-]+/g, ' ')
    .trim()
    .toLowerCase();

/** Errors: `config` where nothing has been scored, or not in that period. */
function runOf(mapping: MappingDocument, runs: readonly PastRun[], asked: string | null): PastRun {
  const found =
    asked === null
      ? runs.at(-1)
      : runs.findLast((run) => sameWords(quarterOf(mapping, run).label, asked));
  if (found !== undefined) return found;
  const known = [...new Set(runs.map((run) => quarterOf(mapping, run).label))];
  throw new HeadwaterError(
    'config',
    known.length === 0
      ? 'no real run has scored anybody yet'
      : `no run whose results are kept lies in the period "${asked}"`,
    {
      code: 'NO_SUCH_PERIOD',
      cure:
        known.length === 0
          ? 'Run `headwater sync run` first.'
          : `There are results of: ${known.join(', ')}.`,
    },
  );
}

/** Where the review of a period finds its results; `asked` = its label, null = the last run's. */
export async function reviewPlace(
  store: Store,
  connectionId: string,
  asked: string | null,
): Promise<ReviewPlace> {
  const mapping = await syncedMapping(store, connectionId);
  const runs = await keptRuns(store, connectionId);
  const run = runOf(mapping, runs, asked);
  const period = quarterOf(mapping, run);
  const earlier = runs.filter(({ asOfMs }) => asOfMs < run.asOfMs);
  const from = earlier.findLast(({ asOfMs }) => asOfMs <= period.startMs) ?? earlier[0];
  const now = await momentOf(store, connectionId, mapping, run);
  if (now === null)
    throw new HeadwaterError('config', 'what that run was fitted to is kept no longer', {
      cure: 'Run `headwater sync run`, or ask for a later period.',
    });
  const then = from === undefined ? null : await momentOf(store, connectionId, mapping, from);
  const currency = mapping.settings.reportingCurrency;
  const place = { store, connectionId, currency };
  return {
    ...{ ...place, run, period, moment: now },
    since: from === undefined || then === null ? null : { ...place, from, to: run, then, now },
  };
}
