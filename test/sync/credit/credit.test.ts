import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decideConflict } from '../../../src/store/claim-decisions.ts';
import {
  bookOf,
  findConflict,
  findCredit,
  listConflicts,
  listCorrections,
} from '../../../src/store/credit.ts';
import { openLab, type Lab } from '../lab.ts';

describe('credit of a synced org', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab({ partners: 12, deals: 300 });
  });
  afterEach(async () => await lab.close());

  const won = (): string[] =>
    [...lab.sandbox.org.table('Opportunity').values()]
      .filter((row) => row['StageName'] === 'Closed Won' && row['IsDeleted'] !== true)
      .map((row) => String(row['Id']));
  const update = (object: string, id: string, fields: Record<string, string | number>): void => {
    const { org } = lab.sandbox;
    expect(org.update(org.admin, object, id, fields, { seeding: true })).toMatchObject({
      ok: true,
    });
  };
  const run = async () => {
    await lab.control('POST', '/clock/advance', { ms: 3_600_000, world: false });
    const { summary } = await lab.sync();
    const credit = summary.credit!;
    expect(credit.differences).toEqual([]);
    expect(credit.sourced + credit.direct).toBe(credit.won);
    return credit;
  };
  const partnerId = (): string =>
    String(
      [...lab.sandbox.org.table('Account').values()].find((row) => row['IsPartner'] === true)![
        'Id'
      ],
    );

  it('re-tagging won deals moves no total, and says what was put on them too late', async () => {
    const before = await run();
    expect(before.sourced).toBeGreaterThan(0);
    expect(before.influenced).toBeGreaterThan(0);
    const direct = [];
    for (const id of won()) {
      const found = (await findCredit(lab.store, 'lab', id))!.credit;
      if (found.kind === 'direct' && !found.influenced) direct.push(id);
    }
    expect(direct.length).toBeGreaterThan(2);
    await lab.control('POST', '/clock/advance', { ms: 3_600_000, world: false });
    for (const id of direct) update('Opportunity', id, { PartnerAccountId: partnerId() });
    const after = await run();
    expect({ ...after, named: before.named }).toEqual(before);
    // What the CRM's own field says of them is told beside, with the reason.
    expect(after.named!.differs['linked-after-win']?.deals).toBe(
      (before.named!.differs['linked-after-win']?.deals ?? 0) + direct.length,
    );
    expect(after.named!.agreed).toBe(before.named!.agreed);
    for (const id of direct)
      expect((await findCredit(lab.store, 'lab', id))!.credit.rows).toMatchObject([
        { kind: 'none', rule: 'linked-after-win', cents: 0, weight: 0 },
      ]);
  });

  it('a parent set on customers that were won long ago earns nothing', async () => {
    const before = await run();
    await lab.control('POST', '/clock/advance', { ms: 3_600_000, world: false });
    for (const id of won().slice(0, 5)) {
      const accountId = String(lab.sandbox.org.find(id)!.row['AccountId']);
      update('Account', accountId, { ParentId: partnerId() });
    }
    const after = await run();
    expect({ ...after, named: before.named }).toEqual(before);
  });

  it('what changes after the win is a correction with its date', async () => {
    const before = await run();
    const year = await listCorrections(lab.store, 'lab', 0, 1000);
    expect(year).toEqual([]);
    const ids = won();
    let sourced = '';
    for (const id of ids)
      if ((await findCredit(lab.store, 'lab', id))!.credit.kind === 'sourced') sourced = id;
    const amount = ids.find((id) => id !== sourced)!;
    const first = (await bookOf(lab.store, 'lab', [sourced, amount])) as Map<string, object[]>;
    await lab.control('POST', '/clock/advance', { ms: 3_600_000, world: false });
    update('Opportunity', sourced, { Registration_Status__c: 'Rejected' });
    update('Opportunity', amount, { Amount: 7 });
    const after = await run();
    expect(after.corrections).toBe(4);
    expect(after.sourced).toBeLessThan(before.sourced);
    const book = await bookOf(lab.store, 'lab', [sourced, amount]);
    for (const id of [sourced, amount]) {
      const [original, back, again] = book.get(id)!;
      expect([original]).toEqual(first.get(id));
      expect(back!.cents).toBe(-original!.cents);
      expect(again!.reason).toBe('correction');
      expect(again!.onMs).toBeGreaterThan(original!.onMs);
    }
    expect(book.get(sourced)!.map((entry) => entry.kind)).toEqual(['sourced', 'sourced', 'direct']);
    expect(book.get(amount)!.at(-1)!.cents).toBe(700);
    expect((await run()).corrections).toBe(0);
  });

  it('a won deal that is deleted leaves with a correction', async () => {
    await run();
    const [id] = won();
    await lab.control('POST', '/clock/advance', { ms: 3_600_000, world: false });
    const { org } = lab.sandbox;
    expect(org.remove(org.admin, id!)).toMatchObject({ ok: true });
    expect((await run()).corrections).toBe(1);
    const entries = (await bookOf(lab.store, 'lab', [id!])).get(id!)!;
    expect(entries.map((entry) => entry.reason)).toEqual(['won', 'gone']);
    expect(entries.reduce((sum, entry) => sum + entry.cents, 0)).toBe(0);
    expect((await run()).corrections).toBe(0);
  });

  it('what a person decides of a conflict stands before the CRM, with name and reason', async () => {
    const deal = [...lab.sandbox.org.table('Opportunity').values()].find(
      (row) => row['Registered_At__c'] !== null && row['PartnerAccountId'] !== null,
    )!;
    const rival = [...lab.sandbox.org.table('Account').values()].find(
      (row) => row['IsPartner'] === true && row['Id'] !== deal['PartnerAccountId'],
    )!;
    const made = lab.sandbox.org.insert(
      lab.sandbox.org.admin,
      'Opportunity',
      {
        ...Object.fromEntries(
          ['AccountId', 'StageName', 'Amount', 'CloseDate', 'Product__c'].map((name) => [
            name,
            deal[name] ?? null,
          ]),
        ),
        Name: 'The same again',
        PartnerAccountId: rival['Id'] ?? null,
        Registered_At__c: Number(deal['Registered_At__c']) + 86_400_000,
        Registration_Status__c: 'Submitted',
      },
      { seeding: true },
    );
    await run();
    const conflict = (await listConflicts(lab.store, 'lab', 1000)).find((one) =>
      one.sides.some((side) => side.dealId === (made.ok ? made.id : '')),
    )!;
    const word = { for: String(rival['Id']), by: 'Kim Ode', why: 'met the buyer first' };
    const decided = await decideConflict(lab.store, 'lab', conflict.id, word, 1);
    expect(decided.state).toBe('decided');
    const later = async () => {
      await run();
      return (await findConflict(lab.store, 'lab', conflict.id))!;
    };
    const next = await later();
    expect(next.state).toBe('decided');
    expect(new Set(next.sides.map((side) => `${side.partnerId} ${side.status}`))).toEqual(
      new Set([
        `${String(rival['Id'])} approved`,
        ...next.sides
          .filter((side) => side.partnerId !== rival['Id'])
          .map((side) => `${side.partnerId} rejected`),
      ]),
    );
    const again = next.sides.find((side) => side.partnerId !== rival['Id'])!.registrationId;
    await decideConflict(
      lab.store,
      'lab',
      conflict.id,
      { ...word, for: undefined, appeal: again },
      2,
    );
    expect((await later()).state).toBe('appealed');
    await expect(
      decideConflict(lab.store, 'lab', conflict.id, { ...word, for: 'nobody' }, 3),
    ).rejects.toThrow('no side of the conflict');
  });
});
