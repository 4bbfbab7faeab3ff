import { useMemo, type ReactNode } from 'react';
import type { AnswerOf } from '../api/client.ts';
import { crmText, tenth } from '../parts/format.ts';
import { Go } from '../parts/go.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { stateWords } from './write-counts.tsx';

type Row = AnswerOf<'/v1/runs/{id}/writes'>['rows'][number];

interface Props {
  rows: Row[];
  connection: string;
  chosen: ReadonlyMap<string, string>;
  toggle: (partner: string, name: string) => void;
}

/** Every field that a run writes: what it holds, what it would hold, and why. */
export function WriteTable({ rows, connection, chosen, toggle }: Props): ReactNode {
  const columns = useMemo<Column<Row>[]>(
    () => [
      {
        id: 'record',
        header: 'Record',
        cell: (row) => (
          <>
            <strong>{row.name}</strong>
            <small>{row.object}</small>
          </>
        ),
      },
      {
        id: 'partner',
        header: 'Partner',
        cell: (row) => <Partner row={row} {...{ connection, chosen, toggle }} />,
      },
      { id: 'field', header: 'Field', cell: (row) => row.label },
      {
        id: 'change',
        header: 'From and to',
        cell: (row) => (
          <span className="change">
            <del>{crmText(row.from)}</del>
            <span aria-hidden="true"> → </span>
            <ins>{crmText(row.to)}</ins>
          </span>
        ),
      },
      {
        id: 'band',
        header: '80% band',
        number: true,
        cell: (row) =>
          row.low === null || row.high === null ? '' : `${tenth(row.low)} to ${tenth(row.high)}`,
      },
      { id: 'why', header: 'Why', cell: (row) => <Why row={row} /> },
    ],
    [connection, chosen, toggle],
  );
  return (
    <DataTable
      caption="Largest changes first"
      columns={columns}
      rows={rows}
      idOf={(row) => `${row.object}/${row.recordId}/${row.field}`}
    />
  );
}

function Partner({
  row,
  connection,
  chosen,
  toggle,
}: Omit<Props, 'rows'> & { row: Row }): ReactNode {
  const { partnerId: id, partnerName: name } = row;
  if (id === null || name === null) return 'none';
  return (
    <span className="partner">
      <input
        type="checkbox"
        aria-label={`Choose ${name}`}
        checked={chosen.has(id)}
        onChange={() => toggle(id, name)}
      />
      <Go to={[connection, 'partners', id]}>{name}</Go>
    </span>
  );
}

function Why({ row }: { row: Row }): ReactNode {
  const [first, ...rest] = (row.reason ?? '').split('\n');
  return (
    <>
      {row.state !== 'planned' && <strong className={row.state}>{stateWords(row.state)} </strong>}
      {rest.length === 0 ? (
        first
      ) : (
        <details>
          <summary>{first}</summary>
          {rest.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </details>
      )}
    </>
  );
}
