import { describe, expect, it } from 'vitest';
import { deal, faultsOf, idOf, make, newOrg, rowOf, START_MS } from './helpers.ts';

describe('saving', () => {
  const { org } = newOrg();
  const { admin } = org;
  const account = make(org, 'Account', { Name: 'Acme' });
  const refused = (object: string, fields: Parameters<typeof org.insert>[2]) =>
    faultsOf(org.insert(admin, object, fields))[0];

  it('takes names in any letter case and makes 18-character ids that ascend', () => {
    const first = make(org, 'ACCOUNT', { nAmE: 'One' });
    const second = make(org, 'account', { NAME: 'Two' });
    expect(first).toMatch(/^001[A-Za-z0-9]{15}$/);
    expect(second > first).toBe(true);
    expect(rowOf(org, first)['Name']).toBe('One');
    expect(org.find(first.slice(0, 15))?.row['Id']).toBe(first);
    expect(org.find(first.toLowerCase())?.row['Id']).toBe(first);
  });

  it('stamps whole seconds and the saving user', () => {
    const row = rowOf(org, account);
    expect(row).toMatchObject({
      CreatedDate: Math.floor(START_MS / 1000) * 1000,
      CreatedById: admin.id,
      OwnerId: admin.id,
    });
    expect(row['SystemModstamp']).toBe(row['CreatedDate']);
  });

  it('reads numbers, booleans, dates and date-times as clients write them', () => {
    const id = make(org, 'Opportunity', {
      Name: 'x',
      StageName: 'Prospecting',
      CloseDate: '2026-06-30',
      Amount: '1.005',
      IsPrivate: 'true',
      AccountId: account.slice(0, 15),
    });
    expect(rowOf(org, id)).toMatchObject({ Amount: 1.005, IsPrivate: true, AccountId: account });
    const task = make(org, 'Task', {
      Subject: 's',
      ReminderDateTime: '2026-05-01T07:25:37.900+0200',
      IsReminderSet: '1',
    });
    expect(rowOf(org, task)).toMatchObject({
      ReminderDateTime: Date.parse('2026-05-01T05:25:37Z'),
      IsReminderSet: true,
    });
  });

  it("refuses in Salesforce's words", () => {
    expect(refused('Nope', {})).toMatchObject({
      errorCode: 'INVALID_TYPE',
      message: "sObject type 'Nope' is not supported.",
    });
    expect(refused('Account', { Name: 'a', Foo__c: 1 })).toMatchObject({
      errorCode: 'INVALID_FIELD',
      message: "No such column 'Foo__c' on sobject of type Account",
    });
    expect(refused('Opportunity', { Name: 'a' })).toEqual({
      errorCode: 'REQUIRED_FIELD_MISSING',
      message: 'Required fields are missing: [StageName, CloseDate]',
      fields: ['StageName', 'CloseDate'],
      status: 400,
    });
    expect(refused('Opportunity', { Name: 'a', IsWon: true })?.message).toBe(
      'Unable to create/update fields: IsWon. Please check the security settings of this field and verify that it is read/write for your profile or permission set.',
    );
    expect(refused('Account', { Name: 'x'.repeat(256) })).toMatchObject({
      errorCode: 'STRING_TOO_LONG',
      message: `Account Name: data value too large: ${'x'.repeat(256)} (max length=255)`,
      fields: ['Name'],
    });
    expect(refused('Contact', { LastName: 'x', Email: 'badone' })).toMatchObject({
      errorCode: 'INVALID_EMAIL_ADDRESS',
      message: 'Email: invalid email address: badone',
      fields: ['Email'],
    });
    expect(refused('Account', { Name: 'x', BillingGeocodeAccuracy: 'Galaxy' })).toMatchObject({
      errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      message: 'Billing Geocode Accuracy: bad value for restricted picklist field: Galaxy',
    });
    expect(refused('Account', { Name: 'x', ParentId: 'zzz' })).toMatchObject({
      errorCode: 'MALFORMED_ID',
      message: 'Parent Account ID: id value of incorrect type: zzz',
    });
    expect(refused('Account', { Name: 'x', ParentId: admin.id })?.errorCode).toBe('MALFORMED_ID');
    expect(refused('Account', { Name: 'x', ParentId: '001000000000001' })).toMatchObject({
      errorCode: 'INVALID_CROSS_REFERENCE_KEY',
      message: 'invalid cross reference id',
    });
    expect(refused('Account', { Name: 'x', NumberOfEmployees: 'many' })?.errorCode).toBe(
      'JSON_PARSER_ERROR',
    );
    expect(refused('Account', { Name: 'x', NumberOfEmployees: 123456789 })?.errorCode).toBe(
      'NUMBER_OUTSIDE_VALID_RANGE',
    );
    expect(
      refused('Opportunity', { Name: 'x', StageName: 'Prospecting', CloseDate: '2026-02-30' })
        ?.errorCode,
    ).toBe('JSON_PARSER_ERROR');
    expect(refused('OpportunityHistory', {})).toMatchObject({
      errorCode: 'INVALID_TYPE_FOR_OPERATION',
      message: 'entity type OpportunityHistory does not support create',
    });
  });

  it('lets a stage outside an unrestricted list through', () => {
    expect(rowOf(org, deal(org, { StageName: 'Verbal Yes' }))).toMatchObject({
      StageName: 'Verbal Yes',
      IsClosed: false,
    });
  });

  it('does not write over a required value with nothing', () => {
    expect(faultsOf(org.update(admin, 'Account', account, { Name: '' }))[0]).toMatchObject({
      errorCode: 'REQUIRED_FIELD_MISSING',
      fields: ['Name'],
    });
    expect(faultsOf(org.update(admin, 'Account', account, { OwnerId: null }))[0]).toMatchObject({
      errorCode: 'REQUIRED_FIELD_MISSING',
      fields: ['OwnerId'],
    });
  });

  it('refuses inactive owners and deleted parents', () => {
    const leaver = org.addUser({ username: 'left@test.example', lastName: 'Left', active: false });
    expect(refused('Account', { Name: 'x', OwnerId: leaver.id })?.errorCode).toBe(
      'INACTIVE_OWNER_OR_USER',
    );
    const gone = make(org, 'Account', { Name: 'gone' });
    org.remove(admin, gone);
    expect(refused('Contact', { LastName: 'x', AccountId: gone })?.errorCode).toBe(
      'ENTITY_IS_DELETED',
    );
    expect(faultsOf(org.update(admin, 'Account', gone, { Name: 'y' }))[0]).toMatchObject({
      errorCode: 'ENTITY_IS_DELETED',
      status: 404,
    });
  });

  it('asks validation rules last', () => {
    org.setValidationRule({
      object: 'Opportunity',
      name: 'Big',
      formula: 'AND(Amount > 1000000, ISBLANK(NextStep))',
      message: 'Big deals need a next step',
      field: 'NextStep',
      active: true,
    });
    expect(
      refused('Opportunity', {
        Name: 'x',
        StageName: 'Prospecting',
        CloseDate: '2026-06-30',
        Amount: 2e6,
      }),
    ).toMatchObject({
      errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message: 'Big deals need a next step',
      fields: ['NextStep'],
    });
    expect(
      org.insert(admin, 'Opportunity', {
        Name: 'x',
        StageName: 'Prospecting',
        CloseDate: '2026-06-30',
        Amount: 2e6,
        NextStep: 'call',
      }).ok,
    ).toBe(true);
  });

  it('upserts by external id, in any letter case, and tells several matches apart', () => {
    idOf(
      org.createField('Account', {
        name: 'Ext__c',
        label: 'Ext',
        type: 'string',
        length: 255,
        nillable: true,
        createable: true,
        updateable: true,
        filterable: true,
        sortable: true,
        groupable: true,
        permissionable: true,
        defaultedOnCreate: false,
        custom: true,
        externalId: true,
      }),
    );
    org.grantField(org.profileSet('System Administrator') ?? '', 'Account', 'Ext__c', {
      edit: true,
    });
    const created = org.upsert(admin, 'Account', 'ext__c', 'K1', { Name: 'via key' });
    expect(created).toMatchObject({ ok: true, created: true });
    expect(org.upsert(admin, 'Account', 'Ext__c', 'k1', { Name: 'again' })).toMatchObject({
      ok: true,
      created: false,
      id: idOf(created),
    });
    make(org, 'Account', { Name: 'twin', Ext__c: 'K1' });
    expect(faultsOf(org.upsert(admin, 'Account', 'Ext__c', 'K1', { Name: 'z' }))[0]?.status).toBe(
      300,
    );
    expect(
      faultsOf(
        org.upsert(admin, 'Account', 'Ext__c', 'none', { Name: 'z' }, { updateOnly: true }),
      )[0]?.status,
    ).toBe(404);
    expect(faultsOf(org.upsert(admin, 'Account', 'Site', 'x', { Name: 'z' }))[0]?.errorCode).toBe(
      'NOT_FOUND',
    );
  });
});

