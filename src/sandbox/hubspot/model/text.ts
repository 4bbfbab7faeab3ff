/** Times and numbers in the spelling of HubSpot's replies. */

/**
 * ISO in UTC; whole seconds carry no fraction (`2026-12-31T00:00:00Z`), other times three digits.
 */
export function instant(ms: number): string {
  const text = new Date(ms).toISOString();
  return text.endsWith('.000Z') ? `${text.slice(0, -5)}Z` : text;
}

/**
 * A double written out in full, as HubSpot shows stage probabilities: 0.2 is
 * `0.200000000000000011102230246251565404236316680908203125`.
 * For 0 <= value < 2^53.
 */
export function exactDecimal(value: number): string {
  if (Number.isInteger(value)) return `${value}.0`;
  // Any double in this range is a whole number over a power of two; over that
  // power of ten it is the decimal.
  let power = 0;
  let scaled = value;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    power += 1;
  }
  const digits = (BigInt(scaled) * 5n ** BigInt(power)).toString().padStart(power + 1, '0');
  return `${digits.slice(0, -power)}.${digits.slice(-power).replace(/0+$/, '')}`;
}

const EPOCH_MS = /^-?\d{1,16}$/;
const ISO_DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;

/**
 * Epoch ms of what a client may send for a date or a time: ISO day, ISO time with a zone, or epoch
 * ms; null when it is none of these.
 */
export function parseInstant(text: string): number | null {
  if (EPOCH_MS.test(text)) return Number(text);
  const day = ISO_DAY.exec(text);
  if (day) {
    const ms = Date.UTC(Number(day[1]), Number(day[2]) - 1, Number(day[3]));
    // Date.UTC rolls 31 February over into March; that is not the day that was sent.
    return new Date(ms).toISOString().slice(0, 10) === text ? ms : null;
  }
  if (!ISO_TIME.test(text)) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}
