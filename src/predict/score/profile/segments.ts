import type { Segment } from '../../../model/profile.ts';
import { medianOf } from '../../math/numeric.ts';

const MIDDLE = 50;
/** In this order managers' places are given away. */
const ORDER: readonly Segment[] = ['invest', 'maintain', 'develop'];

export interface Segmented {
  id: string;
  /** Expected to be won with it in a year. */
  value: number;
  /** How well it fits, 0 to 100. */
  fit: number;
}

/** What a partner would be if managers had room for everybody. */
function wanted({ value, fit }: Segmented, usual: number): Segment {
  const valuable = value > 0 && value >= usual;
  if (fit >= MIDDLE) return valuable ? 'invest' : 'develop';
  return valuable ? 'maintain' : 'self-service';
}

/**
 * Segments by what partners are worth and how well they fit, as far as managers have room: whoever
 * brings least by either is served by tools first, and what it would be is said beside it.
 */
export function segmentsOf(
  partners: readonly Segmented[],
  room: number,
): Map<string, { segment: Segment; beyond: Segment | null }> {
  const usual = medianOf(partners.flatMap(({ value }) => (value > 0 ? [value] : []))) ?? 0;
  const placed = partners
    .map((one) => ({ ...one, segment: wanted(one, usual) }))
    .sort(
      (a, b) =>
        ORDER.indexOf(a.segment) - ORDER.indexOf(b.segment) ||
        b.value - a.value ||
        b.fit - a.fit ||
        (a.id < b.id ? -1 : 1),
    );
  let left = room;
  return new Map(
    placed.map(({ id, segment }): [string, { segment: Segment; beyond: Segment | null }] => {
      if (segment === 'self-service') return [id, { segment, beyond: null }];
      const served = left-- > 0;
      return [
        id,
        served ? { segment, beyond: null } : { segment: 'self-service', beyond: segment },
      ];
    }),
  );
}
