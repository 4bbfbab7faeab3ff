import { numberOf, provenSign, type DecimalSign } from '../../model/number-text.ts';
import type { SignalInput } from '../../model/signals.ts';
import { canonicalJson, contentHash } from '../../model/canonical.ts';
import { columnFinder, rowsOfCsv, type Recognised, type TableRow } from '../table.ts';

export const SIGNAL_COLUMNS = {
  partner: {
    required: true,
    words: [
      ...['partner', 'partner id', 'account', 'account id', 'company', 'partner name'],
      ...['account name', 'organisation', 'organization', 'domain', 'email', 'e mail', 'user'],
    ],
  },
  kind: {
    required: true,
    words: ['kind', 'signal', 'type', 'event', 'event type', 'metric', 'activity', 'action'],
  },
  at: {
    required: true,
    words: [
      ...['at', 'date', 'when', 'time', 'timestamp', 'occurred at', 'occurred', 'day'],
      ...['completed at', 'completed on', 'created at', 'event date'],
    ],
  },
  value: {
    required: false,
    words: ['value', 'count', 'number', 'quantity', 'score', 'amount', 'total'],
  },
  key: { required: false, words: ['key', 'id', 'event id', 'record id', 'uuid', 'reference'] },
  unit: { required: false, words: ['unit', 'units'] },
} as const;
export type SignalColumn = keyof typeof SIGNAL_COLUMNS;
const findColumns = columnFinder<SignalColumn>(SIGNAL_COLUMNS);

/** A row that says no signal. */
interface SignalFinding {
  line: number | null;
  code: string;
  message: string;
  cure: string;
}

export interface ReadSignals {
  signals: SignalInput[];
  findings: SignalFinding[];
  columns: Recognised<SignalColumn> | null;
  headers: string[];
}

/**
 * Reads a spreadsheet of signals, a row a signal. Without a column of keys a row is known by what
 * it says and by how many equal ones stand before it, so the same file read again brings nothing
 * new. What cannot be read is a finding with its line, and the rest is read on.
 */
export function readSignalCsv(
  text: string,
  options: { columns?: Partial<Record<SignalColumn, string>>; decimal?: DecimalSign } = {},
): ReadSignals {
  const none = { signals: [], columns: null, headers: [] };
  const table = rowsOfCsv(text);
  if ('fault' in table) return { ...none, findings: [{ code: 'CSV', ...table.fault }] };
  const [header, ...body] = table.rows;
  if (header === undefined) {
    const cure = 'Give it a header and a row a signal.';
    return {
      ...none,
      findings: [{ line: 1, code: 'EMPTY_FILE', message: 'the file is empty', cure }],
    };
  }
  const columns = findColumns(header.cells, options.columns);
  const findings: SignalFinding[] = columns.missing.map((column) => ({
    line: header.line,
    code: 'NO_COLUMN',
    message: `no column for ${column} among ${header.cells.map((cell) => `"${cell.trim()}"`).join(', ')}`,
    cure: `Name it: --column ${column}="Header".`,
  }));
  const signals: SignalInput[] = [];
  if (findings.length === 0) {
    const mark = options.decimal ?? provenMark(body, columns.at.value);
    const equal = new Map<string, number>();
    for (const row of body) {
      const read = signalOf(row, columns.at, mark);
      if ('code' in read) {
        findings.push(read);
        continue;
      }
      const { key, ...said } = read;
      if (key !== '') {
        signals.push(read);
        continue;
      }
      const hash = contentHash(canonicalJson(said));
      const nth = (equal.get(hash) ?? 0) + 1;
      equal.set(hash, nth);
      signals.push({ key: `${hash}-${nth}`, ...said });
    }
  }
  return { signals, findings, columns, headers: header.cells };
}

/** The decimal sign that the column proves as a whole; null = it proves none, or both. */
function provenMark(body: readonly TableRow[], column: number | undefined): DecimalSign | null {
  const proven = new Set(
    column === undefined ? [] : body.map((row) => provenSign((row.cells[column] ?? '').trim())),
  );
  const signs = (['.', ','] as const).filter((sign) => proven.has(sign));
  return signs.length === 1 ? signs[0]! : null;
}

/** What a row says; the key is empty where the file gives none. */
function signalOf(
  row: TableRow,
  at: Recognised<SignalColumn>['at'],
  mark: DecimalSign | null,
): SignalInput | SignalFinding {
  const cell = (column: SignalColumn): string => {
    const index = at[column];
    return index === undefined ? '' : (row.cells[index] ?? '').trim();
  };
  const said = cell('value');
  const sign = mark ?? provenSign(said);
  const value = said === '' ? null : sign === 'doubt' ? null : numberOf(said, sign ?? '.');
  if (said !== '' && value === null) {
    const doubt = sign === 'doubt';
    const code = doubt ? 'VALUE_DOUBT' : 'VALUE_TEXT';
    const why = doubt ? 'reads as thousands or as decimals' : 'is no number';
    const cure = doubt ? 'Say which sign the file uses: --decimal . or ,' : 'Give a plain number.';
    return { line: row.line, code, message: `the value ${why}: "${said.slice(0, 40)}"`, cure };
  }
  for (const column of ['partner', 'kind', 'at'] as const)
    if (cell(column) === '') {
      const cure = 'Fill the cell, or delete the row.';
      return { line: row.line, code: 'EMPTY', message: `the cell for ${column} is empty`, cure };
    }
  const unit = cell('unit') as NonNullable<SignalInput['unit']> | '';
  return {
    key: cell('key'),
    partner: cell('partner'),
    kind: cell('kind'),
    at: cell('at'),
    ...(value === null ? {} : { value }),
    ...(unit === '' ? {} : { unit }),
  };
}
