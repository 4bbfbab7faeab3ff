import type { TierLadder, TierSettings } from '../../../model/tier.ts';

const same = (text: string): string => text.trim().toLowerCase();

/** The ladder for a type; null = there is none. */
export const ladderFor = (settings: TierSettings, type: string | null): TierLadder | null =>
  settings.ladders.find(({ types }) => types?.some((one) => same(one) === same(type ?? ''))) ??
  settings.ladders.find(({ types }) => types === undefined) ??
  null;

/** Place of a rung by its name, in whatever letters; -1 = the ladder has none of it. */
export const rungAt = ({ rungs }: TierLadder, name: string): number =>
  rungs.findIndex((rung) => same(rung.name) === same(name));

/** A tier of the CRM as its ladder spells it; as the CRM does where no ladder has it. */
export function tierNamed(
  tier: string | null,
  type: string | null,
  settings: TierSettings | undefined,
): string | null {
  const ladder = settings === undefined ? null : ladderFor(settings, type);
  if (ladder === null || tier === null) return tier;
  return ladder.rungs[rungAt(ladder, tier)]?.name ?? tier;
}
