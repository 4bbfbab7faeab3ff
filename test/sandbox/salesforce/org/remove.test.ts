import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Row } from '../../../../src/sandbox/salesforce/org-types.ts';
import { DAY_MS, START_MS, deal, faultsOf, idOf, make, newOrg, rowOf, rows } from './helpers.ts';

const MINUTE_MS = 60_000;

describe('deleting', () => {
  it('takes children along, empties other lookups, and moves stamps; undelete brings all of it back', () => {
    const { org, pass } = newOrg();
    const account = make(org, 'Account', { Name: 'A' });
    const child = make(org, 'Account', { Name: 'B', ParentId: account });
    const contact = make(org, 'Contact', { LastName: 'C', AccountId: account });
    const opportunity = deal(org, { AccountId: account });
    const task = make(org, 'Task', { Subject: 't', WhatId: opportunity });
    pass(5000);
    const before = rowOf(org, contact)['SystemModstamp'];
    idOf(org.remove(org.admin, account));
    for (const id of [account, contact, opportunity, task])
      expect(rowOf(org, id)['IsDeleted']).toBe(true);
    expect(rowOf(org, contact)['SystemModstamp']).toBe(Number(before) + 5000);
    expect(rowOf(org, child)).toMatchObject({ IsDeleted: false, ParentId: null });
    expect(org.find(account)).toBeUndefined();
    expect(org.query(org.admin, 'SELECT Id FROM Contact', false).totalSize).toBe(0);
    expect(
      org.query(org.admin, 'SELECT Id FROM Contact WHERE IsDeleted = true', true).totalSize,
    ).toBe(1);
    expect(rows(org, 'OpportunityHistory').every((row) => row['IsDeleted'])).toBe(true);
    pass(5000);
    idOf(org.undelete(org.admin, account));
    for (const id of [account, contact, opportunity, task])
      expect(rowOf(org, id)['IsDeleted']).toBe(false);
    expect(rowOf(org, child)['ParentId']).toBe(account);
    expect(rowOf(org, contact)['SystemModstamp']).toBe(Number(before) + 10_000);
  });

  it('refuses what is not there or already gone', () => {
    const { org } = newOrg();
    const id = deal(org);
    idOf(org.remove(org.admin, id));
    expect(faultsOf(org.remove(org.admin, id))[0]).toMatchObject({
      errorCode: 'ENTITY_IS_DELETED',
      status: 404,
    });
    expect(faultsOf(org.remove(org.admin, '006000000000001'))[0]).toMatchObject({
      errorCode: 'INVALID_CROSS_REFERENCE_KEY',
      status: 404,
    });
    expect(faultsOf(org.undelete(org.admin, deal(org)))[0]?.errorCode).toBe('UNDELETE_FAILED');
  });

  it('hard deletes so that only getDeleted knows, and empties the bin after 15 days', () => {
    const { org, pass } = newOrg();
    const hard = deal(org);
    const soft = deal(org);
    idOf(org.remove(org.admin, hard, { hard: true }));
    idOf(org.remove(org.admin, soft));
    expect(
      org
        .query(org.admin, 'SELECT Id FROM Opportunity', true)
        .slice(0, 9)
        .map((record) => record.id),
    ).toEqual([soft]);
    pass(2 * MINUTE_MS);
    expect(
      org
        .deleted('Opportunity', START_MS - MINUTE_MS, org.nowMs())
        .deletedRecords.map((entry) => entry.id)
        .sort(),
    ).toEqual([hard, soft].sort());
    pass(15 * DAY_MS);
    expect(org.query(org.admin, 'SELECT Id FROM Opportunity', true).totalSize).toBe(0);
    expect(faultsOf(org.undelete(org.admin, soft))[0]?.errorCode).toBe('UNDELETE_FAILED');
  });
});

describe('merging', () => {
  it('moves children to the winner and points the losers at it', () => {
    const { org, pass } = newOrg();
    const [winner, loser] = [
      make(org, 'Account', { Name: 'W' }),
      make(org, 'Account', { Name: 'L' }),
    ];
    const opportunity = deal(org, { AccountId: loser });
    pass(3000);
    idOf(org.merge(org.admin, winner, [loser]));
    expect(rowOf(org, loser)).toMatchObject({ IsDeleted: true, MasterRecordId: winner });
    expect(rowOf(org, opportunity)).toMatchObject({ AccountId: winner, IsDeleted: false });
    expect(Number(rowOf(org, opportunity)['SystemModstamp'])).toBeGreaterThan(
      Number(rowOf(org, opportunity)['LastModifiedDate']),
    );
    expect(rowOf(org, winner)['LastModifiedDate']).toBe(rowOf(org, opportunity)['SystemModstamp']);
    expect(faultsOf(org.merge(org.admin, winner, [winner]))[0]?.errorCode).toBe(
      'INVALID_OPERATION',
    );
    expect(faultsOf(org.merge(org.admin, opportunity, [deal(org)]))[0]?.errorCode).toBe(
      'INVALID_TYPE_FOR_OPERATION',
    );
  });
});

