/** Driven by the real jsforce over a real port. */
import jsforce from 'jsforce';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../../../src/sandbox/index.ts';

let sandbox: Sandbox;
let conn: jsforce.Connection;
beforeAll(async () => {
  sandbox = await startSandbox({ partners: 8, deals: 120 });
  conn = new jsforce.Connection({
    instanceUrl: sandbox.url,
    accessToken: sandbox.accessToken,
    version: '66.0',
  });
});
afterAll(() => sandbox.close());

describe('jsforce', () => {
  it('finds out who it is', async () => {
    expect(await conn.identity()).toMatchObject({
      username: sandbox.username,
      organization_id: sandbox.org.id,
    });
  });

  it('queries page by page, all rows once', async () => {
    const records = await conn.query<{ Id: string }>('SELECT Id, Account.Name FROM Opportunity', {
      autoFetch: true,
      maxFetch: 10_000,
      headers: { 'Sforce-Query-Options': 'batchSize=200' },
    });
    expect(records.totalSize).toBe(sandbox.org.recordCount('Opportunity'));
    let page = await conn.query<{ Id: string }>('SELECT Id FROM OpportunityHistory', {
      headers: { 'Sforce-Query-Options': 'batchSize=200' },
    });
    const seen = page.records.map(({ Id }) => Id);
    expect(seen).toHaveLength(200);
    while (!page.done && page.nextRecordsUrl !== undefined) {
      page = await conn.queryMore<{ Id: string }>(page.nextRecordsUrl);
      seen.push(...page.records.map(({ Id }) => Id));
    }
    expect([seen.length, new Set(seen).size]).toEqual([page.totalSize, page.totalSize]);
    expect(conn.limitInfo.apiUsage?.limit).toBe(100_000);
  });

  it('creates, reads, updates, deletes one record', async () => {
    const made = await conn.sobject('Account').create({ Name: "O'Hare & Söhne", AnnualRevenue: 5 });
    expect(made).toMatchObject({ success: true, errors: [] });
    const id = made.id ?? '';
    expect(await conn.sobject('Account').update({ Id: id, Name: 'Renamed' })).toMatchObject({
      id,
      success: true,
    });
    expect(await conn.sobject('Account').retrieve(id)).toMatchObject({
      Name: 'Renamed',
      AnnualRevenue: 5,
      attributes: { type: 'Account' },
    });
    expect(await conn.sobject('Account').destroy(id)).toMatchObject({ id, success: true });
    await expect(conn.sobject('Account').retrieve(id)).rejects.toMatchObject({ name: 'NOT_FOUND' });
  });

  it('writes many, with partial success in input order', async () => {
    const results = await conn
      .sobject('Account')
      .create([{ Name: 'One' }, { Industry: 'x' }, { Name: 'Three' }]);
    expect(results.map(({ success }) => success)).toEqual([true, false, true]);
    expect(results[1]).toEqual({
      success: false,
      errors: [
        {
          statusCode: 'REQUIRED_FIELD_MISSING',
          message: 'Required fields are missing: [Name]',
          fields: ['Name'],
        },
      ],
    });
    const ids = [results[0]?.id ?? '', results[2]?.id ?? ''];
    expect(
      await conn.sobject('Account').retrieve([ids[1] ?? '', '001000000000000AAA', ids[0] ?? '']),
    ).toMatchObject([{ Name: 'Three' }, null, { Name: 'One' }]);
    const kept = await conn
      .sobject('Account')
      .destroy([ids[0] ?? '', '001000000000000AAA'], { allOrNone: true });
    expect(kept.map(({ success }) => success)).toEqual([false, false]);
    expect(await conn.sobject('Account').count({ Id: ids })).toBe(2);
  });

  it('describes what it may see', async () => {
    const global = await conn.describeGlobal();
    expect(global.sobjects.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Account', 'Opportunity', 'OpportunityHistory', 'Partner_Plan__c']),
    );
    const { fields } = await conn.describe('opportunity');
    expect(fields.find(({ name }) => name === 'Amount')).toMatchObject({
      type: 'currency',
      precision: 18,
      scale: 2,
      nillable: true,
      updateable: true,
      calculated: false,
    });
  });

  it('makes a field, grants it, upserts by it, removes it', async () => {
    const metadata = {
      label: 'External key',
      type: 'Text',
      length: 255,
      externalId: true,
      unique: true,
      caseSensitive: false,
      required: false,
    };
    const made = await conn.tooling
      .sobject('CustomField')
      .create({ FullName: 'Account.Ext_Key__c', Metadata: metadata });
    expect(made).toMatchObject({ success: true });
    await expect(
      conn.tooling
        .sobject('CustomField')
        .create({ FullName: 'Account.Ext_Key__c', Metadata: metadata }),
    ).rejects.toMatchObject({ name: 'DUPLICATE_DEVELOPER_NAME' });
    await expect(conn.query('SELECT Ext_Key__c FROM Account')).rejects.toMatchObject({
      name: 'INVALID_FIELD',
    });
    const set = await conn.sobject('PermissionSet').create({ Name: 'Ext', Label: 'Ext' });
    const granted = await conn.sobject('FieldPermissions').create({
      ParentId: set.id ?? '',
      SobjectType: 'Account',
      Field: 'Account.Ext_Key__c',
      PermissionsRead: true,
      PermissionsEdit: true,
    });
    const { user_id: userId } = await conn.identity();
    const assigned = await conn
      .sobject('PermissionSetAssignment')
      .create({ AssigneeId: userId, PermissionSetId: set.id ?? '' });
    expect([set.success, granted.success, assigned.success]).toEqual([true, true, true]);
    const first = await conn
      .sobject('Account')
      .upsert({ Ext_Key__c: 'k 1', Name: 'By key' }, 'Ext_Key__c');
    const again = await conn
      .sobject('Account')
      .upsert({ Ext_Key__c: 'k 1', Name: 'By key 2' }, 'Ext_Key__c');
    expect([first, again]).toMatchObject([
      { created: true, success: true },
      { created: false, id: first.id },
    ]);
    const many = await conn.sobject('Account').upsert(
      [
        { Ext_Key__c: 'k 1', Name: 'x' },
        { Ext_Key__c: 'k 2', Name: 'y' },
      ],
      'Ext_Key__c',
    );
    expect(many).toMatchObject([{ id: first.id, created: false }, { created: true }]);
    expect(
      await conn.tooling.query(
        "SELECT Id, DeveloperName FROM CustomField WHERE TableEnumOrId = 'Account' AND DeveloperName = 'Ext_Key'",
      ),
    ).toMatchObject({ totalSize: 1, records: [{ Id: made.id }] });
    await conn.tooling.sobject('CustomField').destroy(made.id ?? '');
    await expect(conn.query('SELECT Ext_Key__c FROM Account')).rejects.toMatchObject({
      name: 'INVALID_FIELD',
    });
  });

  it('loads in bulk', async () => {
    conn.bulk2.pollInterval = 20;
    const results = await conn.bulk2.loadAndWaitForResults({
      object: 'Account',
      operation: 'insert',
      input: [
        { Name: 'Bulk, "quoted"\nname', Phone: '' },
        { Name: '', Phone: '1' },
      ],
    });
    expect(results.successfulResults).toMatchObject([
      { sf__Created: 'true', Name: 'Bulk, "quoted"\nname' },
    ]);
    expect(results.failedResults).toMatchObject([
      {
        sf__Error: 'REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --',
        Phone: '1',
      },
    ]);
    expect(results.unprocessedRecords).toEqual([]);
    const stream = await conn.bulk2.query('SELECT Id, Name FROM Account', { pollInterval: 20 });
    expect(await stream.toArray()).toHaveLength(sandbox.org.recordCount('Account'));
  });

  it('asks what changed', async () => {
    const hour = 3_600_000;
    const made = await conn.sobject('Account').create({ Name: 'Fresh' });
    const { ids } = await conn
      .sobject('Account')
      .updated(new Date(Date.now() - hour), new Date(Date.now() + hour));
    expect(ids).toContain(made.id);
    await conn.sobject('Account').destroy(made.id ?? '');
    const { deletedRecords } = await conn
      .sobject('Account')
      .deleted(new Date(Date.now() - hour), new Date(Date.now() + hour));
    expect(deletedRecords.map(({ id }) => id)).toContain(made.id);
  });

  it('signs in by client credentials and renews an ended session', async () => {
    const oauth2 = {
      loginUrl: sandbox.url,
      clientId: sandbox.clientId,
      clientSecret: sandbox.clientSecret,
    };
    const own = new jsforce.Connection({
      oauth2,
      instanceUrl: sandbox.url,
      refreshToken: sandbox.refreshToken,
      accessToken: '00D000000000000!ended',
      version: '66.0',
    });
    expect((await own.query('SELECT Id FROM Account LIMIT 1')).records).toHaveLength(1);
    const fresh = new jsforce.Connection({ oauth2, version: '66.0' });
    expect(await fresh.authorize({ grant_type: 'client_credentials' })).toMatchObject({
      organizationId: sandbox.org.id,
    });
    expect(await fresh.limits()).toMatchObject({ DailyApiRequests: { Max: 100_000 } });
  });
});
