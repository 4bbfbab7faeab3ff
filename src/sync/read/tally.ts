import type { CrmObject, ReadPage } from '../../model/connector.ts';
import type { StreamSpec } from '../../model/mapping.ts';
import type { Cursor } from '../../store/cursors.ts';
import type { Statement } from '../../store/store.ts';
import type { RunContext } from '../run/context.ts';
import { beginEnumeration, meet, type Enumeration } from './enumeration.ts';

/** Rows that a pass brought of the window that may be closed when it has ended. */
export interface WindowRows {
  fromMs: number;
  untilMs: number;
  rows: number;
}

/** What a pass counts on its way, so that nothing is read again for the sake of counting. */
export interface Tally {
  /** null = only the CRM's COUNT can tell. */
  window: WindowRows | null;
  /** null = it does not read everything, or not in one run. */
  enumeration: Enumeration | null;
}

/** Of a pass that was taken up from a dead process, whose pages nobody counted. */
export const NO_TALLY: Tally = { window: null, enumeration: null };

export async function beginTally(
  context: RunContext,
  stream: StreamSpec,
  shape: CrmObject | null,
  cursor: Cursor,
): Promise<Tally> {
  // A COUNT is worth its call where everything was read, if there is one.
  const counted = cursor.passFromMs === null && shape?.perRecord === undefined;
  return {
    window: counted ? null : windowAhead(context, cursor),
    enumeration: cursor.passFromMs === null ? await beginEnumeration(context, stream) : null,
  };
}

/** null: the pass does not reach back to where the window begins. */
function windowAhead(
  { features }: RunContext,
  { verifiedMs, passFromMs, passUntilMs }: Cursor,
): WindowRows | null {
  const fromMs = verifiedMs ?? 0;
  if (passUntilMs === null || (passFromMs ?? 0) > fromMs) return null;
  return { fromMs, untilMs: passUntilMs - features.settleMs, rows: 0 };
}

/** With one more page, and what is to be kept together with its rows. */
export function tallied(
  context: RunContext,
  stream: StreamSpec,
  { window, enumeration }: Tally,
  page: ReadPage,
): { tally: Tally; statements: Statement[] } {
  const met = enumeration === null ? null : { ...enumeration };
  const statements = met === null ? [] : meet(context, stream, met, page.rows);
  return { tally: { window: withPage(window, page), enumeration: met }, statements };
}

/** null once a COUNT could say more of a page than it says itself. */
function withPage(window: WindowRows | null, page: ReadPage): WindowRows | null {
  if (window === null || page.confirmed !== true) return null;
  const { fromMs, untilMs } = window;
  const inside = page.rows.filter((row) => row.stampMs >= fromMs && row.stampMs < untilMs);
  return { ...window, rows: window.rows + new Set(inside.map((row) => row.id)).size };
}
