import type { Speech } from '../../../src/model/language/languages.ts';
import { say, type TextId } from '../../../src/model/language/say.ts';
import type { PackagedWrite } from '../../../src/model/packaging.ts';

/**
 * HubSpot lets nobody but a person make a saved view; these are the ones worth making, in the words
 * of its filters and columns.
 */
interface SavedView {
  name: TextId;
  entity: 'partner' | 'deal';
  /** What is said of each; a text of the catalogue stands in the field in the mapping's language. */
  by: [output: string, filter: string, text?: TextId][];
  columns: string[];
}

const LARGEST_FIRST = 'is greater than 0, sorted by it, largest first';

const VIEWS: readonly SavedView[] = [
  {
    name: 'view.attentionPartners',
    entity: 'partner',
    by: [
      ['partner.nextAction', 'is known'],
      ['partner.moneyAtStake', 'sorted by it, largest first'],
    ],
    columns: ['partner.moneyAtStake', 'partner.gap', 'partner.closing', 'partner.nextAction'],
  },
  {
    name: 'view.moneyAtStake',
    entity: 'partner',
    by: [['partner.moneyAtStake', LARGEST_FIRST]],
    columns: ['partner.moneyAtStake', 'partner.score', 'partner.gap', 'partner.nextAction'],
  },
  {
    name: 'view.planGap',
    entity: 'partner',
    by: [['partner.gap', LARGEST_FIRST]],
    columns: ['partner.gap', 'partner.planHealth', 'partner.vendorHealth', 'partner.nextDue'],
  },
  {
    name: 'view.attentionDeals',
    entity: 'deal',
    by: [
      ['deal.nextAction', 'is known'],
      ['deal.everProbability', 'is greater than 1'],
      ['deal.moneyAtStake', 'sorted by it, largest first'],
    ],
    columns: ['deal.moneyAtStake', 'deal.winProbability', 'deal.nextAction'],
  },
  {
    name: 'view.toClose',
    entity: 'deal',
    by: [
      ['deal.nextAction', 'is known'],
      ['deal.everProbability', 'is less than 1'],
    ],
    columns: ['deal.everProbability', 'deal.nextAction'],
  },
  {
    name: 'view.stalled',
    entity: 'deal',
    by: [['deal.health', 'is equal to', 'health.stalled']],
    columns: ['deal.winProbability', 'deal.health', 'deal.nextAction'],
  },
];

/** One line a view, with the labels that stand in HubSpot. */
export function viewLines({ entity, fields }: PackagedWrite, speech: Speech): string[] {
  const labelOf = (output: string): string | undefined =>
    fields.find((field) => field.output === output)?.spec.label;
  return VIEWS.filter((view) => view.entity === entity).flatMap(({ name, by, columns }) => {
    const filters = by.flatMap(([output, filter, text]) => {
      const label = labelOf(output);
      return label === undefined
        ? []
        : [`"${label}" ${filter}${text === undefined ? '' : ` ${say(speech, text)}`}`];
    });
    if (filters.length < by.length) return [];
    const shown = columns.flatMap((output) => labelOf(output) ?? []);
    return [`View "${say(speech, name)}": ${filters.join(' and ')}; columns ${shown.join(', ')}.`];
  });
}
