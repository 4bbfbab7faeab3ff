import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { get, type AnswerOf } from '../api/client.ts';
import { Band } from '../parts/band.tsx';
import { day, money, percent, signed, whole } from '../parts/format.ts';
import { Empty, Loaded } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { PastIntervals } from './past-intervals.tsx';
import { Reliability } from './reliability.tsx';

type Record = NonNullable<AnswerOf<'/v1/connections/{id}/record'>['live']>;
type Bin = Record['chances'][number]['bins'][number];
type Amount = Record['amounts'][number];

const SUBJECTS: { [Kind in Amount['kind']]: string } = {
  deal: 'deals',
  partner: 'partners',
  'partner-forecast': 'forecasts of a partner',
  forecast: 'forecasts of the quarter',
};

/** Said and happened side by side: where the two are near each other, a number can be believed. */
const BINS: Column<Bin>[] = [
  {
    id: 'said',
    header: 'Said',
    cell: (row) => `${percent(row.from)} to ${percent(row.to)}, ${percent(row.said)} on average`,
  },
  {
    id: 'happened',
    header: 'Happened, with its 95% interval',
    cell: ({ happened }) => (
      <Band
        value={happened.value}
        low={happened.low ?? happened.value}
        high={happened.high ?? happened.value}
        max={1}
        text={percent}
      />
    ),
  },
  { id: 'n', header: 'How many', kind: 'number', cell: (row) => whole(row.n) },
];
const AMOUNTS: Column<Amount>[] = [
  { id: 'kind', header: 'Of', cell: (row) => SUBJECTS[row.kind] },
  {
    id: 'held',
    header: '80% intervals that held',
    kind: 'number',
    cell: (row) => percent(row.held.value),
  },
  { id: 'below', header: 'Came out below', kind: 'number', cell: (row) => percent(row.below) },
  { id: 'above', header: 'Came out above', kind: 'number', cell: (row) => percent(row.above) },
  { id: 'n', header: 'How many', kind: 'number', cell: (row) => whole(row.n) },
];

type Optimism = NonNullable<Record['partners']>[number];
const SHOWN_PARTNERS = 20;
const optimism = (share: number | null): string => (share === null ? '–' : signed(share, percent));

const optimismOf = (currency: string): Column<Optimism>[] => [
  { id: 'partner', header: 'Partner', cell: (row) => row.name ?? row.partnerId },
  { id: 'said', header: 'Expected', kind: 'number', cell: (row) => money(row.said, currency) },
  { id: 'brought', header: 'Brought', kind: 'number', cell: (row) => money(row.brought, currency) },
  { id: 'ours', header: 'Optimism', kind: 'number', cell: (row) => optimism(row.optimism) },
  {
    id: 'crm',
    header: 'By stage probabilities',
    kind: 'number',
    cell: (row) => optimism(row.crmOptimism),
  },
  {
    id: 'windows',
    header: 'Quarters',
    cell: (row) => `${whole(row.windows)}${row.littleEvidence ? ', little evidence' : ''}`,
  },
];

/** What was said of the past quarters, beside how it came out. */
export function TrackRecord({
  connection,
  currency,
}: {
  connection: string;
  currency: string;
}): ReactNode {
  const found = useQuery({
    queryKey: ['record', connection],
    queryFn: () => get('/v1/connections/{id}/record', { id: connection }),
  });
  return (
    <Loaded of={found} what="the track record">
      {({ live, replayed }) => {
        const shown = [live, replayed].filter((one) => one !== null && one.ended > 0);
        if (shown.length > 0)
          return shown.map(
            (one) => one !== null && <Shown key={one.source} {...one} currency={currency} />,
          );
        const due = live?.nextDueMs ?? null;
        return (
          <Empty>
            No quarter has ended yet since the first forecast, so there is nothing to compare with
            {due !== null && `; the first can be scored on ${day(due)}`}.
          </Empty>
        );
      }}
    </Loaded>
  );
}

function Shown({
  source,
  chances,
  amounts,
  partners = [],
  past = [],
  currency,
}: Record & { currency: string }): ReactNode {
  const from = source === 'live' ? 'as said at the time' : 'replayed from the history';
  return (
    <>
      {chances.map((one) => (
        <div key={one.kind} className="beside">
          <Reliability title={`Chances of ${SUBJECTS[one.kind]}, ${from}`} bins={one.bins} />
          <DataTable
            caption={`Chances of ${SUBJECTS[one.kind]}, ${from}`}
            columns={BINS}
            rows={one.bins}
            idOf={(row) => String(row.from)}
          />
        </div>
      ))}
      <PastIntervals {...{ past, currency, from }} />
      {amounts.length > 0 && (
        <DataTable
          caption={`Forecast intervals against what came, ${from}`}
          columns={AMOUNTS}
          rows={amounts}
          idOf={(row) => row.kind}
        />
      )}
      {partners.length > 0 && (
        <DataTable
          caption={`What was expected of partners beside what they brought, ${from}: largest gaps first`}
          columns={optimismOf(currency)}
          rows={partners.slice(0, SHOWN_PARTNERS)}
          idOf={(row) => row.partnerId}
        />
      )}
    </>
  );
}
