import { describe, expect, it } from 'vitest';
import { DAY_MS, deal, faultsOf, idOf, make, newOrg, rowOf } from './helpers.ts';

describe('tasks and events', () => {
  it('find their account, close with their status, and raise the last activity without moving stamps', () => {
    const { org, pass } = newOrg();
    const account = make(org, 'Account', { Name: 'A' });
    const contact = make(org, 'Contact', {
      FirstName: 'Ann',
      LastName: 'Buyer',
      AccountId: account,
    });
    expect(rowOf(org, contact)['Name']).toBe('Ann Buyer');
    const id = deal(org, { AccountId: account });
    pass(60_000);
    const task = make(org, 'Task', {
      Subject: 'Call',
      WhatId: id,
      WhoId: contact,
      ActivityDate: '2026-04-20',
      Priority: 'High',
    });
    expect(rowOf(org, task)).toMatchObject({
      AccountId: account,
      IsClosed: false,
      Status: 'Not Started',
      IsHighPriority: true,
      TaskSubtype: 'Task',
      CompletedDateTime: null,
    });
    const read = (fields: string) =>
      org
        .query(org.admin, `SELECT ${fields} FROM Opportunity WHERE Id = '${id}'`, false)
        .slice(0, 1)[0]!
        .values.map(([, value]) => value);
    expect(read('HasOpenActivity, HasOverdueTask, LastActivityDate')).toEqual([true, true, null]);
    const stamp = rowOf(org, id)['SystemModstamp'];
    idOf(org.update(org.admin, 'Task', task, { Status: 'Completed' }));
    expect(rowOf(org, task)).toMatchObject({
      IsClosed: true,
      CompletedDateTime: Math.floor(org.nowMs() / 1000) * 1000,
    });
    expect(read('HasOpenActivity, HasOverdueTask, LastActivityDate, SystemModstamp')).toEqual([
      false,
      false,
      '2026-04-20',
      stamp,
    ]);
    expect(rowOf(org, account)['LastActivityDate']).toBe('2026-04-20');
    idOf(org.remove(org.admin, task));
    expect(read('LastActivityDate')).toEqual([null]);
  });

  it('work out the times of an event', () => {
    const { org } = newOrg();
    const id = make(org, 'Event', {
      Subject: 'Meeting',
      StartDateTime: '2026-05-02T09:00:00Z',
      DurationInMinutes: 45,
    });
    expect(rowOf(org, id)).toMatchObject({
      EndDateTime: Date.parse('2026-05-02T09:45:00Z'),
      ActivityDate: '2026-05-02',
      EndDate: '2026-05-02',
      ShowAs: 'Busy',
      IsChild: false,
    });
    idOf(org.update(org.admin, 'Event', id, { EndDateTime: '2026-05-02T11:00:00Z' }));
    expect(rowOf(org, id)['DurationInMinutes']).toBe(120);
    expect(
      faultsOf(
        org.insert(org.admin, 'Event', { Subject: 'x', StartDateTime: '2026-05-02T09:00:00Z' }),
      )[0]?.message,
    ).toBe('Required fields are missing: [DurationInMinutes]');
  });

  it('move to the archive after a year, where only queryAll finds them', () => {
    const { org, pass } = newOrg();
    make(org, 'Task', { Subject: 'old', Status: 'Completed', ActivityDate: '2026-04-01' });
    make(org, 'Task', { Subject: 'open', ActivityDate: '2026-04-01' });
    const count = (all: boolean) => org.query(org.admin, 'SELECT Id FROM Task', all).totalSize;
    expect([count(false), count(true)]).toEqual([2, 2]);
    pass(400 * DAY_MS);
    expect([count(false), count(true)]).toEqual([1, 2]);
    const late = make(org, 'Task', {
      Subject: 'logged late',
      Status: 'Completed',
      ActivityDate: '2026-04-02',
    });
    expect(rowOf(org, late)['IsArchived']).toBe(true);
  });
});

