import type {
  AssetChoice,
  AssetLift,
  CertificateNeed,
  Enablement,
  SkillGap,
} from '../../model/enablement.ts';
import type { StageFacts } from '../../model/facts.ts';
import { fold } from '../../model/fold.ts';
import type { Playbook } from '../../model/playbook.ts';
import type { FreshDeal, PartnerTraits } from '../../model/traits.ts';
import { isForProduct } from '../kpi/certificates.ts';
import { isoDay } from '../math/calendar.ts';
import { exactSum } from '../math/exact-sum.ts';
import { BAND_Z, COACH_MIN_LOST, COACH_MIN_SHARE, COACH_PSEUDO_DEALS } from '../tuning.ts';
import { chooseAsset, type WantedAsset } from './choose-asset.ts';
import type { Known } from './proofs.ts';

/** What gaps are named and filled by. */
export interface EnablementRules {
  playbook: Playbook;
  language: string;
  timeZone: string;
  stages: ReadonlyMap<string, StageFacts>;
  lifts: ReadonlyMap<string, AssetLift>;
}

interface Counts {
  n: number;
  lost: number;
}
type By = SkillGap['by'];

/** Losses of a partner by stage or product. */
const LOSSES: Record<By, (of: PartnerTraits) => (Counts & { of: string })[]> = {
  stage: ({ reached }) => reached,
  product: ({ products }) => products.map(({ of, n, won }) => ({ of, n, lost: n - won })),
};

function totals(partners: readonly PartnerTraits[], by: By): Map<string, Counts> {
  const rows = Map.groupBy(partners.flatMap(LOSSES[by]), ({ of }) => of);
  return new Map(
    [...rows].map(([of, own]) => [
      of,
      { n: exactSum(own.map(({ n }) => n)), lost: exactSum(own.map(({ lost }) => lost)) },
    ]),
  );
}

/** Where it loses more than others by more than chance; its share leans on theirs. */
function weakness(own: Counts, all: Counts | undefined) {
  const others = (all?.n ?? 0) - own.n;
  if (all === undefined || others <= 0 || own.lost < COACH_MIN_LOST) return null;
  const pool = (all.lost - own.lost) / others;
  const n = own.n + COACH_PSEUDO_DEALS;
  const share = (own.lost + COACH_PSEUDO_DEALS * pool) / n;
  const reach = BAND_Z * Math.sqrt((share * (1 - share)) / (n + 1));
  const [low, high] = [Math.max(0, share - reach), Math.min(1, share + reach)];
  return low > pool && share - pool >= COACH_MIN_SHARE ? { own: share, low, high, pool } : null;
}

/** Which certificate a product asks for; null = nobody says, and nobody has one for it. */
function certificateFor(
  product: string,
  { certificates }: Playbook,
  held: readonly string[],
): string | null {
  const asked = certificates.find((one) => fold(one.product) === fold(product))?.certificate;
  return asked ?? held.find((name) => isForProduct(name, product)) ?? null;
}

const holds = (own: readonly string[], certificate: string, product: string): boolean =>
  own.some((name) => fold(name) === fold(certificate) || isForProduct(name, product));

/** Gaps, certificates that are missing for new deals, and what would help, partner by partner. */
export function enablementOf(
  partners: readonly Known[],
  rules: EnablementRules,
): Map<string, Enablement> {
  const { playbook, language, stages, lifts, timeZone } = rules;
  const pools: Record<By, Map<string, Counts>> = {
    stage: totals(partners, 'stage'),
    product: totals(partners, 'product'),
  };
  const held = [...new Set(partners.flatMap(({ certificates }) => certificates))].sort();
  const assetFor = (wanted: WantedAsset, reader: Known): AssetChoice | null =>
    chooseAsset(playbook, wanted, reader, language, lifts);
  const gapsBy = (one: Known, by: By): SkillGap[] =>
    LOSSES[by](one).flatMap(({ of, n, lost }): SkillGap[] => {
      const found = of === '' ? null : weakness({ n, lost }, pools[by].get(of));
      if (found === null) return [];
      const label = by === 'stage' ? (stages.get(of)?.label ?? of) : of;
      const asset = assetFor({ by, names: [of, label] }, one);
      return [{ by, of, label, n, lost, ...found, asset }];
    });
  const needOf = (one: Known, { dealId, product, sinceMs }: FreshDeal): CertificateNeed[] => {
    const certificate = certificateFor(product, playbook, held);
    if (certificate === null || holds(one.certificates, certificate, product)) return [];
    const asset = assetFor({ by: 'product', names: [product, certificate] }, one);
    return [{ dealId, product, since: isoDay(sinceMs, timeZone), certificate, asset }];
  };
  const cost = ({ n, own, pool }: SkillGap): number => n * (own - pool);
  return new Map(
    partners.map((one) => [
      one.id,
      {
        gaps: [...gapsBy(one, 'stage'), ...gapsBy(one, 'product')].toSorted(
          (a, b) => cost(b) - cost(a) || (a.of < b.of ? -1 : 1),
        ),
        needs: one.fresh.flatMap((deal) => needOf(one, deal)),
        decided: exactSum(one.products.map(({ n }) => n)),
      },
    ]),
  );
}
