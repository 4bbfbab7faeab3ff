import type { PackagedWrite } from '../../../src/model/packaging.ts';
import { fieldOf } from './objects.ts';
import { SOURCE, type SourceFile } from './project.ts';
import { metadataXml, type XmlNode } from './xml.ts';

interface View {
  name: string;
  label: string;
  entity: 'partner' | 'deal';
  /** Output that decides what is listed: more than nothing, or exactly `equals`. */
  by: string;
  equals?: string;
  shows: string[];
}

/** Views without a filter on an output that is not written are left out. */
const VIEWS: readonly View[] = [
  {
    name: 'Headwater_Money_At_Stake',
    label: 'Partners with money at stake',
    entity: 'partner',
    by: 'partner.moneyAtStake',
    shows: ['partner.moneyAtStake', 'partner.score', 'partner.gap', 'partner.nextAction'],
  },
  {
    name: 'Headwater_Plan_Gap',
    label: 'Partners behind their plan',
    entity: 'partner',
    by: 'partner.gap',
    shows: ['partner.gap', 'partner.planHealth', 'partner.vendorHealth', 'partner.nextDue'],
  },
  {
    name: 'Headwater_Stalled',
    label: 'Stalled deals of partners',
    entity: 'deal',
    by: 'deal.health',
    equals: 'stalled',
    shows: ['deal.winProbability', 'deal.health', 'deal.nextAction'],
  },
];

/** Columns that list views of standard objects call by names of their own; others have NAME. */
const COLUMNS: Record<string, string[]> = {
  Account: ['ACCOUNT.NAME', 'CORE.USERS.ALIAS'],
  Opportunity: [
    ...['OPPORTUNITY.NAME', 'ACCOUNT.NAME', 'OPPORTUNITY.AMOUNT', 'OPPORTUNITY.CLOSE_DATE'],
    'CORE.USERS.ALIAS',
  ],
};
const OPEN: Record<string, XmlNode> = {
  Opportunity: { field: 'OPPORTUNITY.CLOSED', operation: 'equals', value: '0' },
};

export const listViewFiles = (writes: PackagedWrite[]): SourceFile[] =>
  writes.flatMap((write) =>
    VIEWS.filter(({ entity }) => entity === write.entity).flatMap((view) => {
      const field = fieldOf(write, view.by);
      return field === undefined ? [] : [listView(write, view, field)];
    }),
  );

function listView(write: PackagedWrite, view: View, field: string): SourceFile {
  const { object } = write;
  const own = view.shows.flatMap((output) => fieldOf(write, output) ?? []);
  const filter =
    view.equals === undefined
      ? { field, operation: 'greaterThan', value: '0' }
      : { field, operation: 'equals', value: view.equals };
  return [
    `${SOURCE}/objects/${object}/listViews/${view.name}.listView-meta.xml`,
    metadataXml('ListView', {
      fullName: view.name,
      columns: [...(COLUMNS[object] ?? ['NAME']), ...own],
      filterScope: 'Everything',
      filters: [...(OPEN[object] === undefined ? [] : [OPEN[object]]), filter],
      label: view.label,
    }),
  ];
}
