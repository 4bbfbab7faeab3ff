import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listIssues } from '../../src/store/issues.ts';
import { openLab, type Lab } from './lab.ts';
import { story } from '../story.ts';

/** Splits of a deal among people, and territories, in an org that has both. */
describe('splits and territories', () => {
  let lab: Lab;
  const org = (): Lab['sandbox']['org'] => lab.sandbox.org;
  const insert = (object: string, cells: Record<string, string | number | boolean>): string => {
    const made = org().insert(org().admin, object, cells);
    if (!made.ok) throw new Error(JSON.stringify(made.faults));
    return made.id;
  };
  const made: Record<'deal' | 'owner' | 'split' | 'territory' | 'assigned', string> = {
    deal: '',
    owner: '',
    split: '',
    territory: '',
    assigned: '',
  };
  beforeAll(async () => {
    lab = await openLab({ partners: 6, deals: 30, org: { teams: true, territories: true } });
    lab.mapping.text = lab.mapping.text
      .replace(
        /  dealTeam:\n    object: OpportunityTeamMember\n    optional: true\n    fields:\n((?:      .*\n)+)/,
        (_, fields: string) =>
          `  dealTeam:\n    - object: OpportunityTeamMember\n      optional: true\n      fields:\n${fields.replaceAll(/^ {6}/gm, ' '.repeat(8))}` +
          '    - object: OpportunitySplit\n      optional: true\n      fields:\n        dealId: OpportunityId\n        userId: SplitOwnerId\n        role: { field: SplitType.MasterLabel, default: split }\n        createdAt: CreatedDate\n',
      )
      .replace(/^ {6}source: .*$/m, '      source: { field: Territory2.Name, optional: true }');
    expect(lab.mapping.text).toContain('OpportunitySplit');
    expect(lab.mapping.text).toContain('Territory2.Name');
    const deal = [...org().table('Opportunity').values()].find((row) => row['IsClosed'] === false)!;
    made.deal = String(deal['Id']);
    made.owner = String(deal['OwnerId']);
    made.territory = insert('Territory2', { Name: 'Nordics', DeveloperName: 'Nordics' });
    made.split = insert('OpportunitySplit', {
      OpportunityId: made.deal,
      SplitOwnerId: made.owner,
      SplitPercentage: 60,
    });
    made.assigned = insert('ObjectTerritory2Association', {
      ObjectId: String(deal['AccountId']),
      Territory2Id: made.territory,
      AssociationCause: 'Territory2Manual',
    });
    org().update(org().admin, 'Opportunity', made.deal, { Territory2Id: made.territory });
    await lab.sync();
  });
  afterAll(async () => await lab.close());
  const split = async () =>
    (await lab.store.db.query.dealTeams.findMany()).find(({ id }) => id === made.split);
  const source = async () =>
    (await lab.store.db.query.deals.findMany()).find(({ id }) => id === made.deal)?.source;

  const then = story('arrive, and follow what becomes of them');
  then(
    'a split names who works on the deal, and a territory is read through the deal',
    async () => {
      expect(await split()).toMatchObject({ dealId: made.deal, userId: made.owner, deleted: 0 });
      expect(await source()).toBe('Nordics');
      const quarantined = (await listIssues(lab.store, 'lab', 1000)).filter(({ object }) =>
        ['OpportunitySplit', 'Opportunity'].includes(object),
      );
      expect(quarantined).toEqual([]);
    },
  );

  then(
    'a territory that gets another name moves no deal, and is read again within a day',
    async () => {
      org().update(org().admin, 'Territory2', made.territory, { Name: 'Northern Europe' });
      await lab.control('POST', '/clock/advance', { ms: 25 * 3_600_000, world: false });
      await lab.sync();
      expect(await source()).toBe('Northern Europe');
    },
  );

  then('a split that is deleted is gone', async () => {
    org().remove(org().admin, made.split);
    await lab.control('POST', '/clock/advance', { ms: 3_600_000, world: false });
    await lab.sync();
    expect((await split())?.deleted).toBe(1);
  });
});

describe('an org without either', () => {
  it('reads the deals all the same', async () => {
    const lab = await openLab({ partners: 3, deals: 10, org: { teams: false } });
    lab.mapping.text = lab.mapping.text.replace(
      /^ {6}source: .*$/m,
      '      source: { field: Territory2.Name, optional: true }',
    );
    const { run } = await lab.sync();
    expect(run.state).toBe('done');
    expect((await lab.store.db.query.deals.findMany()).length).toBeGreaterThan(5);
    await lab.close();
  });
});
