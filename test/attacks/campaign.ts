/** Every attack, alone or in pairs, by every partner of some channels. */
import type { PartnerFacts, Side } from '../../src/model/facts.ts';
import { random } from '../properties/world.ts';
import type { Attack } from './attack.ts';
import { controls, lookAlikes } from './control.ts';
import { DEAL_ATTACKS } from './deal-attacks.ts';
import { atRest, kitFor, play, rowOf, type Outcome, type Rest, type Row } from './measure.ts';
import { OTHER_ATTACKS } from './other-attacks.ts';
import { channel } from './world.ts';

export const ATTACKS: readonly Attack[] = [...DEAL_ATTACKS, ...OTHER_ATTACKS];
const PAIRS = 40;
const SHOWS_POINTS = 0.5;

/** What a partner may move at most: with authors known, and with authors unknown. */
export interface Limits {
  score: number;
  health: number;
  forecast: number;
  places: number;
}
export const limitsOf = (by: Side | null): Limits => ({
  score: by === null ? 8 : 3,
  health: 3,
  forecast: 1.8,
  places: by === null ? Infinity : 2,
});
/** Points of the naive composite that an attack must bring to prove anything. */
export const NAIVE_POINTS = 1;

export const withinLimits = (row: Row, limits: Limits): boolean =>
  row.scoreGain.max <= limits.score &&
  row.planHealthGain.max <= limits.health &&
  row.places.max <= limits.places &&
  row.forecastRatio <= limits.forecast;

const playAll = (
  rests: readonly Rest[],
  by: Side | null,
  attack: Pick<Attack, 'needsPlan' | 'apply'>,
): Outcome[] =>
  rests.flatMap((rest) =>
    rest.channel.partners
      .filter((p) => !attack.needsPlan || p.plans.length > 0)
      .map((p, i) => {
        const kit = kitFor(rest, by, random(rest.channel.seed * 97 + i));
        return play(rest, attack.apply(p, kit));
      }),
  );

/**
 * Of an attack that the record alone cannot tell from honesty: did the published difficulty or
 * evidence move, or did the second try hold?
 */
function shown(
  rests: readonly Rest[],
  by: Side | null,
  attack: Attack,
  once: readonly Outcome[],
): boolean {
  if (attack.again) {
    const again = playAll(rests, by, { ...attack, apply: attack.again });
    const limits = limitsOf(by);
    return [once, again].every((o) => withinLimits(rowOf(attack.name, o, 'limits', null), limits));
  }
  return once.every(
    ({ before, after }) =>
      after.score - before.score <= limitsOf(by).score ||
      after.difficulty >= before.difficulty + SHOWS_POINTS ||
      after.evidence < before.evidence,
  );
}

function single(rests: readonly Rest[], by: Side | null, attack: Attack): Row {
  const outcomes = playAll(rests, by, attack);
  const rule = attack.rule ?? 'limits';
  return rowOf(
    attack.name,
    outcomes,
    rule,
    rule === 'visible' ? shown(rests, by, attack, outcomes) : null,
  );
}

/** Two attacks of one partner, one after the other; what only shows itself stays so. */
const both = (a: Attack, b: Attack): Attack => ({
  name: `${a.name} + ${b.name}`,
  rule: a.rule ?? b.rule,
  needsPlan: a.needsPlan === true || b.needsPlan === true,
  apply: (partner: PartnerFacts, kit) => b.apply(a.apply(partner, kit), kit),
});

/** Seeded pairs of different attacks that stand under the limits. */
function pairsOf(seed: number, count: number): Attack[] {
  const r = random(seed * 17 + 5);
  const plain = ATTACKS.filter((a) => a.rule !== 'visible');
  const pick = (): number => Math.floor(r() * plain.length);
  return Array.from({ length: count }, () => {
    const a = pick();
    let b = pick();
    while (b === a) b = pick();
    return both(plain[a]!, plain[b]!);
  });
}

const restsOf = (seed: number, worlds = 2): Rest[] =>
  Array.from({ length: worlds }, (_, i) => atRest(channel(seed + i)));

/** One row an attack, then the controls. */
export function campaign(seed: number, by: Side | null): Row[] {
  const rests = restsOf(seed);
  return [
    ...ATTACKS.map((attack) => single(rests, by, attack)),
    ...controls(rests, by, seed),
    ...lookAlikes(rests, by, seed),
  ];
}

export function pairs(seed: number, by: Side | null, count = PAIRS, worlds = 2): Row[] {
  const rests = restsOf(seed, worlds);
  return pairsOf(seed, count).map((pair) => single(rests, by, pair));
}
