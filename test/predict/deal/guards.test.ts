/** Each guard of what is believed of a deal, by the one thing that it keeps out or lets in. */
import { describe, expect, it } from 'vitest';
import type { ActivityFacts, DealFacts, QuoteFacts, Side } from '../../../src/model/facts.ts';
import { dealAt, type DealState } from '../../../src/predict/deal/deal-at.ts';
import { dealsAt } from '../../../src/predict/deal/deals-at.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';
import { AS_OF, contextAt, dealOf } from '../../properties/world.ts';

const context = contextAt();
const CREATED = AS_OF - 120 * DAY_MS;
type Move = [day: number, stage: string, by: Side | null, amount?: number];

function deal(moves: Move[], over: Partial<DealFacts> = {}): DealFacts {
  const made = dealOf(
    'd',
    CREATED,
    moves.map(([day, stage]) => [day, stage]),
    { partnerId: 'p', amount: 1000, ...over },
  );
  const events = made.events.map((event, i) => ({
    ...event,
    by: i === 0 ? ('partner' as const) : moves[i - 1]![2],
    amount: i === 0 ? 1000 : (moves[i - 1]![3] ?? event.amount),
  }));
  return { ...made, amount: events.at(-1)!.amount, events };
}
const at = (moves: Move[], over: Partial<DealFacts> = {}): DealState =>
  dealAt(deal(moves, over), AS_OF, context)!;
const day = (n: number): number => CREATED + n * DAY_MS;
const kinds = (state: DealState): string[] =>
  state.proofs.map(({ kind, certain }) => (certain ? kind : `half ${kind}`));

describe('what nobody is known to have done', () => {
  it('is confirmed by our own side where it had stood for two weeks by then', () => {
    const stood = at([
      [5, 'Proposal', null],
      [30, 'Negotiation', 'vendor'],
    ]);
    expect(kinds(stood)).toEqual(['half stage', 'stage']);
    const fresh = at([
      [25, 'Proposal', null],
      [30, 'Registered', 'vendor'],
      [31, 'Qualified', 'vendor'],
    ]);
    expect(kinds(fresh)).toEqual(['stage']);
  });

  it('adds nothing once our own side has shown what there is', () => {
    const state = at([
      [20, 'Qualified', 'vendor'],
      [50, 'Negotiation', null],
    ]);
    expect([state.stage, kinds(state)]).toEqual(['Qualified', ['stage']]);
  });
});

describe('a deal that a partner sets back and forth', () => {
  it('is back where our side had it, which proves nothing once more', () => {
    const state = at([
      [10, 'Proposal', 'vendor'],
      [12, 'Registered', 'partner'],
      [14, 'Proposal', 'partner'],
    ]);
    expect([state.stage, kinds(state)]).toEqual(['Proposal', ['stage']]);
  });

  it('is no further than that', () => {
    const state = at([
      [10, 'Qualified', 'vendor'],
      [12, 'Registered', 'partner'],
      [14, 'Negotiation', 'partner'],
    ]);
    expect(state.stage).toBe('Registered');
  });
});

describe('a closed deal that the partner opens again', () => {
  const reopened: Move[] = [
    [10, 'Negotiation', 'vendor'],
    [20, 'Closed Lost', 'vendor'],
    [30, 'Registered', 'partner'],
  ];
  const meeting: ActivityFacts = {
    ...{ atMs: day(15), by: 'vendor', buyer: true, kind: 'meeting', qualifying: true },
  };

  it('has lost what was shown of it, meetings and depth too', () => {
    const state = at([...reopened, [40, 'Negotiation', 'partner']], { activities: [meeting] });
    expect([state.stage, state.provenMs]).toEqual(['Registered', null]);
  });

  it('has it again, once, when our side closes it as it was', () => {
    const state = at([...reopened, [40, 'Closed Lost', 'vendor']], { activities: [meeting] });
    expect(kinds(state)).toEqual(['stage', 'meeting']);
    expect(state.provenMs).toBe(day(10));
  });
});

