import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CrmSession, FieldSpec } from '../../../src/model/connector.ts';
import { salesforce } from '../../../connectors/salesforce/index.ts';
import { field } from '../../../src/sandbox/salesforce/metadata/fields.ts';
import { testDeps } from './support/deps.ts';
import { startOrg, type TestOrg } from './support/org.ts';

const spec = (name: string, type: FieldSpec['type'], more: Partial<FieldSpec> = {}): FieldSpec => ({
  object: 'Opportunity',
  name,
  label: name.replaceAll('_', ' '),
  type,
  description: `The ${type} of a test`,
  ...more,
});
const every: FieldSpec[] = [
  spec('HW_N__c', 'number', { precision: 5, scale: 1 }),
  spec('HW_P__c', 'percent', { precision: 5, scale: 2 }),
  spec('HW_T__c', 'text', { length: 80 }),
  spec('HW_L__c', 'longtext', { length: 4000 }),
  spec('HW_B__c', 'boolean'),
  spec('HW_D__c', 'date'),
  spec('HW_DT__c', 'datetime'),
  spec('HW_PL__c', 'picklist', { options: ['on track', 'slipping', 'stalled'] }),
  { ...spec('HW_N__c', 'number', { precision: 5, scale: 1 }), object: 'Account' },
];
let org: TestOrg;
let session: CrmSession;
beforeEach(async () => {
  org = await startOrg(3);
  session = await org.open();
});
afterEach(async () => {
  await org.sandbox.close();
});
const posts = () => org.sandbox.log.list().filter((entry) => entry.method !== 'GET').length;

const deployEvery = async (): Promise<void> => {
  await session.deployFields(await session.planFields(every));
};

