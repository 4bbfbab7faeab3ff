import type { CrmField, CrmObject } from '../../model/connector.ts';
import type { FieldRule } from '../../model/mapping.ts';
import { metricOfWords, TARGET_METRICS, type TargetMetricId } from '../../model/metrics.ts';
import type { Question } from './draft.ts';
import { wordsSeen, type Evidence } from './evidence.ts';
import { DECISION_WORDS, METRIC_HINTS } from './lexicon/words.ts';
import { decisionOf } from './shape/decisions.ts';
import { mentions, wordsOf } from './words.ts';

/** The org's own words of a field in ours, as far as they can be told. */

/** What became of a registration; what cannot be told waits, and is asked. */
export function decisionRule(evidence: Evidence, object: CrmObject, field: CrmField): FieldRule {
  const words = wordsSeen(evidence, object.name, field);
  const map = Object.fromEntries(
    words.flatMap((word) => {
      const status =
        DECISION_WORDS.find(([, said]) => mentions(said, word))?.[0] ??
        decisionOf(evidence, object, field, word);
      return status === null ? [] : [[word, status]];
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

/** The metric that the words beside this one mean, wherever it is used; null = several or none. */
function beside(
  evidence: Evidence,
  object: CrmObject,
  field: CrmField,
  word: string,
  label: CrmField | undefined,
  means: (text: string) => TargetMetricId | null,
): TargetMetricId | null {
  if (label === undefined) return null;
  const { cells } = evidence.column(object, label);
  const said = evidence
    .column(object, field)
    .cells.flatMap((value, row) => (value === word ? [means(String(cells[row] ?? ''))] : []));
  const [first] = said;
  return first !== undefined && said.every((id) => id === first) ? first : null;
}

/**
 * The org's words for metrics: those that we know need nothing, nor do those that a label beside
 * them explains; a likely one is mapped and asked, and one that nothing is like is asked: at most
 * one question a word.
 */
export function metricRule(
  evidence: Evidence,
  object: CrmObject,
  field: CrmField,
  label?: CrmField,
): { rule: FieldRule; questions: Question[] } {
  const unknown = wordsSeen(evidence, object.name, field).filter(
    (word) => metricOfWords(word) === null,
  );
  const explained = new Map(
    unknown.map(
      (word) => [word, beside(evidence, object, field, word, label, metricOfWords)] as const,
    ),
  );
  const guesses = unknown.map((word) => [word, explained.get(word) ?? likeliest(word)] as const);
  const map = Object.fromEntries(guesses.filter(([, guess]) => guess !== null));
  return {
    rule: Object.keys(map).length === 0 ? field.name : { field: field.name, map },
    questions: guesses
      .filter(([word]) => explained.get(word) === null)
      .map(([word, guess]) => ({
        entity: 'target',
        field: 'metric',
        word,
        text:
          guess === null
            ? `Which metric is "${word}"? (${TARGET_METRICS.join(', ')})`
            : `Is "${word}" ${guess}?`,
      })),
  };
}
