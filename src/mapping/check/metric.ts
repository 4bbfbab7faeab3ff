import { ownEntry } from '../../model/own-entry.ts';
import type { CrmObject } from '../../model/connector.ts';
import type { FieldRuleObject } from '../../model/mapping.ts';
import { TARGET_METRICS } from '../../model/metrics.ts';
import { promisedMetric } from '../../model/own-kpi.ts';
import { nearMetric } from '../../model/near-metric.ts';
import { fieldAt } from '../compile/reader.ts';
import { listed } from '../document/fault-list.ts';
import { ruleObject } from '../document/sources.ts';
import { readContext, type CheckContext } from './context.ts';

/** Words of an org that are named at once; the rest is counted. */
const NAMED_WORDS = 6;

/**
 * What each value of the field becomes by the rule: the picklist's own values, and the words of its
 * `map`.
 */
function wordsOf(
  context: CheckContext,
  object: CrmObject,
  rule: FieldRuleObject,
): Map<string, string> {
  const field = rule.field === undefined ? null : fieldAt(readContext(context, object), rule.field);
  const map: Record<string, unknown> = rule.map ?? {};
  const said = [...(field?.options ?? []).map((option) => option.value), ...Object.keys(map)];
  return new Map(
    said.map((word) => {
      const mapped = ownEntry(map, word);
      return [word, typeof mapped === 'string' ? mapped : word];
    }),
  );
}

function cureFor(rule: FieldRuleObject, unknown: readonly string[]): string {
  const guesses = unknown.flatMap((word) => {
    const near = nearMetric(word);
    return near === null ? [] : [`${word}: ${near}`];
  });
  const map = guesses.length > 0 ? guesses.join(', ') : `${unknown[0]}: won_amount`;
  return `Map each: metric: { field: ${rule.field ?? 'Metric'}, map: { ${map} } }. Known: ${TARGET_METRICS.join(', ')}.`;
}

/**
 * The org's own words for metrics: a word that means none of ours would leave its target
 * unmeasured, so each is named with the nearest id before anything is synced.
 */
export function checkMetricWords(context: CheckContext): void {
  for (const { entity, source, object, at } of context.sources) {
    const rule = entity === 'target' ? source.fields['metric'] : undefined;
    if (rule === undefined || object === null) continue;
    const given = ruleObject(rule);
    const unknown = [...wordsOf(context, object, given)]
      .filter(([, mapped]) => promisedMetric(mapped, context.document.settings.kpis) === null)
      .map(([word]) => word);
    if (unknown.length === 0) continue;
    const one = unknown.length === 1;
    context.faults.warning(
      [...at, 'fields', 'metric'],
      `${listed(unknown, NAMED_WORDS)} ${one ? 'is' : 'are'} no metric that can be counted: targets that name ${one ? 'it' : 'them'} stay unmeasured.`,
      cureFor(given, unknown),
    );
  }
}
