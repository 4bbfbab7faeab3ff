import { KINDS, type Kind, type StillSelling } from './dropout.ts';

/** Months with a win among the next ones. */
export interface MonthsAhead {
  /** Chance of 0, 1, … months with a win. */
  counts: number[];
  /** Chance of a win in each of the next months. */
  wins: number[];
}

/** Of an active partner of one kind, month by month: state = how many months had a win so far. */
function aheadOfKind({ win, stop }: Kind, months: number): MonthsAhead {
  let active = [1, ...new Array<number>(months).fill(0)];
  const counts = new Array<number>(months + 1).fill(0);
  const wins: number[] = [];
  let alive = 1;
  for (let m = 0; m < months; m++) {
    active.forEach((chance, n) => (counts[n]! += chance * stop));
    alive *= 1 - stop;
    wins.push(alive * win);
    active = active.map(
      (chance, n) => (1 - stop) * (chance * (1 - win) + (n > 0 ? active[n - 1]! * win : 0)),
    );
  }
  active.forEach((chance, n) => (counts[n]! += chance));
  return { counts, wins };
}

/** The same for every kind: made once, mixed for each partner. */
export const aheadOfKinds = (months: number): MonthsAhead[] =>
  KINDS.map((kind) => aheadOfKind(kind, months));

/** What the next months bring of one partner. */
export function monthsAhead(of: readonly MonthsAhead[], { active, kinds }: StillSelling) {
  const months = of[0]!.wins.length;
  const ahead: MonthsAhead = {
    counts: new Array<number>(months + 1).fill(0),
    wins: new Array<number>(months).fill(0),
  };
  kinds.forEach((chance, k) => {
    of[k]!.counts.forEach((one, n) => (ahead.counts[n]! += chance * one));
    of[k]!.wins.forEach((one, m) => (ahead.wins[m]! += chance * one));
  });
  ahead.counts[0]! += 1 - active;
  return ahead;
}
