/** Who could win a deal together, and what a partner on a deal may see of it. */
import { getTableColumns, getTableName } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Cosell } from '../../src/model/cosell.ts';
import { ENTITIES } from '../../src/model/entities.ts';
import { partnersOn } from '../../src/store/cosell.ts';
import { ENTITY_TABLES } from '../../src/store/schema.ts';
import { readLab, scoredLab } from './scored-lab.ts';

const held = scoredLab();
interface Listed {
  deals: { id: string; partnerId: string | null }[];
}
const openDeals = async (): Promise<Listed['deals']> =>
  (await readLab<Listed>(held, 'deals?state=open&limit=60')).deals;
const share = async (deal: string, partner: string, token: 'shared' | 'read' = 'shared') =>
  await held.http.call('GET', `/v1/connections/lab/shared-deals/${deal}?partner=${partner}`, {
    token: held.http.tokens[token],
  });

describe('GET /v1/connections/{id}/cosell', () => {
  it('tells who stands on each open deal with credit that adds up, and pairs of two', async () => {
    const seen = new Set<string>();
    for (const { id, partnerId } of await openDeals()) {
      const { cosell } = await readLab<{ cosell: Cosell }>(held, `cosell?deal=${id}`);
      seen.add(cosell.state);
      const standing = cosell.partners.map((one) => one.partnerId);
      if (partnerId !== null) expect(standing).toContain(partnerId);
      const shares = cosell.partners.map(({ credit }) => credit?.share ?? 0);
      const sum = shares.reduce((all, one) => all + one, 0);
      expect([0, 1]).toContain(Math.round(1e6 * sum) / 1e6);
      for (const { strong, known } of cosell.pairs) {
        expect(strong.id).not.toBe(known.id);
        expect(strong.strength.low).toBeGreaterThan(strong.strength.pool);
        expect(known.record.n).toBeGreaterThan(0);
      }
      expect(cosell.pairs.length > 0 || cosell.missing.length > 0 || standing.length > 0).toBe(
        true,
      );
    }
    expect(seen.size).toBeGreaterThan(1);
  });
  it('knows no deal that is not there, and none that is closed', async () => {
    const ask = async (deal: string): Promise<number> =>
      (
        await held.http.call('GET', `/v1/connections/lab/cosell?deal=${deal}`, {
          token: held.http.tokens.read,
        })
      ).status;
    const [won] = (await readLab<Listed>(held, 'deals?state=won&limit=1')).deals;
    expect([await ask('nope'), await ask(won!.id)]).toEqual([404, 409]);
  });
});

const mark = (entity: string, field: string): string => `MARK_${entity}_${field}_`;
/** What decides which deal and partner it is, and how it stands. */
const KEPT = ['dealId', 'partnerId', 'accountId', 'stage', 'key', 'currency', 'code', 'role'];

/** Marks every field of every entity that no row hangs on, in the table of each. */
async function plant(): Promise<Map<string, string>> {
  const planted = new Map<string, string>();
  const { store } = held.lab;
  for (const [entity, { fields }] of Object.entries(ENTITIES)) {
    const table = ENTITY_TABLES[entity as keyof typeof ENTITY_TABLES];
    const columns = getTableColumns(table) as Record<string, { name: string }>;
    for (const [field, { type }] of Object.entries(fields)) {
      if (KEPT.includes(field) || (type !== 'text' && type !== 'money' && type !== 'number'))
        continue;
      const marked = type === 'text' ? mark(entity, field) : String(800_000 + 1013 * planted.size);
      planted.set(`${entity}.${field}`, marked);
      const sql = `update "${getTableName(table)}" set "${columns[field]!.name}" = ${type === 'text' ? `'${marked}'` : marked}`;
      await store.batch([{ toSQL: () => ({ sql, params: [] }) }]);
    }
  }
  return planted;
}

describe('GET /v1/connections/{id}/shared-deals/{deal}', () => {
  const onDeal = async (): Promise<{ deal: string; partner: string }> => {
    for (const { id, partnerId } of await openDeals())
      if (partnerId !== null) return { deal: id, partner: partnerId };
    throw new Error('no open deal has a partner');
  };
  it('is for the partners on the deal, under a scope of its own', async () => {
    const { deal, partner } = await onDeal();
    const answer = (await (await share(deal, partner)).json()) as { deal: { id: string } };
    expect(answer.deal.id).toBe(deal);
    expect((await share(deal, partner, 'read')).status).toBe(403);
    const others = (await openDeals()).flatMap(({ partnerId }) => partnerId ?? []);
    const standing = (await partnersOn(held.lab.store, 'lab', deal)).map((one) => one.partnerId);
    const stranger = others.find((one) => !standing.includes(one))!;
    const [refused, none] = [await share(deal, stranger), await share('nope', partner)];
    expect([refused.status, none.status]).toEqual([404, 404]);
    // Nobody else learns whether there is such a deal.
    expect((await refused.text()).replaceAll(deal, 'X')).toBe(
      (await none.text()).replaceAll('nope', 'X'),
    );
  });
  it('names the same fields as the CRM has them', async () => {
    const { objects } = await readLab<{ objects: { object: string; fields: string[] }[] }>(
      held,
      'shared-deal-fields',
    );
    expect(objects.map(({ object }) => object)).toEqual(['Opportunity']);
    expect(objects[0]!.fields).toEqual(
      expect.arrayContaining(['Name', 'StageName', 'Amount', 'CloseDate']),
    );
    expect(objects[0]!.fields.join()).not.toMatch(/Owner|Probability|AccountId|LeadSource/);
  });
  it('holds no field of any entity but those that are listed', async () => {
    const { deal, partner } = await onDeal();
    const planted = await plant();
    const text = await (await share(deal, partner)).text();
    const found = [...planted].filter(([, marked]) => text.includes(marked)).map(([own]) => own);
    expect(found).toEqual(['deal.name', 'deal.amount', 'deal.product', 'stage.label']);
    expect(Object.keys((JSON.parse(text) as { deal: object }).deal).sort()).toEqual(
      [
        'amount',
        'closeDate',
        'currency',
        'id',
        'name',
        'product',
        'roles',
        'stage',
        'state',
      ].sort(),
    );
  });
});
