import { readdirSync, statSync } from 'node:fs';

/** What must not grow with the number of runs. */
export interface Gauge {
  hour: number;
  heapBytes: number;
  /** The database and its write-ahead log. */
  fileBytes: number;
  /** Open files and sockets, as the kernel counts them. */
  handles: number;
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
  };
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
export function growthPerHour(gauges: readonly Gauge[], of: keyof Gauge): number {
  const third = Math.floor(gauges.length / 3);
  if (third === 0) return 0;
  const mean = (part: readonly Gauge[]): number =>
    part.reduce((sum, gauge) => sum + gauge[of], 0) / part.length;
  const [middle, last] = [gauges.slice(third, 2 * third), gauges.slice(-third)];
  const hours = last[0]!.hour - middle[0]!.hour;
  return hours === 0 ? 0 : (mean(last) - mean(middle)) / hours;
}
