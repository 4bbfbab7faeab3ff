import type { CrmObject, CrmRow } from '../../model/connector.ts';
import type { StreamSpec } from '../../model/mapping.ts';
import type { Cursor } from '../../store/cursors.ts';
import type { Statement } from '../../store/store.ts';
import type { RunContext } from '../run/context.ts';
import { beginEnumeration, meet, type Enumeration } from './enumeration.ts';

/** What a pass brought of the window that may be closed when it has ended. */
export interface WindowRows {
  fromMs: number;
  untilMs: number;
  /** Rows of the window, and those of them that are deleted or merged away. */
  rows: number;
  gone: number;
  /** All rows of the pass, and how many the CRM says it should bring; null = it does not say. */
  read: number;
  total: number | null;
  /** What a COUNT could say no more of; false = of any row it could. */
  confirmed: boolean | 'gone';
}

/** What a pass counts on its way, so that nothing is read again for the sake of counting. */
export interface Tally {
  /** null = only the CRM's COUNT can tell. */
  window: WindowRows | null;
  /** null = it does not read everything, or not in one run. */
  enumeration: Enumeration | null;
}

/** What a page says of itself, beside its rows. */
export interface PageTold {
  rows: CrmRow[];
  totalRows: number | null;
  confirmed?: boolean | 'gone';
}

/** Of a pass that was taken up from a dead process, whose pages nobody counted. */
export const NO_TALLY: Tally = { window: null, enumeration: null };

export async function beginTally(
  context: RunContext,
  stream: StreamSpec,
  shape: CrmObject | null,
  cursor: Cursor,
): Promise<Tally> {
  return {
    window: shape?.stampField == null ? null : windowAhead(context, cursor),
    enumeration: cursor.passFromMs === null ? await beginEnumeration(context, stream) : null,
  };
}

/** All that the pass reads; null: it does not reach back to where the window begins. */
function windowAhead(
  { features }: RunContext,
  { verifiedMs, passFromMs, passUntilMs }: Cursor,
): WindowRows | null {
  const fromMs = verifiedMs ?? 0;
  if (passUntilMs === null || (passFromMs ?? 0) > fromMs) return null;
  return {
    fromMs: passFromMs === null ? 0 : fromMs,
    untilMs: passUntilMs - features.settleMs,
    ...{ rows: 0, gone: 0, read: 0, total: null, confirmed: true },
  };
}

/** With one more page, and what is to be kept together with its rows. */
export function tallied(
  context: RunContext,
  stream: StreamSpec,
  { window, enumeration }: Tally,
  page: PageTold,
): { tally: Tally; statements: Statement[] } {
  const met = enumeration === null ? null : { ...enumeration };
  const statements = met === null ? [] : meet(context, stream, met, page.rows);
  return {
    tally: { window: window === null ? null : withPage(window, page), enumeration: met },
    statements,
  };
}

function withPage(window: WindowRows, { rows, totalRows, confirmed }: PageTold): WindowRows {
  const inside = rows.filter((row) => row.stampMs >= window.fromMs && row.stampMs < window.untilMs);
  const distinct = new Map(inside.map((row) => [row.id, row]));
  return {
    ...window,
    rows: window.rows + distinct.size,
    gone: window.gone + [...distinct.values()].filter(isGone).length,
    read: window.read + rows.length,
    total: totalRows ?? window.total,
    confirmed: lesser(window.confirmed, confirmed ?? false),
  };
}

const isGone = (row: CrmRow): boolean => row.deleted || row.mergedIntoId !== null;

function lesser(a: boolean | 'gone', b: boolean | 'gone'): boolean | 'gone' {
  if (a === false || b === false) return false;
  return a === 'gone' || b === 'gone' ? 'gone' : true;
}
