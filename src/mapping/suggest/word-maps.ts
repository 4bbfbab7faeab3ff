import type { CrmField, CrmObject } from '../../model/connector.ts';
import type { FieldRule } from '../../model/mapping.ts';
import { metricOfWords, TARGET_METRICS, type TargetMetricId } from '../../model/metrics.ts';
import { wordsSeen, type Evidence } from './evidence.ts';
import { DECISION_WORDS, METRIC_HINTS } from './lexicon/words.ts';
import { mentions, wordsOf } from './words.ts';

/** The org's own words of a field in ours, as far as they can be told. */

/** What became of a registration; what cannot be told waits, and is asked. */
export function decisionRule(evidence: Evidence, object: CrmObject, field: CrmField): FieldRule {
  const words = wordsSeen(evidence, object.name, field);
  const map = Object.fromEntries(
    words.flatMap((word) => {
      const status = DECISION_WORDS.find(([, said]) => mentions(said, word))?.[0];
      return status === undefined ? [] : [[word, status]];
    }),
  );
  return Object.keys(map).length === 0
    ? field.name
    : { field: field.name, map, otherwise: 'pending' };
}

/** The metric that most of these words hint at; null = none. */
function likeliest(word: string): TargetMetricId | null {
  const said = new Set(wordsOf(word));
  let best: TargetMetricId | null = null;
  let most = 0;
  for (const id of TARGET_METRICS) {
    const shared = [...said].filter((one) => METRIC_HINTS[id].has(one)).length;
    if (shared > most) [best, most] = [id, shared];
  }
  return best;
}

/**
 * The org's words for metrics: those that we know need nothing, a likely one is mapped and asked,
 * and one that nothing is like is asked: at most one question a word.
 */
export function metricRule(
  evidence: Evidence,
  object: CrmObject,
  field: CrmField,
): { rule: FieldRule; questions: string[] } {
  const unknown = wordsSeen(evidence, object.name, field).filter(
    (word) => metricOfWords(word) === null,
  );
  const guesses = unknown.map((word) => [word, likeliest(word)] as const);
  const map = Object.fromEntries(guesses.filter(([, guess]) => guess !== null));
  return {
    rule: Object.keys(map).length === 0 ? field.name : { field: field.name, map },
    questions: guesses.map(([word, guess]) =>
      guess === null
        ? `Which metric is "${word}"? (${TARGET_METRICS.join(', ')})`
        : `Is "${word}" ${guess}?`,
    ),
  };
}
