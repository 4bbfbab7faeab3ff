import { useMemo, type ReactNode } from 'react';
import type { AnswerOf } from '../api/client.ts';
import { crmText, unitText } from '../parts/format.ts';
import { Go } from '../parts/go.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { stateWords } from './write-counts.tsx';
import { Choice, type Chosen } from './write-partners.tsx';

type Row = AnswerOf<'/v1/runs/{id}/writes'>['rows'][number];

interface Props {
  rows: Row[];
  currency: string;
  connection: string;
  chosen: Chosen;
  choose: (chosen: Chosen) => void;
}

/** Every field that a run writes: what it holds, what it would hold, and why. */
export function WriteTable({ rows, currency, connection, chosen, choose }: Props): ReactNode {
  const columns = useMemo<Column<Row>[]>(
    () => [
      {
        id: 'record',
        header: 'Record',
        cell: (row) => <RecordCell {...{ row, connection, chosen, choose }} />,
      },
      { id: 'field', header: 'Field', cell: (row) => row.label },
      {
        id: 'change',
        header: 'From and to',
        kind: 'number',
        cell: (row) => <Change row={row} currency={currency} />,
      },
      { id: 'why', header: 'Why', cell: (row) => <Why row={row} /> },
    ],
    [connection, chosen, choose, currency],
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

/** The record and, where it is a deal, its partner: the box is for all that is the partner's. */
function RecordCell({
  row,
  connection,
  chosen,
  choose,
}: Omit<Props, 'rows' | 'currency'> & { row: Row }): ReactNode {
  const { partnerId: id, partnerName, name, object, recordId } = row;
  const partner = id === null ? null : (partnerName ?? id);
  return (
    <span className="partner">
      {id !== null && partner !== null && <Choice {...{ id, name: partner, chosen, choose }} />}
      <span>
        <Go to={[connection, id === recordId ? 'partners' : 'deals', recordId]}>{name}</Go>
        <small>
          {object}
          {id !== recordId && (id === null ? ', direct' : ', of ')}
          {id !== null && id !== recordId && <Go to={[connection, 'partners', id]}>{partner}</Go>}
        </small>
      </span>
    </span>
  );
}

function Change({ row, currency }: { row: Row; currency: string }): ReactNode {
  const text = (value: number): string => unitText(value, row.unit, currency);
  return (
    <span className={typeof row.to === 'number' || row.to === null ? 'change' : 'change long'}>
      <del>{crmText(row.from, row.unit, currency)}</del>
      <span aria-hidden="true"> → </span>
      <ins>{crmText(row.to, row.unit, currency)}</ins>
      {row.low !== null && row.high !== null && (
        <small>
          80% band {text(row.low)} to {text(row.high)}
        </small>
      )}
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