describe('an amount', () => {
  const said = (by: Side | null, amount: number, stage = 'Qualified'): number | null =>
    at([
      [10, 'Qualified', 'vendor'],
      [40, stage, by, amount],
    ]).amount;

  it('is raised by our side alone, and lowered by anybody', () => {
    expect([said('partner', 9000), said('vendor', 9000), said('partner', 500)]).toEqual([
      1000, 9000, 500,
    ]);
  });

  it('of a win is raised by our side alone, whoever else is not known', () => {
    const afterwards = (by: Side | null): number | null => {
      const won = deal([[10, 'Closed Won', null]]);
      const last = { ...won.events.at(-1)!, atMs: day(40), amount: 9000, by };
      return dealAt({ ...won, events: [...won.events, last], amount: 9000 }, AS_OF, context)!
        .amount;
    };
    expect([afterwards(null), afterwards('partner'), afterwards('vendor')]).toEqual([
      1000, 1000, 9000,
    ]);
  });
});

describe('a proof', () => {
  const quoted = (state: QuoteFacts['state'], by: Side | null): string[] =>
    kinds(at([], { quotes: [{ id: 'q', atMs: day(10), state, amount: 1000, by }] }));
  it('is no draft, no rejected offer, and none of the partner', () => {
    expect(quoted('draft', 'vendor')).toEqual([]);
    expect(quoted('rejected', 'vendor')).toEqual([]);
    expect(quoted('ordered', 'partner')).toEqual([]);
    expect(quoted('ordered', null)).toEqual(['half order']);
    expect([quoted('presented', 'vendor'), quoted('ordered', 'vendor')]).toEqual([
      ['quote'],
      ['order'],
    ]);
  });

  it('is no meeting without the buyer, or of a kind that shows nothing', () => {
    const met = (over: Partial<ActivityFacts>): string[] =>
      kinds(
        at([], {
          activities: [{ ...{ atMs: day(9), kind: 'meeting', qualifying: true }, ...over }],
        }),
      );
    expect(met({ by: 'vendor', buyer: true })).toEqual(['meeting']);
    expect(met({ by: 'vendor', buyer: false })).toEqual([]);
    expect(met({ by: 'vendor' })).toEqual(['half meeting']);
    expect(met({ by: null, buyer: true })).toEqual(['half meeting']);
    expect(met({ by: 'partner', buyer: true })).toEqual([]);
    expect(met({ by: 'vendor', buyer: true, qualifying: false })).toEqual([]);
  });
});

describe('a win', () => {
  const waiting = (...deals: DealFacts[]): boolean[] =>
    dealsAt(deals, context).map((state) => state.waiting);

  it('that the partner alone claims waits a quarter, unless our side had shown the deal', () => {
    expect(waiting(deal([[100, 'Closed Won', 'partner']]))).toEqual([true]);
    expect(waiting(deal([[20, 'Closed Won', 'partner']]))).toEqual([false]);
    expect(waiting(deal([[100, 'Closed Won', 'vendor']]))).toEqual([false]);
    const shown = deal([
      [30, 'Proposal', 'vendor'],
      [100, 'Closed Won', 'partner'],
    ]);
    expect(waiting(shown)).toEqual([false]);
  });

  it('once more after it was taken back waits as long, and is the old one where that stood', () => {
    const again = (wonDay: number): Move[] => [
      [wonDay, 'Closed Won', 'vendor'],
      [60, 'Negotiation', 'vendor'],
      [100, 'Closed Won', 'vendor'],
    ];
    const [soon, stood] = [at(again(50)), at(again(20))];
    expect([soon.closedMs, soon.reopened]).toEqual([day(100), 1]);
    expect([stood.closedMs, stood.reopened]).toEqual([day(20), 1]);
    expect(waiting(deal(again(50)))).toEqual([true]);
    expect(waiting(deal(again(20)))).toEqual([false]);
  });

  it('of a partner with two that were taken back waits by how often that was', () => {
    const back = (id: string): DealFacts =>
      deal(
        [
          [20, 'Closed Won', 'vendor'],
          [30, 'Negotiation', 'vendor'],
        ],
        { id },
      );
    const fresh = { ...deal([[100, 'Closed Won', 'vendor']]), id: 'w' };
    expect(waiting(back('a'), fresh)).toEqual([false, false]);
    expect(waiting(back('a'), back('b'), fresh)).toEqual([false, false, true]);
  });
});
