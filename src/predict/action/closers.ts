import type { ClosingDeal } from '../../model/score.ts';
import { CLOSERS_SHOWN, HOPELESS } from '../tuning.ts';
import type { ScoredDeal } from '../score/deal.ts';

/** Open deals worth an hour, by what each is expected to bring. */
const worthIt = (deals: readonly ScoredDeal[]): ScoredDeal[] =>
  deals
    .filter(({ score }) => score.probability >= HOPELESS && score.standing !== 'silent')
    .sort(
      (a, b) =>
        b.score.probability * b.score.amount - a.score.probability * a.score.amount ||
        (a.state.id < b.state.id ? -1 : 1),
    );

/**
 * The fewest of a partner's open deals that would close its gap if they were won, a few at most.
 */
export function closersOf(deals: readonly ScoredDeal[], gap: number): ClosingDeal[] {
  const found: ClosingDeal[] = [];
  let missing = gap;
  for (const { state, score } of worthIt(deals)) {
    if (missing <= 0 || found.length === CLOSERS_SHOWN) break;
    missing -= score.amount;
    found.push({
      dealId: state.id,
      name: state.deal.name,
      amount: score.amount,
      probability: score.probability,
    });
  }
  return found;
}

/** The largest deal worth an hour that stands still. */
export const stalledOf = (deals: readonly ScoredDeal[]): ScoredDeal | null =>
  worthIt(deals)
    .filter(({ signs }) => signs.quiet)
    .reduce<ScoredDeal | null>(
      (most, one) => (most === null || one.score.amount > most.score.amount ? one : most),
      null,
    );
