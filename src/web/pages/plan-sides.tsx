import type { ReactNode } from 'react';
import type { AnswerOf } from '../api/client.ts';
import { Facts } from '../parts/facts.tsx';
import { money, percent, plainDay, plural, tenth } from '../parts/format.ts';
import { Empty } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';

type Health = AnswerOf<'/v1/connections/{id}/partners/{partner}'>['score']['planHealth'];
type Part = Health['parts'][number];

/** A number of a target in its own unit. */
function amount(value: number | null, { unit }: Part, currency: string): string {
  if (value === null) return '–';
  if (unit === 'amount') return money(value, currency);
  if (unit === 'share') return percent(value);
  return unit === 'days' || unit === 'hours' ? `${tenth(value)} ${unit}` : tenth(value);
}

const columnsOf = (currency: string): Column<Part>[] => [
  { id: 'label', header: 'Target', cell: (row) => row.label },
  {
    id: 'goal',
    header: 'Goal',
    kind: 'number',
    cell: (row) =>
      `${row.direction === 'down' ? 'at most ' : ''}${amount(row.goal, row, currency)}`,
  },
  {
    id: 'actual',
    header: 'So far',
    kind: 'number',
    cell: (row) => amount(row.actual, row, currency),
  },
  {
    id: 'pace',
    header: 'Pace',
    kind: 'number',
    cell: (row) => (row.pace !== null ? percent(row.pace) : row.actual === null ? '' : 'too early'),
  },
  {
    id: 'projected',
    header: 'Leads to',
    kind: 'number',
    cell: (row) => (row.projected === null ? '' : amount(row.projected, row, currency)),
  },
  { id: 'note', header: 'Note', cell: (row) => row.note ?? '' },
];

const side = (health: number | null, without: string): string =>
  health === null ? without : `${tenth(health)} of 100`;

/**
 * What each side has promised, how far it is kept, and what cannot be measured, with the reason.
 */
export function PlanSides({ health, currency }: { health: Health; currency: string }): ReactNode {
  if (health.plan === null)
    return <Empty>There is no joint plan in force with this partner.</Empty>;
  const columns = columnsOf(currency);
  const both = [...health.parts, ...health.vendorParts];
  // What a part says itself need not be said again.
  const missing = health.missing.filter(
    (text) => !both.some(({ label }) => text.startsWith(label)),
  );
  return (
    <>
      <p>
        {health.plan.name}
        {health.plan.revision !== null && `, revision ${health.plan.revision}`}
        {health.plan.proposed && '; a later revision waits for an approval'}
      </p>
      <Facts
        facts={[
          { label: 'Kept by the partner', value: side(health.health, 'nothing due yet') },
          { label: 'Kept by us', value: side(health.vendorHealth, 'nothing due yet') },
        ]}
      />
      <Side caption="What the partner promised" {...{ columns, parts: health.parts }} />
      <Side caption="What we promised" {...{ columns, parts: health.vendorParts }} />
      {health.due.length > 0 && (
        <ul>
          {health.due.map((due) => (
            <li key={`${due.side}/${due.label}/${due.dueOn}`}>
              {due.side === 'vendor' ? 'We owe' : 'The partner owes'} “<bdi>{due.label}</bdi>”, due{' '}
              {plainDay(due.dueOn)}
              {due.overdueDays > 0 && <strong>, {plural(due.overdueDays, 'day')} overdue</strong>}
            </li>
          ))}
        </ul>
      )}
      {missing.length > 0 && (
        <ul className="missing">
          {missing.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function Side(props: { caption: string; columns: Column<Part>[]; parts: Part[] }): ReactNode {
  const { caption, columns, parts } = props;
  return parts.length === 0 ? null : (
    <DataTable caption={caption} columns={columns} rows={parts} idOf={(row) => row.targetId} />
  );
}
