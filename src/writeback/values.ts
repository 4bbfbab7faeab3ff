import { cleanText } from '../model/clean-text.ts';
import type { CrmValue } from '../model/connector.ts';
import { OUTPUTS, type OutputName } from '../model/outputs.ts';
import type { DealMovement, DealScore, PartnerScore } from '../model/score.ts';
import { fitSentence } from '../model/language/fit.ts';
import { say } from '../model/language/say.ts';
import type { Speech } from '../model/language/languages.ts';
import { reasonsText } from './reasons-text.ts';
import { worthValues } from './worth-values.ts';

/** Of a deal's name among others: a few deals stand in one text. */
const NAME = 40;

/** Output name -> value, as it stands before rounding to the CRM field. */
export type OutputValues = Record<string, CrmValue>;

const length = (name: OutputName, lengths: Record<string, number>): number => {
  const shape = OUTPUTS[name];
  return lengths[name] ?? ('length' in shape ? shape.length : 255);
};

/** In percent; ten thousand is as good as any higher, and fits the field. */
const attainment = (share: number): number => Math.min(10_000, 100 * share);

/** `lengths`: room in the CRM's own field, per output, where it is known. */
export function partnerValues(
  score: PartnerScore,
  speech: Speech,
  lengths: Record<string, number> = {},
): OutputValues {
  const winRate = score.kpis.find((kpi) => kpi.kpi === 'cohort_win_rate')?.value ?? null;
  return cleaned({
    'partner.score': score.score,
    'partner.scoreLow': score.low,
    'partner.scoreHigh': score.high,
    'partner.evidence': score.evidence,
    'partner.difficulty': score.difficulty,
    'partner.event': fitSentence(score.event.text, length('partner.event', lengths)),
    'partner.reasons': reasonsText(
      { ...score, total: score.score },
      speech,
      length('partner.reasons', lengths),
    ),
    'partner.nextAction': sentence(score.nextAction?.text, length('partner.nextAction', lengths)),
    'partner.nextDeal': wholeId(score.nextAction?.dealId, length('partner.nextDeal', lengths)),
    'partner.planHealth': score.planHealth.health,
    'partner.vendorHealth': score.planHealth.vendorHealth,
    'partner.nextDue': nextDue(score, speech, length('partner.nextDue', lengths)),
    'partner.winRate': winRate === null ? null : winRate * 100,
    'partner.forecastLow': score.forecast.p10,
    'partner.forecast': score.forecast.p50,
    'partner.forecastHigh': score.forecast.p90,
    'partner.sourced': score.credit?.sourced ?? null,
    'partner.influenced': score.credit?.influenced ?? null,
    'partner.forecastMean': score.forecast.mean,
    'partner.expectedAttainment': attainment(score.expectedAttainment),
    'partner.expectedAttainmentLow': attainment(score.expectedAttainmentLow),
    'partner.expectedAttainmentHigh': attainment(score.expectedAttainmentHigh),
    'partner.gap': score.gap,
    'partner.moneyAtStake': score.moneyAtStake,
    'partner.closing': closingText(score, speech, length('partner.closing', lengths)),
    'partner.scoreNext': score.scoreNext,
    'partner.trackRecord': sentence(score.trackRecord, length('partner.trackRecord', lengths)),
    ...fitted(worthValues(score, speech), lengths),
    'partner.asOf': speech.today,
  });
}

/**
 * Names of partners and deals stand in the texts: nothing odd in them is written back into the CRM.
 */
const cleaned = (values: OutputValues): OutputValues =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? cleanText(value) : value,
    ]),
  );

/** An id that does not fit would name another record, or none. */
const wholeId = (id: string | null | undefined, room: number): string | null =>
  id == null || id.length > room ? null : id;

/** Sentences no longer than their fields. */
const fitted = (values: OutputValues, lengths: Record<string, number>): OutputValues =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? fitSentence(value, length(name as OutputName, lengths)) : value,
    ]),
  );

const sentence = (text: string | null | undefined, room: number): string | null =>
  text == null ? null : fitSentence(text, room);

/** Deals that would close the gap; scores of an earlier version know of none. */
function closingText({ closing }: PartnerScore, speech: Speech, room: number): string | null {
  if (closing === undefined || closing.length === 0) return null;
  const deals = closing.map(({ name, amount, probability }) =>
    say(speech, 'attention.closer', { name: fitSentence(name, NAME), amount, p: probability }),
  );
  return fitSentence(deals.join(', '), room);
}

function nextDue({ planHealth }: PartnerScore, speech: Speech, room: number): string | null {
  const [due] = planHealth.due;
  if (due === undefined) return null;
  return say(speech, `due.${due.side}`, { what: due.label, on: due.dueOn }, room);
}

/** What an older score does not say is left empty. */
const movementValues = (movement: DealMovement | undefined, speech: Speech): OutputValues => ({
  'deal.stallRisk': percent(movement?.stallRisk),
  'deal.triage': movement === undefined ? null : say(speech, `triage.${movement.triage}`),
  'deal.expectedClose': movement?.expectedClose?.middle ?? null,
  'deal.expectedCloseLow': movement?.expectedClose?.low ?? null,
  'deal.expectedCloseHigh': movement?.expectedClose?.high ?? null,
  'deal.agePercentile': percent(movement?.agePercentile),
});

const percent = (share: number | null | undefined): number | null =>
  share == null ? null : 100 * share;

export function dealValues(
  score: DealScore,
  speech: Speech,
  lengths: Record<string, number> = {},
): OutputValues {
  return cleaned({
    'deal.winProbability': score.probability * 100,
    'deal.low': score.low * 100,
    'deal.high': score.high * 100,
    'deal.everProbability': score.everProbability * 100,
    'deal.moneyAtStake': score.amount * score.everProbability,
    'deal.evidence': score.evidence,
    'deal.reasons': reasonsText(
      { ...score, total: score.probability * 100 },
      speech,
      length('deal.reasons', lengths),
    ),
    'deal.trackRecord': sentence(score.trackRecord, length('deal.trackRecord', lengths)),
    'deal.nextAction': sentence(score.nextAction?.text, length('deal.nextAction', lengths)),
    'deal.health': say(speech, `health.${score.health}`),
    ...movementValues(score.movement, speech),
    'deal.asOf': speech.today,
    'deal.duplicateOf': sentence(score.duplicateOf, length('deal.duplicateOf', lengths)),
  });
}
