import { BAND_Z, COACH_MIN_LOST, COACH_MIN_SHARE, COACH_PSEUDO_DEALS } from '../tuning.ts';

/** Deals, and those of them of which a share is taken. */
export interface Shared {
  n: number;
  hits: number;
}

/** A partner's share, leaning on that of the others, with its 80% band; and theirs. */
export interface BesideOthers {
  own: number;
  low: number;
  high: number;
  pool: number;
}

/**
 * Where a partner's share is above the others' by more than chance; `all` = with its own. null = it
 * is not, or too few deals tell.
 */
export function besideOthers(one: Shared, all: Shared | undefined): BesideOthers | null {
  const others = (all?.n ?? 0) - one.n;
  if (all === undefined || others <= 0 || one.hits < COACH_MIN_LOST) return null;
  const pool = (all.hits - one.hits) / others;
  const n = one.n + COACH_PSEUDO_DEALS;
  const own = (one.hits + COACH_PSEUDO_DEALS * pool) / n;
  const reach = BAND_Z * Math.sqrt((own * (1 - own)) / (n + 1));
  const [low, high] = [Math.max(0, own - reach), Math.min(1, own + reach)];
  return low > pool && own - pool >= COACH_MIN_SHARE ? { own, low, high, pool } : null;
}