describe('opportunities', () => {
  it('work out what Salesforce works out', () => {
    const { org, pass } = newOrg({ fiscalYearStartMonth: 4 });
    const id = deal(org, { Amount: 333.33, CloseDate: '2026-02-10', StageName: 'Needs Analysis' });
    expect(rowOf(org, id)).toMatchObject({
      Probability: 20,
      ForecastCategory: 'Pipeline',
      ForecastCategoryName: 'Pipeline',
      ExpectedRevenue: 66.67,
      IsClosed: false,
      FiscalYear: 2026,
      FiscalQuarter: 4,
      Fiscal: '2026 4',
      LastStageChangeDate: null,
    });
    pass(60_000);
    org.update(org.admin, 'Opportunity', id, { StageName: 'Closed Won' });
    expect(rowOf(org, id)).toMatchObject({
      Probability: 100,
      ForecastCategory: 'Closed',
      IsClosed: true,
      IsWon: true,
      ExpectedRevenue: 333.33,
      LastStageChangeDate: Math.floor((START_MS + 60_000) / 1000) * 1000,
    });
    const own = deal(org, {
      StageName: 'Prospecting',
      Probability: 55,
      ForecastCategoryName: 'Commit',
    });
    expect(rowOf(org, own)).toMatchObject({
      Probability: 55,
      ForecastCategory: 'Forecast',
      ExpectedRevenue: 550,
    });
  });

  it('keep a history row on creation and on each change that counts, and none on others', () => {
    const { org, pass } = newOrg();
    const id = deal(org);
    const change = (fields: Parameters<typeof org.update>[3]) => {
      pass(1000);
      idOf(org.update(org.admin, 'Opportunity', id, fields));
    };
    change({ NextStep: 'call' });
    change({ Amount: 2000 });
    change({ CloseDate: '2026-09-30' });
    change({ StageName: 'Closed Lost' });
    const history = org.query(
      org.admin,
      `SELECT StageName, Amount, CloseDate, PrevAmount, PrevCloseDate, Probability FROM OpportunityHistory WHERE OpportunityId = '${id}' ORDER BY CreatedDate`,
      false,
    );
    expect(history.slice(0, 9).map((record) => record.values.map(([, value]) => value))).toEqual([
      ['Prospecting', 1000, '2026-06-30', null, null, 10],
      ['Prospecting', 2000, '2026-06-30', 1000, '2026-06-30', 10],
      ['Prospecting', 2000, '2026-09-30', 2000, '2026-06-30', 10],
      ['Closed Lost', 2000, '2026-09-30', 2000, '2026-09-30', 0],
    ]);
    expect(rowOf(org, String(rowOf(org, id)['LastAmountChangedHistoryId']))).toMatchObject({
      Amount: 2000,
      PrevAmount: 1000,
    });
    const fields = org.query(
      org.admin,
      'SELECT Field, OldValue, NewValue FROM OpportunityFieldHistory ORDER BY CreatedDate',
      false,
    );
    expect(fields.slice(0, 9).map((record) => record.values.map(([, value]) => value))).toEqual([
      ['created', null, null],
      ['Amount', 1000, 2000],
      ['CloseDate', '2026-06-30', '2026-09-30'],
      ['StageName', 'Prospecting', 'Closed Lost'],
    ]);
  });

  it('keep a changed owner by name and by id', () => {
    const { org } = newOrg();
    const rep = org.addUser({ username: 'rep@test.example', firstName: 'Ann', lastName: 'Rep' });
    const id = deal(org);
    org.update(org.admin, 'Opportunity', id, { OwnerId: rep.id });
    const owner = [...org.table('OpportunityFieldHistory').values()].filter(
      (row) => row['Field'] === 'Owner',
    );
    expect(owner.map((row) => [row['DataType'], row['NewValue']])).toEqual([
      ['Text', 'Ann Rep'],
      ['EntityId', rep.id],
    ]);
  });
});
