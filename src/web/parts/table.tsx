import { createColumnHelper, tableFeatures, useTable } from '@tanstack/react-table';
import { useMemo, type ReactNode } from 'react';

const features = tableFeatures({});

export interface Column<Row> {
  id: string;
  header: string;
  /** A column of numbers stands at the right; a short one (a day, a state) never wraps. */
  kind?: 'number' | 'short';
  cell: (row: Row) => ReactNode;
}

interface Props<Row> {
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  idOf: (row: Row) => string;
}

/** Nothing to see: a column of which every cell is so is left out. */
const isEmpty = (cell: ReactNode): boolean => cell === '' || cell === null || cell === false;

/** A table whose rows the API has sorted and paged. On a narrow screen each row is a card. */
export function DataTable<Row extends object>({
  caption,
  columns,
  rows,
  idOf,
}: Props<Row>): ReactNode {
  const shown = useMemo(
    () => columns.filter(({ cell }) => !rows.every((row) => isEmpty(cell(row)))),
    [columns, rows],
  );
  const defined = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>();
    return shown.map(({ id, header, cell }) =>
      helper.display({ id, header, cell: ({ row }) => cell(row.original) }),
    );
  }, [shown]);
  const table = useTable({ features, columns: defined, data: rows, getRowId: idOf });
  const by = new Map(shown.map((column) => [column.id, column]));
  return (
    <div className="scroll">
      <table>
        <caption>{caption}</caption>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => (
                <th key={header.id} scope="col" className={by.get(header.column.id)?.kind}>
                  <table.FlexRender header={header} />
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <tr key={row.id}>
              {row.getAllCells().map((cell) => (
                <td
                  key={cell.id}
                  className={by.get(cell.column.id)?.kind}
                  data-label={by.get(cell.column.id)?.header}
                >
                  <table.FlexRender cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
