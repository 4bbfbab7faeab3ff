import type { KpiProof, LeadingId } from '../../model/proof.ts';
import type { PartnerTraits } from '../../model/traits.ts';
import { dictionary, type OwnKpis } from '../../model/own-kpi.ts';
import { proofOf, type ProofRow } from '../kpi/proof.ts';

export type Known = PartnerTraits & { id: string };

/** Of these nothing on record is none of them, once anybody's are on record. */
const COUNTS: readonly string[] = ['count', 'count/week'];

/** What a metric says of a partner at a moment: null = it says nothing. */
export const countedOr0 = (value: number | null | undefined, unit: string | undefined) =>
  value ?? (unit !== undefined && COUNTS.includes(unit) ? 0 : null);

/** Whether each leading metric that anybody has foretells wins, on this organisation's deals. */
export function proofsOf(partners: readonly Known[], own: OwnKpis = {}): KpiProof[] {
  const shapes = dictionary(own);
  const ids = new Set(
    partners.flatMap(({ leading, now }) =>
      [now, ...leading.map(({ values }) => values)].flatMap((values) =>
        (Object.keys(values) as LeadingId[]).filter((id) => values[id] != null),
      ),
    ),
  );
  return [...ids].sort().map((kpi) => {
    const unit = shapes.get(kpi)?.unit;
    const rows = partners.flatMap(({ id, leading }) =>
      leading.flatMap(({ startMs, n, won, values }): ProofRow[] => {
        const x = countedOr0(values[kpi], unit);
        return x === null ? [] : [{ partner: id, at: startMs, x, n, won }];
      }),
    );
    return proofOf(kpi, rows);
  });
}
