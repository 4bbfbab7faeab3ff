import { signalKindOf, signalKinds, type SignalUnit } from '../../model/signals.ts';
import { signalCounts } from '../../store/keep-signals.ts';
import type { Store } from '../../store/store.ts';
import { planSettings } from './plan-import.ts';

/** A kind of signals and what has arrived of it. */
export interface SignalArrivals {
  kind: string;
  /** null = a word of the CRM that no declared kind has. */
  label: string | null;
  unit: SignalUnit | null;
  signals: number;
  /** At least so many, where the CRM and others have different words for the kind. */
  partners: number;
  firstMs: number | null;
  lastMs: number | null;
  /** When the last of them came. */
  receivedMs: number | null;
}

type Found = Awaited<ReturnType<typeof signalCounts>>['kinds'][number];

/** What arrived under two words of one kind. */
const together = (a: Found, b: Found): Found => ({
  kind: a.kind,
  signals: a.signals + b.signals,
  partners: Math.max(a.partners, b.partners),
  firstMs: Math.min(a.firstMs, b.firstMs),
  lastMs: Math.max(a.lastMs, b.lastMs),
  receivedMs: Math.max(a.receivedMs, b.receivedMs),
});

/**
 * Every declared kind, arrived or not, under whichever of its words the CRM has it, and what
 * arrived under words of no kind; refused ones beside.
 */
export async function signalOverview(
  store: Store,
  connectionId: string,
): Promise<{ kinds: SignalArrivals[]; refused: number }> {
  const kinds = signalKinds((await planSettings(store, connectionId)).signals);
  const { kinds: found, refused } = await signalCounts(store, connectionId);
  const arrived = new Map<string, Found>();
  for (const one of found) {
    const kind = signalKindOf(one.kind, kinds) ?? one.kind;
    const before = arrived.get(kind);
    arrived.set(kind, before === undefined ? { ...one, kind } : together(before, one));
  }
  const none = { signals: 0, partners: 0, firstMs: null, lastMs: null, receivedMs: null };
  return {
    kinds: [...new Set([...kinds.keys(), ...arrived.keys()])].map((kind) => ({
      label: kinds.get(kind)?.label ?? null,
      unit: kinds.get(kind)?.unit ?? null,
      ...(arrived.get(kind) ?? none),
      kind,
    })),
    refused,
  };
}
