import type { ReactNode } from 'react';
import { get, type AnswerOf } from '../api/client.ts';
import { percent, plural, tenth, whole } from '../parts/format.ts';
import { Empty } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { PartnerList } from './partner-list.tsx';

type Answer = AnswerOf<'/v1/connections/{id}/profile'>;
type Row = Answer['partners'][number];
type Shared = Answer['profile']['traits'][number];

const SEGMENTS = {
  invest: 'Invest',
  develop: 'Develop',
  maintain: 'Maintain',
  'self-service': 'Self-service',
};
/** Industries shown of each partner. */
const VERTICALS = 3;

/** What successful partners have in common, and how well each partner fits. */
export function ProfilePage(): ReactNode {
  return (
    <PartnerList
      title="Partner profile"
      lead="What partners that won a lot in a year have in common, as far as it can be told apart from chance. Association is not causation."
      what="the profile"
      load={(id, asked) => get('/v1/connections/{id}/profile', { id }, asked)}
      columns={() => COLUMNS}
      caption="Partners by fit"
      above={({ profile }) => <Common of={profile} />}
    />
  );
}

const nameOf = ({ trait, of }: { trait: string; of: string | null }): string => {
  const word = trait.replaceAll('_', ' ');
  return of === null ? word : `${word}: ${of}`;
};
const signed = (points: number): string => `${points > 0 ? '+' : ''}${tenth(points)}`;

const TRAITS: Column<Shared>[] = [
  { id: 'trait', header: 'Trait', cell: nameOf },
  {
    id: 'effect',
    header: 'Places of 100',
    kind: 'number',
    cell: ({ effect }) => signed(effect.mean),
  },
  {
    id: 'interval',
    header: 'Interval',
    kind: 'number',
    cell: ({ effect }) => `${signed(effect.low)} to ${signed(effect.high)}`,
  },
  { id: 'n', header: 'Partners', kind: 'number', cell: ({ n }) => whole(n) },
];

function Common({ of }: { of: Answer['profile'] }): ReactNode {
  const rows = of.traits.filter(({ found }) => found);
  return (
    <>
      <p>
        {plural(of.partners, 'partner')} compared; managers have room for{' '}
        {plural(of.places, 'partner')}.
      </p>
      {rows.length === 0 ? (
        <Empty>They have nothing in common that could be told apart from chance.</Empty>
      ) : (
        <DataTable caption="In common" {...{ columns: TRAITS, rows }} idOf={nameOf} />
      )}
    </>
  );
}

const COLUMNS: Column<Row>[] = [
  {
    id: 'segment',
    header: 'Segment',
    kind: 'short',
    cell: ({ fit: { segment, beyond } }) => (
      <>
        {SEGMENTS[segment]}
        {beyond !== null && <small>no room left; otherwise {SEGMENTS[beyond].toLowerCase()}</small>}
      </>
    ),
  },
  {
    id: 'fit',
    header: 'Fit',
    cell: ({ fit: { fit, reasons } }) =>
      fit === null ? (
        <small>nothing to fit</small>
      ) : (
        <>
          <strong>{tenth(fit)}</strong>
          <small>{reasons.map((one) => `${nameOf(one)} ${signed(one.points)}`).join(', ')}</small>
        </>
      ),
  },
  {
    id: 'verticals',
    header: 'Industries',
    cell: ({ fit: { verticals } }) => (
      <ul>
        {verticals.slice(0, VERTICALS).map(({ industry, rate, low, high, n }) => (
          <li key={industry}>
            {industry}: {percent(rate)} ({percent(low)} to {percent(high)}), {plural(n, 'deal')}
          </li>
        ))}
      </ul>
    ),
  },
];
