import type { ReactNode } from 'react';
import { get, type AnswerOf } from '../api/client.ts';
import { Band } from '../parts/band.tsx';
import { Facts, type Fact } from '../parts/facts.tsx';
import { chance, money, percent, tenth, whole } from '../parts/format.ts';
import type { Column } from '../parts/table.tsx';
import { PartnerList } from './partner-list.tsx';

type Answer = AnswerOf<'/v1/connections/{id}/value'>;
type Row = Answer['partners'][number];

/** What partners are worth, and how few of them bring how much. */
export function ValuePage(): ReactNode {
  return (
    <PartnerList
      title="Partner value"
      lead="What is expected to be won with each partner, from how often it wins, how much, and how likely it has stopped selling without saying so."
      what="what partners are worth"
      load={(id, asked) => get('/v1/connections/{id}/value', { id }, asked)}
      columns={columnsOf}
      above={({ concentration, currency }) => (
        <Facts facts={concentrationOf(concentration, currency)} />
      )}
    />
  );
}

function concentrationOf(found: Answer['concentration'], currency: string): Fact[] {
  if (found === null)
    return [{ label: 'Won in twelve months', value: 'nothing', note: 'nothing to share out' }];
  const { topFifth, effective } = found;
  return [
    {
      label: 'Won in twelve months',
      value: money(found.total, currency),
      note: `by ${whole(found.partners)} partners`,
    },
    {
      label: 'Brought by the largest fifth',
      value: <Band {...topFifth} max={1} text={percent} />,
      note: 'measured, with its 80% interval',
    },
    {
      label: 'As concentrated as',
      value: <Band {...effective} max={found.partners} />,
      note: 'partners of one size',
    },
  ];
}

const columnsOf = (currency: string): Column<Row>[] => {
  const inMoney = (value: number): string => money(value, currency);
  return [
    {
      id: 'year',
      header: 'Next year',
      cell: ({ value: { value1y } }) => (
        <Band
          {...{ value: value1y.mean, low: value1y.low, high: value1y.high }}
          {...{ max: value1y.high || 1, text: inMoney }}
        />
      ),
    },
    {
      id: 'threeYears',
      header: 'Three years',
      kind: 'number',
      cell: ({ value: { value3y } }) => inMoney(value3y.mean),
    },
    {
      id: 'again',
      header: 'Still sells',
      kind: 'number',
      cell: ({ value }) => chance(value.active),
    },
    {
      id: 'last',
      header: 'Last twelve months',
      kind: 'number',
      cell: ({ value }) => inMoney(value.lastYear),
    },
    {
      id: 'wins',
      header: 'Months with a win',
      kind: 'number',
      cell: ({ value: { history } }) => `${tenth(history.wins)} of ${tenth(history.months)}`,
    },
  ];
};
