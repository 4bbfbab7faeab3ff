import { signalKinds, type SignalUnit } from '../../model/signals.ts';
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
  partners: number;
  firstMs: number | null;
  lastMs: number | null;
  /** When the last of them came. */
  receivedMs: number | null;
}

/** Every declared kind, arrived or not, and what arrived under other words; refused ones beside. */
export async function signalOverview(
  store: Store,
  connectionId: string,
): Promise<{ kinds: SignalArrivals[]; refused: number }> {
  const kinds = signalKinds((await planSettings(store, connectionId)).signals);
  const { kinds: found, refused } = await signalCounts(store, connectionId);
  const arrived = new Map(found.map((one) => [one.kind, one]));
  const none = { signals: 0, partners: 0, firstMs: null, lastMs: null, receivedMs: null };
  return {
    kinds: [...new Set([...kinds.keys(), ...arrived.keys()])].map((kind) => ({
      kind,
      label: kinds.get(kind)?.label ?? null,
      unit: kinds.get(kind)?.unit ?? null,
      ...(arrived.get(kind) ?? none),
    })),
    refused,
  };
}