describe('field deployment', () => {
  it('makes fields of every type, visible and writable, and then has nothing left to do', async () => {
    const plan = await session.planFields(every);
    expect(plan.map((item) => item.action)).toEqual(every.map(() => 'create'));
    const results = await session.deployFields(plan);
    expect(results.map((each) => each.error)).toEqual(every.map(() => null));
    const opportunity = await session.describe('Opportunity');
    for (const each of every.slice(0, 8))
      expect(opportunity?.fields.find((field) => field.name === each.name)).toMatchObject({
        updateable: true,
      });
    expect(
      opportunity?.fields
        .find((field) => field.name === 'HW_PL__c')
        ?.options.map((option) => option.value),
    ).toEqual(['on track', 'slipping', 'stalled']);
    const before = posts();
    const second = await session.planFields(every);
    expect(second.map((item) => item.action)).toEqual(every.map(() => 'none'));
    expect(await session.deployFields(second)).toEqual(
      every.map((each) => ({ object: each.object, name: each.name, done: [], error: null })),
    );
    expect(posts()).toBe(before);
  });
  it('gives reps read and the integration user edit', async () => {
    await deployEvery();
    const sets = new Map(
      [...org.sandbox.org.table('PermissionSet').values()].map((row) => [row['Id'], row['Name']]),
    );
    const rights = [...org.sandbox.org.table('FieldPermissions').values()]
      .filter((row) => row['Field'] === 'Opportunity.HW_N__c')
      .map((row) => [
        sets.get(row['ParentId'] ?? ''),
        row['PermissionsRead'],
        row['PermissionsEdit'],
      ]);
    expect(rights.toSorted()).toEqual([
      ['Headwater', true, false],
      ['Headwater_Integration', true, true],
    ]);
    const user = org.sandbox.org.userByName(org.sandbox.username);
    expect([...(user?.permissionSetIds ?? [])].map((id) => sets.get(id))).toContain(
      'Headwater_Integration',
    );
    expect([...(user?.permissionSetIds ?? [])].map((id) => sets.get(id))).not.toContain(
      'Headwater',
    );
  });
  it('repairs a grant that somebody took away', async () => {
    await deployEvery();
    const grants = org.sandbox.org.table('FieldPermissions');
    for (const row of [...grants.values()])
      if (row['Field'] === 'Opportunity.HW_T__c')
        org.sandbox.org.remove(org.sandbox.org.admin, String(row['Id']), { hard: true });
    const request = {
      object: 'Opportunity',
      fields: ['HW_T__c'],
      where: [],
      range: { kind: 'all' as const },
      includeDeleted: false,
    };
    for (const blind of [session, await org.open()])
      await expect(blind.read(request, null)).rejects.toMatchObject({
        kind: 'config',
        code: 'INVALID_FIELD',
        message: expect.stringContaining('HW_T__c'),
        cure: expect.any(String),
      });
    const fresh = await org.open();
    const plan = await fresh.planFields(every);
    expect(plan.filter((item) => item.action !== 'none')).toEqual([
      expect.objectContaining({ name: 'HW_T__c', action: 'grant' }),
    ]);
    expect((await fresh.deployFields(plan)).find((each) => each.name === 'HW_T__c')).toMatchObject({
      error: null,
      done: ['read through Headwater', 'edit through Headwater_Integration'],
    });
    expect((await fresh.planFields(every)).every((item) => item.action === 'none')).toBe(true);
  });
  it('tells a field that is hidden and of another kind from one that only lacks a grant', async () => {
    await deployEvery();
    const hide = (name: string): void => {
      for (const row of [...org.sandbox.org.table('FieldPermissions').values()])
        if (row['Field'] === `Opportunity.${name}`)
          org.sandbox.org.remove(org.sandbox.org.admin, String(row['Id']), { hard: true });
    };
    for (const name of ['HW_N__c', 'HW_L__c']) hide(name);
    const fresh = await org.open();
    const plan = await fresh.planFields([
      spec('HW_N__c', 'number', { precision: 5, scale: 1 }),
      spec('HW_N__c', 'longtext', { length: 4000 }),
      spec('HW_N__c', 'number', { precision: 9, scale: 1 }),
      spec('HW_L__c', 'text', { length: 80 }),
      spec('HW_L__c', 'number', { precision: 5, scale: 1 }),
    ]);
    expect(plan.map((item) => item.action)).toEqual([
      'grant',
      'conflict',
      'conflict',
      'grant',
      'conflict',
    ]);
    expect(plan.map((item) => ('detail' in item ? item.detail : ''))).toEqual([
      'exists, but the integration user cannot see it',
      'exists as double, and longtext is needed (the integration user cannot see it)',
      'exists with 5 digits and 1 decimals, and 9 and 1 are needed (the integration user cannot see it)',
      'exists, but the integration user cannot see it',
      'exists as textarea, and number is needed (the integration user cannot see it)',
    ]);
    expect(
      (await fresh.deployFields(await fresh.planFields(every))).map((each) => each.error),
    ).toEqual(every.map(() => null));
  });
  it('says what stands in the way of a field that exists otherwise, and leaves it alone', async () => {
    await deployEvery();
    const plan = await session.planFields([
      spec('HW_N__c', 'text', { length: 80 }),
      spec('HW_T__c', 'text', { length: 255 }),
      spec('HW_P__c', 'percent', { precision: 9, scale: 2 }),
      spec('HW_PL__c', 'picklist', { options: ['on track', 'lost'] }),
      spec('HW_T__c', 'text', { length: 40 }),
    ]);
    expect(plan.map((item) => item.action)).toEqual([
      'conflict',
      'conflict',
      'conflict',
      'conflict',
      'none',
    ]);
    expect(plan[1]).toMatchObject({ detail: expect.stringContaining('80 characters') });
    const before = posts();
    expect((await session.deployFields(plan))[0]).toMatchObject({
      done: [],
      error: expect.stringContaining('exists as double'),
    });
    expect(posts()).toBe(before);
  });
  it("takes a field of somebody's package where it is, seen or hidden, and never makes one", async () => {
    org.sandbox.org.createField('Opportunity', {
      ...field('pkg__Score__c', 'double(5,1)', 'Score'),
      namespace: 'pkg',
    });
    const packaged = spec('pkg__Score__c', 'number', { precision: 5, scale: 1 });
    const own = spec('Score__c', 'number', { precision: 5, scale: 1 });
    const fresh = await org.open();
    const plan = await fresh.planFields([packaged, own, spec('pkg__Other__c', 'boolean')]);
    expect(plan.map(({ name, action }) => [name, action])).toEqual([
      ['pkg__Score__c', 'grant'],
      ['Score__c', 'create'],
      ['pkg__Other__c', 'conflict'],
    ]);
    expect(plan[2]).toMatchObject({
      detail: expect.stringContaining('package pkg is not installed'),
    });
    expect((await fresh.deployFields(plan.slice(0, 2))).map((each) => each.error)).toEqual([
      null,
      null,
    ]);
    expect((await fresh.planFields([packaged, own])).map((item) => item.action)).toEqual([
      'none',
      'none',
    ]);
  });
  it('finishes what another run began', async () => {
    const plan = await session.planFields([
      spec('HW_Race__c', 'number', { precision: 4, scale: 0 }),
    ]);
    await (await org.open()).deployFields(plan);
    expect(await session.deployFields(plan)).toEqual([
      expect.objectContaining({ done: ['was there already'], error: null }),
    ]);
  });
  it('refuses specs that Salesforce would, all at once', async () => {
    await expect(
      session.planFields([
        spec('Bad Name', 'number'),
        spec('HW_X__c', 'text', { length: 256 }),
        spec('HW_Y__c', 'longtext', { length: 200 }),
      ]),
    ).rejects.toMatchObject({
      kind: 'config',
      code: 'FIELD_SPEC',
      message: expect.stringMatching(/Bad Name.*HW_X__c.*HW_Y__c/),
    });
    await expect(
      session.planFields([{ ...spec('HW_X__c', 'number'), object: 'Nope__c' }]),
    ).rejects.toMatchObject({ kind: 'config', message: expect.stringContaining('Nope__c') });
  });
  it('names the permission that a plain user lacks', async () => {
    const { sandbox } = org;
    const user = sandbox.org.addUser({
      username: 'plain@headwater.sandbox.example',
      lastName: 'Plain',
      profile: 'Standard User',
    });
    const opened = sandbox.vendor.site.sessions.open(user.id, {
      clientId: sandbox.clientId,
      scope: 'api',
      lasting: true,
    });
    const plain = await salesforce.open(
      { auth: 'access-token', instanceUrl: sandbox.url },
      { accessToken: opened.token },
      testDeps(),
    );
    const plan = await plain.planFields([
      spec('HW_Plain__c', 'number', { precision: 4, scale: 0 }),
    ]);
    expect(await plain.deployFields(plan)).toEqual([
      expect.objectContaining({ error: expect.stringContaining('Customize Application') }),
    ]);
    const checks = await plain.check(['Opportunity', 'CurrencyType']);
    expect(checks.filter((each) => !each.ok)).toEqual([
      expect.objectContaining({
        name: 'CurrencyType: visible',
        cure: expect.stringContaining('CurrencyType'),
      }),
    ]);
  });
});