describe('partners', () => {
  it('show up on the opportunity and on both accounts, with one primary a deal', () => {
    const { org } = newOrg();
    const [customer, first, second] = ['Customer', 'First', 'Second'].map((Name) =>
      make(org, 'Account', { Name }),
    );
    const id = deal(org, { AccountId: customer ?? null });
    const one = make(org, 'Partner', {
      OpportunityId: id,
      AccountToId: first ?? null,
      Role: 'VAR/Reseller',
      IsPrimary: true,
    });
    make(org, 'Partner', { OpportunityId: id, AccountToId: second ?? null, IsPrimary: true });
    const list = (soql: string) =>
      org
        .query(org.admin, soql, false)
        .slice(0, 99)
        .map((record) => record.values.map(([, value]) => value));
    expect(
      list(
        `SELECT AccountToId, IsPrimary FROM OpportunityPartner WHERE OpportunityId = '${id}' ORDER BY Id`,
      ),
    ).toEqual([
      [first, false],
      [second, true],
    ]);
    expect(list(`SELECT AccountToId FROM AccountPartner WHERE AccountFromId = '${first}'`)).toEqual(
      [[customer]],
    );
    expect(faultsOf(org.update(org.admin, 'Partner', one, { Role: 'Agency' }))[0]?.errorCode).toBe(
      'INVALID_TYPE_FOR_OPERATION',
    );
    idOf(org.remove(org.admin, one));
    expect(list('SELECT AccountToId FROM OpportunityPartner')).toEqual([[second]]);
    expect(list(`SELECT Id FROM AccountPartner WHERE AccountFromId = '${first}'`)).toEqual([]);
  });

  it('refuse an account as its own partner', () => {
    const { org } = newOrg();
    const account = make(org, 'Account', { Name: 'A' });
    expect(
      faultsOf(
        org.insert(org.admin, 'Partner', { AccountFromId: account, AccountToId: account }),
      )[0]?.errorCode,
    ).toBe('FIELD_INTEGRITY_EXCEPTION');
  });
});

describe('campaigns, leads and users', () => {
  it('count what belongs to a campaign', () => {
    const { org } = newOrg();
    const campaign = make(org, 'Campaign', { Name: 'C' });
    const contact = make(org, 'Contact', { LastName: 'L', Email: 'l@test.example' });
    deal(org, { CampaignId: campaign, StageName: 'Closed Won', Amount: 700 });
    deal(org, { CampaignId: campaign });
    const member = make(org, 'CampaignMember', {
      CampaignId: campaign,
      ContactId: contact,
      Status: 'Responded',
    });
    expect(rowOf(org, member)).toMatchObject({
      HasResponded: true,
      FirstRespondedDate: '2026-05-01',
    });
    expect(
      faultsOf(
        org.insert(org.admin, 'CampaignMember', { CampaignId: campaign, ContactId: contact }),
      )[0]?.message,
    ).toBe('Already a campaign member.');
    const record = org
      .query(
        org.admin,
        'SELECT NumberOfOpportunities, AmountWonOpportunities, NumberOfResponses, (SELECT Name, Email, HasResponded FROM CampaignMembers) FROM Campaign',
        false,
      )
      .slice(0, 1)[0]!;
    expect(record.values.slice(0, 3).map(([, value]) => value)).toEqual([2, 700, 1]);
    expect(record.values[3]![1]).toMatchObject({
      records: [
        {
          values: [
            ['Name', 'L'],
            ['Email', 'l@test.example'],
            ['HasResponded', true],
          ],
        },
      ],
    });
  });

  it('leave converted leads alone and user names unique', () => {
    const { org } = newOrg();
    const lead = idOf(
      org.insert(
        org.admin,
        'Lead',
        { LastName: 'L', Company: 'Co', IsConverted: true, ConvertedDate: '2026-04-01' },
        { seeding: true },
      ),
    );
    expect(faultsOf(org.update(org.admin, 'Lead', lead, { Company: 'New' }))[0]).toMatchObject({
      errorCode: 'CANNOT_UPDATE_CONVERTED_LEAD',
      message: 'cannot reference converted lead',
    });
    const user = {
      Username: 'u@test.example',
      LastName: 'U',
      Email: 'u@test.example',
      Alias: 'u',
      ProfileId: String(rowOf(org, org.admin.id)['ProfileId']),
    };
    const id = make(org, 'User', user);
    expect(org.userByName('U@TEST.example')).toMatchObject({ id, admin: true, active: true });
    expect(faultsOf(org.insert(org.admin, 'User', user))[0]?.errorCode).toBe('DUPLICATE_USERNAME');
  });
});
