import { METRICS, metricOfWords, TARGET_METRICS } from '../../model/metrics.ts';
import { nearest } from '../../model/nearest.ts';
import { fieldAt } from '../compile/reader.ts';
import { listed, named } from '../document/fault-list.ts';
import { ruleObject } from '../document/sources.ts';
import { readContext, type CheckContext } from './context.ts';

/** Words of an org that are named at once; the rest is counted. */
const NAMED_WORDS = 6;

const LABELS = TARGET_METRICS.map((id) => METRICS[id].label);

/**
 * The org's own words for metrics: a word that means none of ours would leave its target
 * unmeasured, so each is named with the nearest id before anything is synced.
 */
export function checkMetricWords(context: CheckContext): void {
  for (const { entity, source, object, at } of context.sources) {
    const rule = entity === 'target' ? source.fields['metric'] : undefined;
    if (rule === undefined || object === null) continue;
    const given = ruleObject(rule);
    const path = [...at, 'fields', 'metric'];
    const field =
      given.field === undefined ? null : fieldAt(readContext(context, object), given.field);
    const map = (given.map ?? {}) as Record<string, unknown>;
    const words = new Map<string, string>();
    for (const option of field?.options ?? []) {
      const mapped = map[option.value] ?? option.value;
      words.set(option.value, typeof mapped === 'string' ? mapped : option.value);
    }
    for (const [word, mapped] of Object.entries(map))
      if (typeof mapped === 'string') words.set(word, mapped);
    const unknown = [...words].filter(([, mapped]) => metricOfWords(mapped) === null);
    if (unknown.length === 0) continue;
    const near = unknown.map(
      ([word]) => [word, nearest(word, [...TARGET_METRICS, ...LABELS])] as const,
    );
    const guesses = near.filter(([, id]) => id !== null).map(([word, id]) => `${word}: ${id}`);
    context.faults.warning(
      path,
      `${listed(
        unknown.map(([word]) => word),
        NAMED_WORDS,
      )} ${unknown.length === 1 ? 'is' : 'are'} no metric that can be counted: targets that name ${unknown.length === 1 ? 'it' : 'them'} stay unmeasured.`,
      `Map ${unknown.length === 1 ? 'it' : 'each'}: metric: { field: ${named(given.field ?? 'Metric')}, map: { ${guesses.length > 0 ? guesses.join(', ') : `${unknown[0]![0]}: won_amount`} } }. Known: ${TARGET_METRICS.join(', ')}.`,
    );
  }
}
