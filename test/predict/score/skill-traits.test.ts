/** What a partner's deals say of its skills, as of a moment. */
import { expect, it } from 'vitest';
import type { ActivityFacts, DealFacts } from '../../../src/model/facts.ts';
import { playbookSchema } from '../../../src/model/playbook.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';
import { skillTraits } from '../../../src/predict/score/skill-traits.ts';
import { viewOf } from '../../../src/predict/score/partner.ts';
import { AS_OF, bare, contextAt, dealOf, partnerOf, poolOf } from '../../properties/world.ts';

const PLAYBOOK = playbookSchema.parse({
  assets: [
    { id: 'deck', title: 'Deck', activities: ['Demo deck', 'Deck sent'] },
    { id: 'unused', title: 'Never recorded' },
  ],
});
const context = contextAt(AS_OF, { playbook: PLAYBOOK });
const FROM = AS_OF - 200 * DAY_MS;
const at = (day: number): number => FROM + day * DAY_MS;
const used = (kind: string, day: number): ActivityFacts => ({
  kind,
  atMs: at(day),
  qualifying: true,
});

/** Registered on day 0, qualified on day 10, proposed on day 20, ended on day 40. */
const decided = (id: string, won: boolean, activities: ActivityFacts[]): DealFacts =>
  dealOf(
    id,
    FROM,
    [
      [10, 'Qualified'],
      [20, 'Proposal'],
      [40, won ? 'Closed Won' : 'Closed Lost'],
    ],
    { product: 'Vault', activities },
  );

function skills(deals: DealFacts[]) {
  const partner = partnerOf('P', deals);
  return skillTraits(viewOf(partner, poolOf([partner], context), context), context);
}

it('counts stages once a deal, and an asset in the stage of its first use before the end', () => {
  const found = skills([
    decided('w', true, [used('demo DECK', 12), used('Deck sent', 25)]),
    decided('l', false, [used('Deck sent', 30)]),
    decided('late', false, [used('Demo deck', 41)]),
    decided('other', true, [used('call', 12)]),
  ]);
  expect(found.reached).toEqual([
    { of: 'Proposal', n: 4, lost: 2, won: 2 },
    { of: 'Qualified', n: 4, lost: 0, won: 2 },
    { of: 'Registered', n: 4, lost: 0, won: 2 },
  ]);
  expect(found.used).toEqual([
    { of: 'deck', stage: 'Proposal', n: 1, won: 0 },
    { of: 'deck', stage: 'Qualified', n: 1, won: 1 },
  ]);
});

it('names open deals of the last 30 days with a product, the newest first', () => {
  const open = (id: string, days: number, product: string | null = 'Vault') =>
    bare({ id, createdMs: AS_OF - days * DAY_MS, product });
  const found = skills([open('a', 29), open('b', 2), open('old', 31), open('none', 1, null)]);
  expect(found.fresh.map(({ dealId }) => dealId)).toEqual(['b', 'a']);
});
