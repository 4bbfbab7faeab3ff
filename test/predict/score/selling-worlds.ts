/** Made-up channels in which partners stop selling without saying so; all that is true is known. */
import { aheadOfKinds } from '../../../src/predict/score/value/ahead.ts';
import { spreadOf } from '../../../src/predict/score/value/dropout.ts';
import { historyOf, partnerValue } from '../../../src/predict/score/value/partner-value.ts';
import { winSizeOf } from '../../../src/predict/score/value/win-size.ts';
import type { PartnerValue } from '../../../src/model/worth.ts';
import { random } from '../../properties/world.ts';

export const PAST = 24;
export const ALL = 36;
const QUARTERS = 12;
const SIZE = 20_000;
const SIZE_SD = 0.6;

export interface MadePartner {
  deals: number[];
  amounts: number[];
  /** Deals begun, most of which are not won. */
  begun: number[];
  /** Month from which on it sells nothing any more. */
  stopMonth: number;
}
type Random = () => number;

const normal = (r: Random): number =>
  Math.sqrt(-2 * Math.log(1 - r())) * Math.cos(2 * Math.PI * r());

function poisson(r: Random, mean: number): number {
  let chance = Math.exp(-mean);
  let sum = chance;
  let n = 0;
  for (const u = r(); u > sum && n < 50; sum += chance) chance *= mean / ++n;
  return n;
}

function empty(r: Random): { made: MadePartner; win: (month: number) => void } {
  const zeros = (): number[] => new Array<number>(ALL).fill(0);
  const made = { deals: zeros(), amounts: zeros(), begun: zeros(), stopMonth: ALL };
  const scale = SIZE * Math.exp(SIZE_SD * normal(r));
  const win = (month: number): void => {
    made.deals[month]! += 1;
    made.amounts[month]! += scale * Math.exp(SIZE_SD * normal(r) - SIZE_SD ** 2 / 2);
  };
  return { made, win };
}

/**
 * Quarter by quarter: each partner has its chance to win anything in one, and to stop before it.
 */
function byQuarters(r: Random): MadePartner {
  const { made, win } = empty(r);
  const [chance, stop, more] = [r() ** (1 / 1.2), 1 - r() ** (1 / 8), 1.5 * r()];
  for (let q = 0; q < QUARTERS && made.stopMonth === ALL; q++) {
    if (r() < stop) made.stopMonth = 3 * q;
    else if (r() < chance)
      for (let n = 1 + poisson(r, more); n > 0; n--) win(3 * q + Math.floor(3 * r()));
  }
  return made;
}

/** Month by month: wins come at the partner's own pace until it stops. */
function byMonths(r: Random): MadePartner {
  const { made, win } = empty(r);
  const [pace, hazard] = [Math.exp(-1.2 + 0.9 * normal(r)), 0.004 + 0.05 * r() ** 2];
  made.stopMonth = Math.min(ALL, Math.floor(-Math.log(1 - r()) / hazard));
  for (let m = 0; m < made.stopMonth; m++) for (let n = poisson(r, pace); n > 0; n--) win(m);
  return made;
}

const WON = 0.35;
const CYCLE_MONTHS = 5;

/** Deals begin at the partner's own pace until it stops; what is won of them is won later. */
function byDeals(r: Random): MadePartner {
  const { made, win } = empty(r);
  const [pace, hazard] = [Math.exp(-0.4 + 0.9 * normal(r)), 0.004 + 0.05 * r() ** 2];
  made.stopMonth = Math.min(ALL, Math.floor(-Math.log(1 - r()) / hazard));
  for (let m = -2 * CYCLE_MONTHS; m < made.stopMonth; m++)
    for (let n = poisson(r, pace); n > 0; n--) {
      if (m >= 0) made.begun[m]! += 1;
      const wonMonth = m + 1 + poisson(r, CYCLE_MONTHS - 1);
      if (r() < WON && wonMonth >= 0 && wonMonth < ALL) win(wonMonth);
    }
  return made;
}

const WORLDS = {
  'by quarters': byQuarters,
  'by months': byMonths,
  'by deals': byDeals,
} as const;
export type WorldName = keyof typeof WORLDS;

export function channelOf(name: WorldName, seed: number, partners: number): MadePartner[] {
  const r = random(seed);
  return Array.from({ length: partners }, () => WORLDS[name](r));
}

const ahead = { year: aheadOfKinds(12), threeYears: aheadOfKinds(12) };

/** Months with any sign of selling, up to one. */
export const signsOf = ({ deals, begun }: MadePartner, months: number): number[] =>
  deals.slice(0, months).map((won, m) => (won + begun[m]! > 0 ? 1 : 0));

/** Values from the past months alone, without discount. */
export function valuesAt(
  channel: readonly MadePartner[],
  of: 'deals' | 'amounts',
): { value: PartnerValue; future: number }[] {
  const past = channel.map((one) => one[of].slice(0, PAST));
  const signs = channel.map((one) => signsOf(one, PAST));
  const worth = {
    spread: spreadOf(past.map(historyOf)),
    signSpread: spreadOf(signs.map(historyOf)),
    ...{ ahead, discount: 0, growth: 0 },
  };
  const usual = winSizeOf(past.map((months) => months.filter((amount) => amount > 0)));
  return channel.map((one, i) => ({
    value: partnerValue(past[i]!, signs[i]!, worth, usual),
    future: one[of].slice(PAST).reduce((sum, amount) => sum + amount, 0),
  }));
}
