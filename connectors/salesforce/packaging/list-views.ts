import type { Speech } from '../../../src/model/language/languages.ts';
import { say, type PrintedId } from '../../../src/model/language/printed.ts';
import type { PackagedWrite, PackageRequest } from '../../../src/model/packaging.ts';
import { fieldOf } from './objects.ts';
import { SOURCE, type SourceFile } from './project.ts';
import { metadataXml, type XmlNode } from './xml.ts';

type Operation = 'greaterThan' | 'greaterOrEqual' | 'lessThan' | 'equals';
/** A text of the catalogue stands in the field in the mapping's language. */
type Filter = [output: string, operation: Operation, value: number | PrintedId];
/** Its field must hold something. */
type Filled = [output: string, operation: 'notEqual'];

interface View {
  name: string;
  label: PrintedId;
  entity: 'partner' | 'deal';
  by: (Filter | Filled)[];
  shows: string[];
}

/** Of a hundred: a deal below it is to be closed, and nothing else. */
const HOPELESS_PERCENT = 1;

/** Views with a filter on an output that is not written are left out. */
const VIEWS: readonly View[] = [
  {
    name: 'Headwater_Attention',
    label: 'view.attentionPartners',
    entity: 'partner',
    by: [['partner.nextAction', 'notEqual']],
    shows: ['partner.moneyAtStake', 'partner.gap', 'partner.closing', 'partner.nextAction'],
  },
  {
    name: 'Headwater_Money_At_Stake',
    label: 'view.moneyAtStake',
    entity: 'partner',
    by: [['partner.moneyAtStake', 'greaterThan', 0]],
    shows: ['partner.moneyAtStake', 'partner.score', 'partner.gap', 'partner.nextAction'],
  },
  {
    name: 'Headwater_Plan_Gap',
    label: 'view.planGap',
    entity: 'partner',
    by: [['partner.gap', 'greaterThan', 0]],
    shows: ['partner.gap', 'partner.planHealth', 'partner.vendorHealth', 'partner.nextDue'],
  },
  {
    name: 'Headwater_Attention',
    label: 'view.attentionDeals',
    entity: 'deal',
    by: [
      ['deal.nextAction', 'notEqual'],
      ['deal.everProbability', 'greaterOrEqual', HOPELESS_PERCENT],
    ],
    shows: ['deal.moneyAtStake', 'deal.winProbability', 'deal.nextAction'],
  },
  {
    name: 'Headwater_To_Close',
    label: 'view.toClose',
    entity: 'deal',
    by: [
      ['deal.nextAction', 'notEqual'],
      ['deal.everProbability', 'lessThan', HOPELESS_PERCENT],
    ],
    shows: ['deal.everProbability', 'deal.nextAction'],
  },
  {
    name: 'Headwater_Stalled',
    label: 'view.stalled',
    entity: 'deal',
    by: [['deal.health', 'equals', 'health.stalled']],
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

export const listViewFiles = ({ writes, language, currency }: PackageRequest): SourceFile[] => {
  const speech: Speech = { language, currency, today: '' };
  return writes.flatMap((write) =>
    VIEWS.filter(({ entity }) => entity === write.entity).flatMap((view) => {
      const filters = view.by.flatMap(([output, operation, value]): XmlNode[] => {
        const field = fieldOf(write, output);
        // A text that is not blank: the platform has no word for it but "not equal" to nothing.
        const said = typeof value === 'string' ? say(speech, value) : value?.toString();
        return field === undefined ? [] : [{ field, operation, ...(said && { value: said }) }];
      });
      return filters.length < view.by.length ? [] : [listView(write, view, filters, speech)];
    }),
  );
};

function listView(
  write: PackagedWrite,
  view: View,
  filters: XmlNode[],
  speech: Speech,
): SourceFile {
  const { object } = write;
  const own = view.shows.flatMap((output) => fieldOf(write, output) ?? []);
  return [
    `${SOURCE}/objects/${object}/listViews/${view.name}.listView-meta.xml`,
    metadataXml('ListView', {
      fullName: view.name,
      columns: [...(COLUMNS[object] ?? ['NAME']), ...own],
      filterScope: 'Everything',
      filters: [...(OPEN[object] === undefined ? [] : [OPEN[object]]), ...filters],
      label: say(speech, view.label),
    }),
  ];
}
