import { createColumnHelper, tableFeatures, useTable } from '@tanstack/react-table';
import { useMemo, type ReactNode } from 'react';

const features = tableFeatures({});

export interface Column<Row> {
  id: string;
  header: string;
  /** A column of numbers stands at the right. */
  number?: boolean;
  cell: (row: Row) => ReactNode;
}

interface Props<Row> {
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  idOf: (row: Row) => string;
}

/** A table whose rows the API has sorted and paged. On a narrow screen each row is a card. */
export function DataTable<Row extends object>({
  caption,
  columns,
  rows,
  idOf,
}: Props<Row>): ReactNode {
  const defined = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>();
    return columns.map(({ id, header, cell }) =>
      helper.display({ id, header, cell: ({ row }) => cell(row.original) }),
    );
  }, [columns]);
  const table = useTable({ features, columns: defined, data: rows, getRowId: idOf });
  const by = new Map(columns.map((column) => [column.id, column]));
  const kind = (id: string): string | undefined => (by.get(id)?.number ? 'number' : undefined);
  return (
    <div className="scroll">
      <table>
        <caption>{caption}</caption>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => (
                <th key={header.id} scope="col" className={kind(header.column.id)}>
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
                  className={kind(cell.column.id)}
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
