import { and, eq, isNotNull, or, sql } from 'drizzle-orm';
import { keyFinder } from '../model/fold.ts';
import { there } from './alive.ts';
import { given, preparedRead } from './prepared.ts';
import { deals, stages } from './schema.ts';
import type { Store } from './store.ts';

type Outcome = 'open' | 'won' | 'lost';

/** A stage of which a list says otherwise than the CRM says of the deals in it. */
export interface ContradictedStage {
  object: string;
  stage: string;
  deals: number;
  listed: Outcome;
  said: Outcome;
  examples: string[];
}

const outcomeOf = (closed: boolean, won: boolean): Outcome =>
  won ? 'won' : closed ? 'lost' : 'open';

const listedStages = preparedRead(
  { key: stages.key, closed: stages.closed, won: stages.won },
  (select) => select.from(stages).where(there(stages)),
);
const saidOfDeals = preparedRead(
  {
    object: deals.object,
    stage: deals.stage,
    closed: deals.closed,
    won: deals.won,
    deals: sql<number>`count(*)`,
    first: sql<string>`min(${deals.id})`,
    last: sql<string>`max(${deals.id})`,
  },
  (select) =>
    select
      .from(deals)
      .where(
        and(
          eq(deals.connectionId, given('connectionId')),
          eq(deals.deleted, 0),
          or(isNotNull(deals.closed), eq(deals.won, 1)),
        ),
      )
      .groupBy(deals.object, deals.stage, deals.closed, deals.won)
      .orderBy(deals.object, deals.stage, deals.closed, deals.won),
);

/** Of a list written by hand, `byHand`, since the CRM's own never contradicts its records. */
export async function contradictedStages(
  store: Store,
  connectionId: string,
  byHand: readonly unknown[],
): Promise<ContradictedStage[]> {
  if (byHand.length === 0) return [];
  const listed = new Map(
    (await listedStages(store, { connectionId })).map((one) => [one.key, one] as const),
  );
  const find = keyFinder(listed.keys());
  return (await saidOfDeals(store, { connectionId })).flatMap((row): ContradictedStage[] => {
    const one = listed.get(find(row.stage) ?? '');
    // Closed, and nothing says whether it was won.
    if (one === undefined || (row.closed === 1 && row.won === null)) return [];
    const is = outcomeOf(one.closed === 1, one.won === 1);
    const said = outcomeOf(row.closed === 1, row.won === 1);
    return is === said
      ? []
      : [
          {
            ...{ object: row.object, stage: row.stage, deals: row.deals, listed: is, said },
            examples: [...new Set([row.first, row.last])],
          },
        ];
  });
}
