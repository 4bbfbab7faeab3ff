import type { DealFacts, StageFacts } from '../../model/facts.ts';

export type Outcome = 'open' | 'won' | 'lost';

const outcomeOf = (closed: boolean, won: boolean): Outcome =>
  closed ? (won ? 'won' : 'lost') : 'open';

/**
 * What a deal was while it stood in `stage`. The list of stages decides; of a stage that is in no
 * list, what the CRM says of the record itself, which it says of the stage that the record is in
 * now. Where nothing says it the outcome is unknown, which is neither open nor lost. A stage that
 * was not known yet is open.
 */
export function outcomeIn(
  deal: DealFacts,
  stage: string | null,
  stages: ReadonlyMap<string, StageFacts>,
): Outcome | 'unknown' {
  if (stage === null) return 'open';
  const listed = stages.get(stage);
  if (listed !== undefined) return outcomeOf(listed.closed, listed.won);
  const { closed, won } = deal.told ?? { closed: null, won: null };
  if (stage !== deal.stage) return 'unknown';
  if (won === true) return 'won';
  if (closed === null || (closed && won === null)) return 'unknown';
  return outcomeOf(closed, false);
}
