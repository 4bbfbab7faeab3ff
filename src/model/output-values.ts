import { fitSentence } from './language/fit.ts';
import { say } from './language/say.ts';
import type { Place } from './output-shape.ts';
import type { KpiValue, PartnerScore } from './score.ts';

/** Of a deal's name among others: a few deals stand in one text. */
const NAME = 40;
/** In percent: as good as anything higher, and it fits the field. */
const MAX_ATTAINMENT = 10_000;

export const percent = (share: number | null | undefined): number | null =>
  share == null ? null : 100 * share;

export const attainment = (share: number): number => Math.min(MAX_ATTAINMENT, 100 * share);

export const metric = (kpis: readonly KpiValue[], id: KpiValue['kpi']): number | null =>
  kpis.find(({ kpi }) => kpi === id)?.value ?? null;

/** The 80% band of a metric. */
export function metricEnds(
  kpis: readonly KpiValue[],
  id: KpiValue['kpi'],
): Pick<KpiValue, 'low' | 'high'> {
  return kpis.find(({ kpi }) => kpi === id) ?? { low: null, high: null };
}

export const evidenceWord = (
  score: { littleEvidence?: boolean },
  { speech }: Place,
): string | null => (score.littleEvidence === true ? say(speech, 'evidence.little') : null);

/** Those of the most deals first, as many as there is room for. */
export function closeRatesText(
  { closeRates }: PartnerScore,
  { speech, room }: Place,
): string | null {
  let text: string | null = null;
  for (const { product: named, rate: p, low, high, n, littleEvidence } of closeRates ?? []) {
    const product = fitSentence(named, NAME);
    const one = say(speech, 'closeRate.one', { product, p, low, high, n });
    const said = littleEvidence ? say(speech, 'evidence.said', { said: one }) : one;
    const longer: string = text === null ? said : `${text} · ${said}`;
    if (longer.length > room) break;
    text = longer;
  }
  return text;
}

/** An id that does not fit would name another record, or none. */
export const wholeId = (id: string | null | undefined, room: number): string | null =>
  id == null || id.length > room ? null : id;

export const sentence = (text: string | null | undefined, room: number): string | null =>
  text == null ? null : fitSentence(text, room);

/** Deals that would close the gap; scores of an earlier version know of none. */
export function closingText({ closing }: PartnerScore, { speech, room }: Place): string | null {
  if (closing === undefined || closing.length === 0) return null;
  const deals = closing.map(({ name, amount, probability }) =>
    say(speech, 'attention.closer', { name: fitSentence(name, NAME), amount, p: probability }),
  );
  return fitSentence(deals.join(', '), room);
}

export function nextDue({ planHealth }: PartnerScore, { speech, room }: Place): string | null {
  const [due] = planHealth.due;
  if (due === undefined) return null;
  return say(speech, `due.${due.side}`, { what: due.label, on: due.dueOn }, room);
}
