import { buildSignals, type RefusedSignal } from '../../mapping/signals/build.ts';
import { signalKinds, signalShape, type SignalInput } from '../../model/signals.ts';
import { namedPartners } from '../../store/keep-plans.ts';
import { keepSignals, refusedSignals, type KeptSignals } from '../../store/keep-signals.ts';
import type { Store } from '../../store/store.ts';
import { planSettings } from './plan-import.ts';

/** Signals that go into one transaction: about a megabyte of it. */
const BATCH = 5_000;
/** Parts the source from its key in the id of a signal; a source has none in its name. */
const SEPARATOR = '/';

/** How signals came out: refused ones are in quarantine, the others count from the next run on. */
export interface SignalOutcome extends KeptSignals {
  refused: RefusedSignal[];
}

export interface SignalDelivery {
  source: string;
  signals: readonly SignalInput[];
  /**
   * They were known when they happened: the past of a system that is connected for the first time.
   */
  history: boolean;
}

/**
 * Takes signals of one source. The same ones again change nothing, in whatever order. A dry run
 * keeps nothing and says what would be refused. Errors: `config` before the first sync.
 */
export async function takeSignals(
  store: Store,
  connectionId: string,
  delivery: SignalDelivery,
  nowMs: number,
  dryRun = false,
): Promise<SignalOutcome> {
  const settings = await planSettings(store, connectionId);
  const partners = await namedPartners(store, connectionId);
  const { signals, refused } = buildSignals(delivery.signals, partners, {
    kinds: signalKinds(settings.signals),
    timeZone: settings.timeZone,
    nowMs,
  });
  const outcome: SignalOutcome = { kept: 0, corrected: 0, same: 0, refused };
  if (dryRun) return outcome;
  const idOf = (key: string): string => `${delivery.source}${SEPARATOR}${key}`;
  const kept = signals.map(({ key, ...one }) => ({ id: idOf(key), ...one }));
  const held = refused.map(({ key, field, code, message, cure, input }) => ({
    ...{ id: idOf(key), field, code, message: `${message}. ${cure}` },
    input: JSON.stringify(input),
  }));
  for (let at = 0; at < Math.max(kept.length, held.length); at += BATCH) {
    const batch = {
      kept: kept.slice(at, at + BATCH),
      refused: held.slice(at, at + BATCH),
      history: delivery.history,
    };
    const done = await keepSignals(store, connectionId, batch, nowMs);
    outcome.kept += done.kept;
    outcome.corrected += done.corrected;
    outcome.same += done.same;
  }
  return outcome;
}

/**
 * Tries refused signals once more: their partner may have come by now, or their kind been declared.
 * Returns how many are kept.
 */
export async function retrySignals(
  store: Store,
  connectionId: string,
  nowMs: number,
): Promise<number> {
  let kept = 0;
  let after = '';
  for (;;) {
    const page = await refusedSignals(store, connectionId, after, BATCH);
    if (page.length === 0) return kept;
    after = page.at(-1)!.id;
    const bySource = Map.groupBy(page, (row) => row.id.slice(0, row.id.indexOf(SEPARATOR)));
    for (const [source, rows] of bySource) {
      const signals = rows.flatMap((row) => {
        const read = signalShape.safeParse(JSON.parse(row.input ?? 'null'));
        return read.success ? [read.data] : [];
      });
      const delivery = { source, signals, history: false };
      kept += (await takeSignals(store, connectionId, delivery, nowMs)).kept;
    }
  }
}
