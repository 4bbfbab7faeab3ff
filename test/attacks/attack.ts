import type { PartnerFacts } from '../../src/model/facts.ts';
import type { Kit } from './edits.ts';

/** What a partner does to its own record. */
export interface Attack {
  name: string;
  /**
   * `visible`: cannot be told from honesty by the record alone, so difficulty or evidence must show
   * it.
   */
  rule?: 'limits' | 'visible';
  needsPlan?: boolean;
  apply(partner: PartnerFacts, kit: Kit): PartnerFacts;
  /** The same once more, after it was found out. */
  again?(partner: PartnerFacts, kit: Kit): PartnerFacts;
}
