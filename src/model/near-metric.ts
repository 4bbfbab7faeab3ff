import { TARGET_METRICS, wordsOfMetric, type TargetMetricId } from './metrics.ts';
import { nearest } from './nearest.ts';
import { wordsThatCount } from './plain-words.ts';

/** Metrics whose names have the word: one that many share says little. */
const METRICS_OF_WORD: ReadonlyMap<string, ReadonlySet<TargetMetricId>> = (() => {
  const found = new Map<string, Set<TargetMetricId>>();
  for (const id of TARGET_METRICS)
    for (const word of wordsOfMetric(id).flatMap(wordsThatCount))
      found.set(word, (found.get(word) ?? new Set()).add(id));
  return found;
})();

/** The metric that shares most of these words, the rare ones before the common; null = no word. */
function byWords(text: string): TargetMetricId | null {
  const points = new Map<TargetMetricId, number>();
  for (const word of new Set(wordsThatCount(text)))
    for (const id of METRICS_OF_WORD.get(word) ?? [])
      points.set(id, (points.get(id) ?? 0) + 1 / METRICS_OF_WORD.get(word)!.size);
  const best = [...points].sort((a, b) => b[1] - a[1])[0];
  return best?.[0] ?? null;
}

/**
 * The metric that was most likely meant by words that are no metric's: a slip of the pen first,
 * then common words. `others` = names that are known beside the dictionary's. Null = nothing near.
 */
export function nearMetric(text: string, others: readonly string[] = []): string | null {
  const known = new Map<string, string>([
    ...others.map((name): [string, string] => [name, name]),
    ...TARGET_METRICS.flatMap((id) =>
      wordsOfMetric(id).map((words): [string, string] => [words, id]),
    ),
  ]);
  const slip = nearest(text, known.keys());
  return slip === null ? byWords(text) : known.get(slip)!;
}