describe('getUpdated and getDeleted', () => {
  it('answer minute windows and refuse windows that are too old or empty', () => {
    const { org, pass } = newOrg();
    const id = deal(org);
    pass(3 * MINUTE_MS);
    const window = org.updated('Opportunity', START_MS, org.nowMs());
    expect(window.ids).toEqual([id]);
    expect(window.latestDateCoveredMs % MINUTE_MS).toBe(0);
    expect(() => org.updated('Opportunity', START_MS, START_MS)).toThrow(/startDate/);
    expect(() => org.updated('Opportunity', START_MS - 31 * DAY_MS, START_MS)).toThrow(/30 days/);
    expect(() => org.deleted('Opportunity', START_MS - 16 * DAY_MS, START_MS)).toThrow(/15 days/);
    expect(() => org.updated('OpportunityStage', START_MS - DAY_MS, START_MS)).toThrow(
      /not replicable/,
    );
  });
});

const newDealOf = (account: string): Row => ({
  Name: 'n',
  StageName: 'Prospecting',
  CloseDate: '2026-06-30',
  AccountId: account,
});
const doneTaskOf = (deal: string): Row => ({
  Subject: 't',
  WhatId: deal,
  Status: 'Completed',
  ActivityDate: '2026-04-01',
});

describe('transactions', () => {
  const snapshot = (org: ReturnType<typeof newOrg>['org']): Row[] =>
    ['Account', 'Opportunity', 'OpportunityHistory', 'OpportunityFieldHistory', 'Task', 'Contact']
      .flatMap((name) => rows(org, name).map((row) => ({ ...row })))
      .sort((a, b) => (String(a['Id']) < String(b['Id']) ? -1 : 1));

  it('property: work taken back leaves every row as it was', () => {
    const step = fc.record({
      kind: fc.constantFrom('insert', 'update', 'remove', 'undelete', 'merge', 'task'),
      pick: fc.nat(20),
      amount: fc.integer({ min: 0, max: 9999 }),
    });
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 15 }),
        fc.array(step, { minLength: 1, maxLength: 15 }),
        (kept, undone) => {
          const { org } = newOrg();
          const accounts = [
            make(org, 'Account', { Name: 'A' }),
            make(org, 'Account', { Name: 'B' }),
            make(org, 'Account', { Name: 'C' }),
          ];
          const deals = [
            deal(org, { AccountId: accounts[0] ?? null }),
            deal(org, { AccountId: accounts[1] ?? null }),
          ];
          const run = ({
            kind,
            pick,
            amount,
          }: {
            kind: string;
            pick: number;
            amount: number;
          }): void => {
            const account = accounts[pick % accounts.length] ?? '';
            const id = deals[pick % deals.length] ?? '';
            const either = pick % 2 ? account : id;
            const acts: Record<string, () => unknown> = {
              insert: () => {
                const made = org.insert(org.admin, 'Opportunity', newDealOf(account));
                if (made.ok) deals.push(made.id);
              },
              update: () =>
                org.update(org.admin, 'Opportunity', id, {
                  Amount: amount,
                  StageName: amount % 2 ? 'Qualification' : 'Closed Won',
                }),
              remove: () => org.remove(org.admin, either, { hard: pick % 5 === 0 }),
              undelete: () => org.undelete(org.admin, either),
              merge: () =>
                org.merge(org.admin, account, [accounts[(pick + 1) % accounts.length] ?? '']),
              task: () => org.insert(org.admin, 'Task', doneTaskOf(id)),
            };
            acts[kind]!();
          };
          kept.forEach(run);
          const before = snapshot(org);
          expect(
            org.transaction(() => {
              undone.forEach(run);
              return false;
            }),
          ).toBe(false);
          expect(snapshot(org)).toEqual(before);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('that span awaits end once', () => {
    const { org } = newOrg();
    const open = org.begin();
    const id = deal(org);
    open.rollback();
    open.commit();
    expect(org.find(id)).toBeUndefined();
    const kept = org.begin();
    const other = deal(org);
    kept.commit();
    kept.rollback();
    expect(org.find(other)).toBeDefined();
  });
});
