import { growthPerHour } from './soak-gauge.ts';
import type { Soaked } from './soak.ts';

/**
 * What a gauge may grow by in an hour of four runs, beyond the first third of a soak: the CRM to
 * run stands in the same process and keeps what people change. Results are kept of every run for
 * six hours and of an hour for two days, and so are the steps of runs that had nothing to write
 * (src/store/retention.ts): the file levels off in stages.
 */
const HEAP_BYTES_PER_HOUR = 1_500_000;
const HANDLES_PER_HOUR = 0.2;
/** Of every hour, some 0.3 MB in the first two days, then what a month keeps of a run. */
const FILE_BYTES_PER_HOUR = { young: 600_000, grown: 100_000 };
const ALL_KEPT_HOURS = 48;

export interface Growth {
  heapBytesPerHour: number;
  fileBytesPerHour: number;
  handlesPerHour: number;
  broken: string[];
}

/** How a soak's gauges grew, and which of them more than they may. */
export function growthOf({ gauges, hours }: Soaked): Growth {
  const grown = gauges.filter(({ hour }) => hour > ALL_KEPT_HOURS);
  // Three days and more show what stays of a run; less shows what a run brings.
  const settled = hours >= 1.5 * ALL_KEPT_HOURS;
  const heapBytesPerHour = Math.round(growthPerHour(gauges, 'heapBytes'));
  const fileBytesPerHour = Math.round(growthPerHour(settled ? grown : gauges, 'fileBytes'));
  const handlesPerHour = growthPerHour(gauges, 'handles');
  const most = settled ? FILE_BYTES_PER_HOUR.grown : FILE_BYTES_PER_HOUR.young;
  const broken = [
    ...(heapBytesPerHour > HEAP_BYTES_PER_HOUR ? [`the heap by ${heapBytesPerHour} bytes`] : []),
    ...(fileBytesPerHour > most ? [`the file by ${fileBytesPerHour} bytes`] : []),
    ...(handlesPerHour > HANDLES_PER_HOUR ? [`open handles by ${handlesPerHour}`] : []),
  ].map((what) => `${what} an hour`);
  return { heapBytesPerHour, fileBytesPerHour, handlesPerHour, broken };
}
