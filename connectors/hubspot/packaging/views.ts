import type { PackagedWrite } from '../../../src/model/packaging.ts';

/**
 * HubSpot lets nobody but a person make a saved view; these are the ones worth making, in the words
 * of its filters and columns.
 */
interface SavedView {
  name: string;
  entity: 'partner' | 'deal';
  by: string;
  filter: string;
  columns: string[];
}

const VIEWS: readonly SavedView[] = [
  {
    name: 'Partners with money at stake',
    entity: 'partner',
    by: 'partner.moneyAtStake',
    filter: 'is greater than 0, sorted by it, largest first',
    columns: ['partner.moneyAtStake', 'partner.score', 'partner.gap', 'partner.nextAction'],
  },
  {
    name: 'Partners behind their plan',
    entity: 'partner',
    by: 'partner.gap',
    filter: 'is greater than 0, sorted by it, largest first',
    columns: ['partner.gap', 'partner.planHealth', 'partner.vendorHealth', 'partner.nextDue'],
  },
  {
    name: 'Stalled deals of partners',
    entity: 'deal',
    by: 'deal.health',
    filter: 'is equal to stalled',
    columns: ['deal.winProbability', 'deal.health', 'deal.nextAction'],
  },
];

/** One line a view, with the labels that stand in HubSpot. */
export function viewLines({ entity, fields }: PackagedWrite): string[] {
  const labelOf = (output: string): string | undefined =>
    fields.find((field) => field.output === output)?.spec.label;
  return VIEWS.filter((view) => view.entity === entity).flatMap(({ name, by, filter, columns }) => {
    const label = labelOf(by);
    const shown = columns.flatMap((output) => labelOf(output) ?? []);
    return label === undefined
      ? []
      : [`View "${name}": "${label}" ${filter}; columns ${shown.join(', ')}.`];
  });
}
