import { PRINTED, type PrintedId } from '../../../src/model/language/printed.ts';
import type { Language } from '../../../src/model/language/languages.ts';
import type { PackagedWrite } from '../../../src/model/packaging.ts';
import { filledText, packageTexts, type PackageTexts } from '../../kit/card/texts.ts';

type Filter = Extract<keyof PackageTexts, `filter${string}`>;

/**
 * HubSpot has no API for saved views, so a person makes them; these are the ones worth making, in
 * the words of its filters and columns.
 */
interface SavedView {
  name: PrintedId;
  entity: 'partner' | 'deal';
  /**
   * What is asked of each; a text of the catalogue stands in the field in the mapping's language.
   */
  by: [output: string, filter: Filter, than?: number | PrintedId][];
  columns: string[];
}

const VIEWS: readonly SavedView[] = [
  {
    name: 'view.attentionPartners',
    entity: 'partner',
    by: [
      ['partner.nextAction', 'filterKnown'],
      ['partner.moneyAtStake', 'filterSorted'],
    ],
    columns: ['partner.moneyAtStake', 'partner.gap', 'partner.closing', 'partner.nextAction'],
  },
  {
    name: 'view.moneyAtStake',
    entity: 'partner',
    by: [['partner.moneyAtStake', 'filterLargest', 0]],
    columns: ['partner.moneyAtStake', 'partner.score', 'partner.gap', 'partner.nextAction'],
  },
  {
    name: 'view.planGap',
    entity: 'partner',
    by: [['partner.gap', 'filterLargest', 0]],
    columns: ['partner.gap', 'partner.planHealth', 'partner.vendorHealth', 'partner.nextDue'],
  },
  {
    name: 'view.attentionDeals',
    entity: 'deal',
    by: [
      ['deal.nextAction', 'filterKnown'],
      ['deal.everProbability', 'filterMore', 1],
      ['deal.moneyAtStake', 'filterSorted'],
    ],
    columns: ['deal.moneyAtStake', 'deal.winProbability', 'deal.nextAction'],
  },
  {
    name: 'view.toClose',
    entity: 'deal',
    by: [
      ['deal.nextAction', 'filterKnown'],
      ['deal.everProbability', 'filterLess', 1],
    ],
    columns: ['deal.everProbability', 'deal.nextAction'],
  },
  {
    name: 'view.stalled',
    entity: 'deal',
    by: [['deal.health', 'filterEquals', 'health.stalled']],
    columns: ['deal.winProbability', 'deal.health', 'deal.nextAction'],
  },
];

/** One line a view, with the labels that stand in HubSpot. */
export function viewLines({ entity, fields }: PackagedWrite, language: Language): string[] {
  const texts = packageTexts(language);
  const labelOf = (output: string): string | undefined =>
    fields.find((field) => field.output === output)?.spec.label;
  return VIEWS.filter((view) => view.entity === entity).flatMap(({ name, by, columns }) => {
    const filters = by.flatMap(([output, filter, than = 0]) => {
      const label = labelOf(output);
      const value = typeof than === 'number' ? String(than) : PRINTED[language][than];
      return label === undefined ? [] : [filledText(texts[filter], label, value)];
    });
    if (filters.length < by.length) return [];
    const shown = columns.flatMap((output) => labelOf(output) ?? []);
    const named = [PRINTED[language][name], filters.join('; '), shown.join(', ')];
    return [filledText(texts.viewLine, ...named)];
  });
}
