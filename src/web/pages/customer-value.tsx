import type { ReactNode } from 'react';
import { get, type AnswerOf } from '../api/client.ts';
import { money, percent, tenth, whole } from '../parts/format.ts';
import type { Column } from '../parts/table.tsx';
import { PartnerList } from './partner-list.tsx';

type Answer = AnswerOf<'/v1/connections/{id}/customer-value'>;
type Row = Answer['partners'][number];

/** Customers of partners. */
export function CustomerValuePage(): ReactNode {
  return (
    <PartnerList
      title="Customers of partners"
      lead="What customers first won with a partner are worth in their first year, beside direct customers of the same industries."
      what="customers of partners"
      load={(id, asked) => get('/v1/connections/{id}/customer-value', { id }, asked)}
      columns={columnsOf}
      above={(first) => <p>{wholeOf(first)}</p>}
    />
  );
}

function wholeOf({ customers: { all, missing } }: Answer): string {
  const ratio = all?.ratio ?? null;
  const said =
    ratio === null
      ? 'Too few customers to compare partners as a whole with direct sales'
      : `All partners together: ${tenth(ratio.mean)} times a direct customer (${tenth(ratio.low)} to ${tenth(ratio.high)})`;
  return `${said}. Not on record: ${missing.join(', ')}.`;
}

const columnsOf = (currency: string): Column<Row>[] => [
  {
    id: 'ratio',
    header: 'Times a direct one',
    kind: 'number',
    cell: ({ value: { ratio } }) =>
      ratio === null ? (
        <small>too few</small>
      ) : (
        <>
          {tenth(ratio.mean)}
          <small>
            {tenth(ratio.low)} to {tenth(ratio.high)}
          </small>
        </>
      ),
  },
  {
    id: 'year',
    header: 'First year',
    kind: 'number',
    cell: ({ value }) => money(value.firstYear, currency),
  },
  {
    id: 'direct',
    header: 'Direct',
    kind: 'number',
    cell: ({ value }) => money(value.directFirstYear, currency),
  },
  {
    id: 'again',
    header: 'Bought again',
    kind: 'number',
    cell: ({ value }) => `${percent(value.again)} (direct ${percent(value.directAgain)})`,
  },
  {
    id: 'n',
    header: 'Customers',
    kind: 'number',
    cell: ({ value }) => `${whole(value.n)} beside ${whole(value.direct)}`,
  },
  { id: 'alone', header: 'Not compared', kind: 'number', cell: ({ value }) => whole(value.alone) },
];
