import { valuesOfPartners } from '../../predict/index.ts';
import { salesOfRun, saveWorth } from '../../store/worth.ts';
import type { RunContext } from '../run/context.ts';

/** Partners of one batch of updates. */
const CHUNK = 500;

/** Values every scored partner among the others, and puts that beside its score. */
export async function valuePartners(context: RunContext): Promise<{ valued: number }> {
  const { store, resultsId, runId, mapping } = context;
  const sellers = await salesOfRun(store, resultsId, runId);
  const values = valuesOfPartners(sellers, mapping.settings.value.discount);
  const all = [...values].map(([partnerId, value]) => ({ partnerId, worth: { value } }));
  for (let at = 0; at < all.length; at += CHUNK)
    await store.batch(saveWorth(resultsId, runId, all.slice(at, at + CHUNK)));
  return { valued: all.length };
}
