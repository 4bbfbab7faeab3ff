import type {
  AmountRecord,
  CalibrationBin,
  ChanceRecord,
  StatementKind,
  TrackRecord,
} from '../../model/record.ts';
import type { Speech } from '../../model/language/languages.ts';
import { inWords, say } from '../../model/language/say.ts';
import { RECORD_MIN_BIN } from '../tuning.ts';

const WORDS: Record<StatementKind, { one: string; many: string; happened: string }> = {
  deal: { one: 'deal', many: 'deals', happened: 'were won' },
  partner: { one: 'partner score', many: 'partner scores', happened: 'came true' },
  'partner-forecast': { one: 'partner-quarter', many: 'partner-quarters', happened: '' },
  forecast: { one: 'quarter', many: 'quarters', happened: '' },
};
export const unitWord = (kind: StatementKind, n: number): string =>
  WORDS[kind][n === 1 ? 'one' : 'many'];

/** The lists of the command line are in English. */
const ENGLISH: Speech = { language: 'en', currency: 'USD', today: '' };
const percent = (share: number): string => inWords('percent', share, ENGLISH);
const tens = (share: number): number => Math.round(100 * share);

/** `of 120 deals given 20 to 30%, 27% were won`. */
export const binSentence = (kind: StatementKind, bin: CalibrationBin): string =>
  `of ${bin.n} ${unitWord(kind, bin.n)} given ${tens(bin.from)} to ${tens(bin.to)}%, ` +
  `${percent(bin.happened.value)} ${WORDS[kind].happened}`;

/** `80% intervals held 31 of 40 partner-quarters`. */
export const heldSentence = ({ kind, n, held }: AmountRecord): string =>
  `80% intervals held ${Math.round(held.value * n)} of ${n} ${unitWord(kind, n)}`;

/** The bin that a chance falls into, where enough has come out in it to say anything. */
const binFor = (record: ChanceRecord, chance: number): CalibrationBin | null =>
  record.bins.find(
    (bin) => bin.n >= RECORD_MIN_BIN && chance >= bin.from && (chance < bin.to || bin.to === 1),
  ) ?? null;

const largest = ({ kind, bins }: ChanceRecord): string[] => {
  const bin = bins.reduce<CalibrationBin | null>(
    (most, one) => (one.n > (most?.n ?? RECORD_MIN_BIN - 1) ? one : most),
    null,
  );
  return bin === null ? [] : [binSentence(kind, bin)];
};

/** A replay is never passed off as something that was said. */
const marked = ({ source }: Pick<TrackRecord, 'source'>, text: string): string =>
  source === 'replayed' ? `replayed on the past: ${text}` : text;

/** The record in one line; null = nothing that was said has ended. */
export function recordLine(record: TrackRecord): string | null {
  const parts = [...record.amounts.map(heldSentence), ...record.chances.flatMap(largest)];
  return parts.length === 0 ? null : marked(record, parts.join('; '));
}

/** What was said live, or until some of that has ended what was replayed; null = neither. */
export const eitherLine = (live: TrackRecord | null, replayed: TrackRecord | null): string | null =>
  [live, replayed].flatMap((one) => (one === null ? [] : (recordLine(one) ?? []))).at(0) ?? null;

/** What the record tells of one chance; null = too few like it have come out. */
export function chanceLine(
  record: TrackRecord | null,
  kind: 'deal' | 'partner',
  chance: number,
  speech: Speech = ENGLISH,
): string | null {
  const own = record?.chances.find((one) => one.kind === kind);
  const bin = own === undefined ? null : binFor(own, chance);
  if (record === null || bin === null) return null;
  const given = { n: bin.n, from: bin.from, to: bin.to, happened: bin.happened.value };
  const text = say(speech, `record.${kind}`, given);
  return record.source === 'replayed' ? say(speech, 'record.replayed', { text }) : text;
}
