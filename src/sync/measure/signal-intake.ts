import * as z from 'zod';
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

/** A refused signal as it waits: with what its delivery said of it. */
const heldShape = z.strictObject({ history: z.boolean(), signal: signalShape });

/** What the signals of a connection are read by; opened once for all of a delivery or a retry. */
export async function openIntake(store: Store, connectionId: string, nowMs: number) {
  const settings = await planSettings(store, connectionId);
  const partners = await namedPartners(store, connectionId);
  const by = { kinds: signalKinds(settings.signals), timeZone: settings.timeZone, nowMs };
  return {
    feeds: settings.signalFeeds ?? {},
    /**
     * Takes signals of one source. A delivery that comes again changes nothing, in whatever order
     * it is; of different contents under one key the one that came last stands. A dry run keeps
     * nothing and says what would be refused.
     */
    async take(delivery: SignalDelivery, dryRun = false): Promise<SignalOutcome> {
      const { signals, refused } = buildSignals(delivery.signals, partners, by);
      const outcome: SignalOutcome = { kept: 0, corrected: 0, same: 0, refused };
      if (dryRun) return outcome;
      const { history } = delivery;
      const idOf = (key: string): string => `${delivery.source}${SEPARATOR}${key}`;
      const kept = signals.map(({ key, ...one }) => ({ id: idOf(key), ...one }));
      const held = refused.map(({ key, field, code, message, cure, input }) => ({
        ...{ id: idOf(key), field, code, message: `${message}. ${cure}` },
        input: JSON.stringify({ history, signal: input }),
      }));
      for (let at = 0; at < Math.max(kept.length, held.length); at += BATCH) {
        const batch = { kept: kept.slice(at, at + BATCH), refused: held.slice(at, at + BATCH) };
        const done = await keepSignals(store, connectionId, { ...batch, history }, nowMs);
        outcome.kept += done.kept;
        outcome.corrected += done.corrected;
        outcome.same += done.same;
      }
      return outcome;
    },
  };
}

/** One delivery. Errors: `config` before the first sync. */
export const takeSignals = async (
  store: Store,
  connectionId: string,
  delivery: SignalDelivery,
  nowMs: number,
  dryRun = false,
): Promise<SignalOutcome> =>
  await (await openIntake(store, connectionId, nowMs)).take(delivery, dryRun);

/**
 * Tries refused signals once more: their partner may have come by now, or their kind been declared.
 * Returns how many are kept.
 */
export async function retrySignals(
  store: Store,
  connectionId: string,
  nowMs: number,
): Promise<number> {
  const intake = await openIntake(store, connectionId, nowMs);
  let kept = 0;
  let after = '';
  for (;;) {
    const page = await refusedSignals(store, connectionId, after, BATCH);
    if (page.length === 0) return kept;
    after = page.at(-1)!.id;
    const held = page.flatMap(({ id, input }) => {
      const read = heldShape.safeParse(JSON.parse(input ?? 'null'));
      return read.success ? [{ source: id.slice(0, id.indexOf(SEPARATOR)), ...read.data }] : [];
    });
    const groups = Map.groupBy(held, ({ source, history }) => `${source}${SEPARATOR}${history}`);
    for (const own of groups.values()) {
      const { source, history } = own[0]!;
      const signals = own.map(({ signal }) => signal);
      kept += (await intake.take({ source, history, signals })).kept;
    }
  }
}
