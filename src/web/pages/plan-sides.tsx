import type { ReactNode } from 'react';
import type { AnswerOf } from '../api/client.ts';
import { percent, plainDay, plural, tenth } from '../parts/format.ts';
import { Empty } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';

type Health = AnswerOf<'/v1/connections/{id}/partners/{partner}'>['score']['planHealth'];
type Part = Health['parts'][number];

const number = (value: number | null): string => (value === null ? 'not measured' : tenth(value));
const COLUMNS: Column<Part>[] = [
  { id: 'label', header: 'Target', cell: (row) => row.label },
  { id: 'goal', header: 'Goal', number: true, cell: (row) => tenth(row.goal) },
  { id: 'actual', header: 'So far', number: true, cell: (row) => number(row.actual) },
  {
    id: 'pace',
    header: 'Pace',
    number: true,
    cell: (row) => (row.pace === null ? 'too early' : percent(row.pace)),
  },
  { id: 'projected', header: 'Leads to', number: true, cell: (row) => number(row.projected) },
  { id: 'note', header: 'Why it is not measured', cell: (row) => row.note ?? '' },
];

/** What each side has promised, how far it is kept, and what cannot be measured, with the reason. */
export function PlanSides({ health }: { health: Health }): ReactNode {
  if (health.plan === null)
    return <Empty>There is no joint plan in force with this partner.</Empty>;
  return (
    <>
      <p>
        {health.plan.name}
        {health.plan.revision !== null && `, revision ${health.plan.revision}`}
        {health.plan.proposed && '; a later revision waits for an approval'}
      </p>
      <dl className="facts">
        <div>
          <dt>Partner’s side</dt>
          <dd>{health.health === null ? 'not measured' : `${tenth(health.health)} of 100`}</dd>
        </div>
        <div>
          <dt>Our side</dt>
          <dd>
            {health.vendorHealth === null
              ? 'nothing due yet'
              : `${tenth(health.vendorHealth)} of 100`}
          </dd>
        </div>
      </dl>
      <Side caption="What the partner promised" parts={health.parts} />
      <Side caption="What we promised" parts={health.vendorParts} />
      {health.due.length > 0 && (
        <ul>
          {health.due.map((due) => (
            <li key={`${due.side}/${due.label}/${due.dueOn}`}>
              {due.side === 'vendor' ? 'We owe' : 'The partner owes'} “{due.label}”, due{' '}
              {plainDay(due.dueOn)}
              {due.overdueDays > 0 && <strong>, {plural(due.overdueDays, 'day')} overdue</strong>}
            </li>
          ))}
        </ul>
      )}
      {health.missing.length > 0 && (
        <ul className="missing">
          {health.missing.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function Side({ caption, parts }: { caption: string; parts: Part[] }): ReactNode {
  return parts.length === 0 ? null : (
    <DataTable caption={caption} columns={COLUMNS} rows={parts} idOf={(row) => row.targetId} />
  );
}
