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
import { besideOthers, type Shared } from './beside-others.ts';
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

type By = SkillGap['by'];

/** Losses of a partner by stage or product. */
const LOSSES: Record<By, (of: PartnerTraits) => (Shared & { of: string })[]> = {
  stage: ({ reached }) => reached.map(({ of, n, lost }) => ({ of, n, hits: lost })),
  product: ({ products }) => products.map(({ of, n, won }) => ({ of, n, hits: n - won })),
};

function totals(partners: readonly PartnerTraits[], by: By): Map<string, Shared> {
  const rows = Map.groupBy(partners.flatMap(LOSSES[by]), ({ of }) => of);
  return new Map(
    [...rows].map(([of, own]) => [
      of,
      { n: exactSum(own.map(({ n }) => n)), hits: exactSum(own.map(({ hits }) => hits)) },
    ]),
  );
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
  const pools: Record<By, Map<string, Shared>> = {
    stage: totals(partners, 'stage'),
    product: totals(partners, 'product'),
  };
  const held = [...new Set(partners.flatMap(({ certificates }) => certificates))].sort();
  const assetFor = (wanted: WantedAsset, reader: Known): AssetChoice | null =>
    chooseAsset(playbook, wanted, reader, language, lifts);
  const gapsBy = (one: Known, by: By): SkillGap[] =>
    LOSSES[by](one).flatMap(({ of, ...lost }): SkillGap[] => {
      const found = of === '' ? null : besideOthers(lost, pools[by].get(of));
      if (found === null) return [];
      const label = by === 'stage' ? (stages.get(of)?.label ?? of) : of;
      const asset = assetFor({ by, names: [of, label] }, one);
      return [{ by, of, label, n: lost.n, lost: lost.hits, ...found, asset }];
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
