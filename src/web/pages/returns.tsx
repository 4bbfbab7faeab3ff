import type { ReactNode } from 'react';
import { get, type AnswerOf } from '../api/client.ts';
import { money, percent, whole } from '../parts/format.ts';
import type { Column } from '../parts/table.tsx';
import { PartnerList } from './partner-list.tsx';

type Answer = AnswerOf<'/v1/connections/{id}/return'>;
type Row = Answer['partners'][number];

/** Return on partners. */
export function ReturnPage(): ReactNode {
  return (
    <PartnerList
      title="Return on partners"
      lead="What came back in twelve months of what was spent on each partner, on margin. Without a cost on record there is no return, however much was won."
      what="the return on partners"
      load={(id, asked) => get('/v1/connections/{id}/return', { id }, asked)}
      columns={columnsOf}
      above={(first) => <p>{coverageOf(first)}</p>}
    />
  );
}

const WHY = {
  'no cost': () => 'no cost on record',
  'no margin': (known: string) => `margins known of ${known} only`,
};

function coverageOf({ coverage: { known, missing } }: Answer): string {
  const all = known.length + missing.length;
  const none = missing.length === 0 ? '' : `; none of: ${missing.join(', ')}`;
  return `${known.length} of ${all} types of cost are on record${none}.`;
}

const columnsOf = (currency: string): Column<Row>[] => [
  {
    id: 'return',
    header: 'Return',
    kind: 'number',
    cell: (row) => (row.return.value === null ? 'n/a' : percent(row.return.value)),
  },
  {
    id: 'why',
    header: 'Why not',
    cell: (row) =>
      row.return.why === null ? '' : WHY[row.return.why](percent(row.return.marginKnown)),
  },
  {
    id: 'margin',
    header: 'Margin',
    kind: 'number',
    cell: (row) => money(row.return.margin, currency),
  },
  {
    id: 'cost',
    header: 'Cost',
    kind: 'number',
    cell: (row) => money(row.return.cost, currency),
  },
  {
    id: 'won',
    header: 'Won',
    kind: 'number',
    cell: (row) => money(row.return.won, currency),
  },
  {
    id: 'costs',
    header: 'Kinds of cost',
    cell: (row) => row.return.costs.map(({ of }) => of).join(', '),
  },
  {
    id: 'unknown',
    header: 'Without amount',
    kind: 'number',
    cell: (row) => whole(row.return.unknownCosts),
  },
];
