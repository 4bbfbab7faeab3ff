import { readdirSync, statSync } from 'node:fs';
import Sqlite from 'better-sqlite3';

/** What must not grow with the number of runs. */
export interface Gauge {
  hour: number;
  heapBytes: number;
  /** The database and its write-ahead log. */
  fileBytes: number;
  /** Open files and sockets, as the kernel counts them. */
  handles: number;
  /** The bytes of the database by table, its indexes included: who grows, if the file does. */
  tables: Record<string, number>;
}

const OPEN_FILES = '/proc/self/fd';

/** Reads the gauges of this process after its garbage is collected. */
export function readGauge(hour: number, file: string): Gauge {
  collect();
  const bytes = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return {
    hour,
    heapBytes: process.memoryUsage().heapUsed,
    fileBytes: bytes(file) + bytes(`${file}-wal`),
    handles: openHandles(),
    tables: tableBytes(file),
  };
}

function tableBytes(file: string): Record<string, number> {
  const db = new Sqlite(file, { readonly: true });
  try {
    const rows = db
      .prepare<[], { name: string; bytes: number }>(
        `select coalesce(s.tbl_name, d.name) as name, sum(d.pgsize) as bytes
         from dbstat d left join sqlite_schema s on s.name = d.name group by 1`,
      )
      .all();
    return Object.fromEntries(rows.map(({ name, bytes }) => [name, bytes]));
  } finally {
    db.close();
  }
}

/** Without it a heap says when the collector last ran, and not what is held. */
function collect(): void {
  (globalThis as { gc?: () => void }).gc?.();
}

function openHandles(): number {
  try {
    return readdirSync(OPEN_FILES).length;
  } catch {
    // No such folder: not Linux. The runtime's own count leaves out files.
    return process.getActiveResourcesInfo().length;
  }
}

/** The growth of a gauge an hour: from the mean of its second third to that of its last. */
export function growthPerHour(
  gauges: readonly Gauge[],
  of: 'heapBytes' | 'fileBytes' | 'handles',
): number {
  const third = Math.floor(gauges.length / 3);
  if (third === 0) return 0;
  const mean = (part: readonly Gauge[]): number =>
    part.reduce((sum, gauge) => sum + gauge[of], 0) / part.length;
  const [middle, last] = [gauges.slice(third, 2 * third), gauges.slice(-third)];
  const hours = last[0]!.hour - middle[0]!.hour;
  return hours === 0 ? 0 : (mean(last) - mean(middle)) / hours;
}
