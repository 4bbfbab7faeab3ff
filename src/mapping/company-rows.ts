import { rowsOfCsv, type columnFinder } from './table.ts';

interface Finding {
  line: number | null;
  message: string;
}

export interface CompanyRows<Row> {
  rows: Row[];
  /** Columns that mean nothing to us. */
  ignored: string[];
  /** Why nothing was read, or which lines were left out. */
  findings: Finding[];
}

/** One line of the spreadsheet. */
interface Line<Column> {
  /** A cell without white space around it; null = it is empty, or there is no such column. */
  cell: (column: Column) => string | null;
  has: (column: Column) => boolean;
  find: (message: string) => void;
}

/** A spreadsheet with a row a company; `rowOf` gives null for a line that it leaves out. */
export function readCompanyRows<Column extends string, Row>(
  text: string,
  find: ReturnType<typeof columnFinder<Column>>,
  rowOf: (line: Line<Column>) => Row | null,
): CompanyRows<Row> {
  const nothing = (message: string, line: number | null): CompanyRows<Row> => ({
    ...{ rows: [], ignored: [] },
    findings: [{ line, message }],
  });
  const table = rowsOfCsv(text);
  if ('fault' in table) return nothing(table.fault.message, table.fault.line);
  const [header, ...lines] = table.rows;
  if (header === undefined) return nothing('the file is empty', 1);
  const { at, ignored, missing } = find(header.cells);
  if (missing.length > 0) return nothing(`no column holds the ${missing.join(', ')}`, 1);
  const findings: Finding[] = [];
  const rows = lines.flatMap(({ cells, line }): Row[] => {
    const row = rowOf({
      cell: (column) => {
        const index = at[column];
        return (index === undefined ? '' : (cells[index] ?? '')).trim() || null;
      },
      has: (column) => at[column] !== undefined,
      find: (message) => findings.push({ line, message }),
    });
    return row === null ? [] : [row];
  });
  return { rows, ignored, findings };
}
