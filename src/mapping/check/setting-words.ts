import type { EntityName } from '../../model/entities.ts';
import { fold } from '../../model/fold.ts';
import { optionLabels } from '../../model/options.ts';
import { fieldAt } from '../compile/reader.ts';
import { wordFields } from '../compile/words.ts';
import { named } from '../document/fault-list.ts';
import type { DocumentPath } from '../document/sources.ts';
import { readContext, type CheckContext } from './context.ts';

/** Where a setting names a word of records, and which words of the model it is compared with. */
interface NamedWord {
  at: DocumentPath;
  word: string;
  of: (readonly [EntityName, string])[];
}

const TYPE = [['partner', 'type']] as const;
const TIER = [['partner', 'tier']] as const;
const REGION = [
  ['account', 'country'],
  ['partner', 'region'],
] as const;
const INDUSTRY = [['account', 'industry']] as const;
const PRODUCT = [
  ['deal', 'product'],
  ['registration', 'product'],
] as const;
const OF_METRIC: Readonly<Record<string, NamedWord['of']>> = {
  product: [...PRODUCT],
  origin: [['deal', 'source']],
  industry: [...INDUSTRY],
  region: [...REGION],
  competitor: [['deal', 'competitor']],
};

const each = (
  at: DocumentPath,
  words: readonly string[] | undefined,
  of: readonly (readonly [EntityName, string])[],
): NamedWord[] => (words ?? []).map((word, i) => ({ at: [...at, i], word, of: [...of] }));

function rungsAndRules({ settings, playbook }: CheckContext['document']): NamedWord[] {
  const { tiers, routing, return: returns } = settings;
  return [
    ...(tiers?.ladders ?? []).flatMap((ladder, i) => [
      ...each(['settings', 'tiers', 'ladders', i, 'types'], ladder.types, TYPE),
      ...ladder.rungs.map(({ name }, n) => ({
        at: ['settings', 'tiers', 'ladders', i, 'rungs', n, 'name'],
        word: name,
        of: [...TIER],
      })),
    ]),
    ...(['territories', 'exclusions'] as const).flatMap((list) =>
      routing[list].flatMap((rule, i) => {
        const at = ['settings', 'routing', list, i];
        return [
          ...(rule.type === undefined
            ? []
            : [{ at: [...at, 'type'], word: rule.type, of: [...TYPE] }]),
          ...each([...at, 'regions'], rule.regions, REGION),
          ...('industries' in rule ? each([...at, 'industries'], rule.industries, INDUSTRY) : []),
          ...('products' in rule ? each([...at, 'products'], rule.products, PRODUCT) : []),
        ];
      }),
    ),
    ...Object.keys(returns.margins).map((word) => ({
      ...{ at: ['settings', 'return', 'margins', word], word, of: [...PRODUCT] },
    })),
    ...playbook.incentives.flatMap(({ types, tiers: rungs, regions }, i) => [
      ...each(['playbook', 'incentives', i, 'types'], types, TYPE),
      ...each(['playbook', 'incentives', i, 'tiers'], rungs, TIER),
      ...each(['playbook', 'incentives', i, 'regions'], regions, REGION),
    ]),
  ];
}

const inMetrics = ({ settings }: CheckContext['document']): NamedWord[] =>
  Object.entries(settings.kpis ?? {}).flatMap(([name, kpi]) =>
    (['where', 'part'] as const).flatMap((part) =>
      (kpi[part] ?? []).flatMap(({ field, value, values }, i): NamedWord[] => {
        const of = kpi.of === 'deal' ? OF_METRIC[field] : undefined;
        const at = ['settings', 'kpis', name, part, i];
        const texts = (values ?? []).filter((one) => typeof one === 'string');
        return of === undefined
          ? []
          : [
              ...(typeof value === 'string' ? [{ at: [...at, 'value'], word: value, of }] : []),
              ...each([...at, 'values'], texts, of),
            ];
      }),
    ),
  );

/** What people call the options behind a word of the model, by their keys. */
function labelsOf(context: CheckContext, of: NamedWord['of']): Map<string, string> {
  const found = new Map<string, string>();
  for (const [wanted, word] of of)
    for (const { entity, source, object } of context.sources) {
      if (entity !== wanted || object === null) continue;
      for (const path of wordFields(entity, source, word)) {
        const field = fieldAt(readContext(context, object), path);
        for (const [key, label] of field === null ? [] : optionLabels(field)) found.set(key, label);
      }
    }
  return found;
}

/**
 * Settings that name an option by the CRM's own key: records hold its label, so such a word would
 * match nothing, in silence.
 */
export function checkSettingWords(context: CheckContext): void {
  for (const { at, word, of } of [
    ...rungsAndRules(context.document),
    ...inMetrics(context.document),
  ]) {
    const labels = labelsOf(context, of);
    const label = labels.get(word);
    if (label === undefined || fold(label) === fold(word)) continue;
    if ([...labels.values()].some((one) => fold(one) === fold(word))) continue;
    context.faults.error(
      at,
      `${named(word)} is the CRM's own key of an option that people see as ${named(label)}, and would match nothing.`,
      `Write ${named(label)}.`,
      'value',
    );
  }
}
