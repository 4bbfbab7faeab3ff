/** Knows where a text and the number beside it disagree; of English texts. */
import type { DealFacts, MeasureContext } from '../../../src/model/facts.ts';
import type { DealScore, NextAction, PartnerScore } from '../../../src/model/score.ts';

const DAY_MS = 86_400_000;
/** Money is written with three significant digits. */
const MONEY_SLACK = 0.006;

const moneyIn = (text: string): number | null => {
  const found = /[A-Z]{3} (-?[\d,]+)/.exec(text)?.[1];
  return found === undefined ? null : Number(found.replaceAll(',', ''));
};
const isOff = (said: number | null, is: number): boolean =>
  said !== null && Math.abs(said - is) > Math.max(1, MONEY_SLACK * Math.abs(is));

type Tell = (wrong: boolean, what: string) => void;

/** The headline: amount, band and past deals as in the fields. */
function ofHeadline(
  tell: Tell,
  score: { headline: string; evidence: number },
  amount: number,
  low: number,
  high: number,
): void {
  const { headline, evidence } = score;
  if (!headline.startsWith('Probability')) return;
  tell(isOff(moneyIn(headline), amount), `headline-money ${amount}`);
  const [, from, to] = /\((\d+) to (\d+)%\)/.exec(headline) ?? [];
  tell(Number(from) > 100 * low + 1e-6 || Number(to) < 100 * high - 1e-6, 'headline-band');
  tell(Number(from) < 100 * low - 1 || Number(to) > 100 * high + 1, 'headline-band');
  const n = /from ([\d,]+) past deals?$/.exec(headline)?.[1]?.replaceAll(',', '');
  tell(n !== undefined && Number(n) !== Math.round(evidence), 'headline-evidence');
}

/** The effect: what stands now, what would stand, and the points between them. */
function ofEffect(tell: Tell, action: NextAction | null, now: number | null): void {
  if (action === null) return;
  const { text, points } = action.effect;
  const [, to, low, high, from] =
    /(\d+)% \((\d+) to (\d+)%\), now (?:under )?(\d+)%/.exec(text) ?? [];
  if (to === undefined) return;
  tell(now !== null && Math.abs(Number(from) - 100 * now) > 1, 'effect-now');
  tell(Number(low) > Number(to) || Number(high) < Number(to), 'effect-band');
  tell(points !== null && Math.abs(Number(to) - Number(from) - points) > 1.01, 'effect-points');
  tell((points === null) !== text.includes('no higher'), 'effect-direction');
}

const actionOf = (score: PartnerScore | DealScore): NextAction | null =>
  score.nextAction ?? score.candidate ?? null;

export function numbersOfDeal(
  score: DealScore,
  facts: DealFacts,
  context: MeasureContext,
): string[] {
  const found: string[] = [];
  const tell: Tell = (wrong, what) => {
    if (wrong) found.push(`${what}: ${score.headline} / ${actionOf(score)?.text} (${facts.id})`);
  };
  const { probability, everProbability, low, high, amount, base, against, health } = score;
  ofHeadline(tell, score, amount, low, high);
  ofEffect(tell, actionOf(score), probability);
  tell(low > probability || high < probability, 'band-without-it');
  tell(everProbability < probability, 'ever-less-than-soon');
  const said = /^([\d.]+)%/.exec(against)?.[1];
  tell(said !== undefined && Math.abs(Number(said) - base) > 0.06, 'base-text');
  const last = Math.max(
    0,
    ...facts.activities
      .filter((row) => row.qualifying && row.atMs <= context.asOfMs)
      .map((r) => r.atMs),
  );
  tell(
    health === 'stalled' && last > context.asOfMs - context.staleDays * DAY_MS,
    'stalled-moving',
  );
  const stake = actionOf(score)?.stake ?? 0;
  tell(isOff(stake, amount * everProbability) && stake > 0, 'stake');
  return found;
}

export function numbersOfPartner(score: PartnerScore, deals: readonly DealScore[]): string[] {
  const found: string[] = [];
  const action = actionOf(score);
  const tell: Tell = (wrong, what) => {
    if (wrong) found.push(`${what}: ${score.headline} / ${action?.text} (${score.partnerId})`);
  };
  const { gap, moneyAtStake, event, expectedAttainment, low, high } = score;
  const goal = event.goal ?? 0;
  ofHeadline(tell, score, goal, low / 100, high / 100);
  ofEffect(tell, action, null);
  const short = /([A-Z]{3} [\d,]+) short of its goal/.exec(action?.text ?? '')?.[1];
  tell(short !== undefined && isOff(moneyIn(short), gap), 'gap-text');
  tell(gap <= 0 && moneyAtStake > 0, 'stake-without-gap');
  tell(isOff(Math.max(0, goal - goal * expectedAttainment), Math.max(0, gap)), 'attainment-gap');
  tell(score.headline.includes('is reached') && gap > 1, 'reached-short');
  const open = new Map(deals.map((deal) => [deal.dealId, deal]));
  const named = action?.dealId ?? null;
  tell(named !== null && !open.has(named), 'names-a-stranger');
  for (const closer of score.closing) {
    const deal = open.get(closer.dealId);
    tell(isOff(closer.amount, deal?.amount ?? 0), 'closing-amount');
    tell(Math.abs(closer.probability - (deal?.probability ?? -1)) > 1e-9, 'closing-probability');
  }
  tell(gap <= 0 && score.closing.length > 0, 'closes-nothing');
  return found;
}
