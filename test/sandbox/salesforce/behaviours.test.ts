/**
 * The checklist of what a Salesforce twin must do, a test a row. Marks: [R] recorded, [D]
 * documented, [K] known but not confirmed.
 */
import { afterEach, describe, expect, it } from 'vitest';
import type { SandboxOptions } from '../../../src/sandbox/index.ts';
import { errorCode, openClient, V, type Client } from './http/client.ts';

const NOW_MS = Date.parse('2026-05-01T07:25:37.000Z');
const DAY_MS = 86_400_000;
const open: Client[] = [];
afterEach(async () => {
  for (const client of open.splice(0)) await client.close();
});

interface Bench {
  client: Client;
  control(method: string, path: string, body?: unknown): Promise<unknown>;
  setup(...changes: unknown[]): Promise<void>;
  pass(ms: number): void;
  soql(text: string, all?: boolean): Promise<Record<string, unknown>[]>;
  deal(fields?: Record<string, unknown>): Promise<string>;
}

async function bench(options: SandboxOptions = {}): Promise<Bench> {
  const client = await openClient({ nowMs: NOW_MS, ticking: false, ...options });
  open.push(client);
  const control: Bench['control'] = async (method, path, body) => {
    const response = await client.sandbox.fetch(`${client.sandbox.controlUrl}${path}`, {
      method,
      headers: { host: 'localhost' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return text === '' ? null : JSON.parse(text);
  };
  return {
    client,
    control,
    pass: (ms) => {
      client.sandbox.clock.advance(ms);
    },
    setup: async (...changes) => {
      for (const outcome of (await control('POST', '/setup', changes)) as { ok: boolean }[])
        expect(outcome).toMatchObject({ ok: true });
    },
    soql: async (text, all = false) => {
      const answer = await client.send(
        'GET',
        `${all ? 'queryAll' : 'query'}?q=${encodeURIComponent(text)}`,
      );
      if (answer.status !== 200) throw new Error(answer.text);
      return (answer.body as { records: Record<string, unknown>[] }).records;
    },
    deal: (fields) =>
      client.create('Opportunity', {
        Name: 'Deal',
        StageName: 'Prospecting',
        CloseDate: '2026-06-30',
        Amount: 1000,
        ...fields,
      }),
  };
}

const stampOf = async ({ soql }: Bench, object: string, id: string): Promise<unknown> =>
  (await soql(`SELECT SystemModstamp FROM ${object} WHERE Id = '${id}'`))[0]?.['SystemModstamp'];
const codes = (body: unknown): string[] =>
  (body as { errors: { statusCode: string }[] }[]).flatMap((row) =>
    row.errors.map((error) => error.statusCode),
  );
const save = (
  client: Client,
  object: string,
  id: string,
  fields: unknown,
  headers?: Record<string, string>,
) => client.send('PATCH', `sobjects/${object}/${id}`, fields, headers);

type Row = readonly [
  number: number,
  mark: 'R' | 'D' | 'K',
  behaviour: string,
  test: () => Promise<void>,
];
const ROWS: Row[] = [
  [
    1,
    'R',
    'stamps whole seconds, the same for all rows of one bulk save',
    async () => {
      const b = await bench({ nowMs: NOW_MS + 437 });
      const made = await b.client.send('POST', 'composite/sobjects', {
        records: Array.from({ length: 150 }, (_, i) => ({
          attributes: { type: 'Account' },
          Name: `A${i}`,
        })),
      });
      expect(made.status).toBe(200);
      expect(
        new Set(
          (await b.soql('SELECT SystemModstamp FROM Account')).map((row) => row['SystemModstamp']),
        ),
      ).toEqual(new Set(['2026-05-01T07:25:37.000+0000']));
    },
  ],
  [
    2,
    'K',
    'shows a late commit under the stamp of its beginning',
    async () => {
      const b = await bench();
      await b.control('POST', '/records', [
        { op: 'insert', object: 'Account', fields: { Name: 'Late' }, commitAfterMs: 120_000 },
      ]);
      b.pass(60_000);
      await b.client.create('Account', { Name: 'Early' });
      expect((await b.soql('SELECT Name FROM Account')).map((row) => row['Name'])).toEqual([
        'Early',
      ]);
      b.pass(61_000);
      expect(
        (await b.soql('SELECT Name, SystemModstamp FROM Account ORDER BY SystemModstamp')).map(
          (row) => [row['Name'], row['SystemModstamp']],
        ),
      ).toEqual([
        ['Late', '2026-05-01T07:25:37.000+0000'],
        ['Early', '2026-05-01T07:26:37.000+0000'],
      ]);
    },
  ],
  [
    3,
    'D',
    'gives pages no larger than it likes, and forgets a locator after two days',
    async () => {
      const b = await bench({ pageSizeMax: 3 });
      for (let i = 0; i < 7; i++) await b.client.create('Account', { Name: `A${i}` });
      const first = (
        await b.client.query('SELECT Id FROM Account', { 'sforce-query-options': 'batchSize=2000' })
      ).body as { records: unknown[]; nextRecordsUrl: string; totalSize: number };
      expect([first.records.length, first.totalSize]).toEqual([3, 7]);
      expect(
        ((await b.client.send('GET', first.nextRecordsUrl)).body as { records: unknown[] }).records,
      ).toHaveLength(3);
      b.pass(2 * DAY_MS);
      expect(errorCode(await b.client.send('GET', first.nextRecordsUrl))).toBe(
        'INVALID_QUERY_LOCATOR',
      );
    },
  ],
  [
    4,
    'D',
    'keeps the deleted for queryAll, brings back, merges, and tells of the hard deleted only in getDeleted',
    async () => {
      const b = await bench();
      const [winner, loser, gone] = [
        await b.client.create('Account', { Name: 'W' }),
        await b.client.create('Account', { Name: 'L' }),
        await b.client.create('Account', { Name: 'G' }),
      ];
      await b.control('POST', '/records', [
        { op: 'merge', winnerId: winner, loserIds: [loser] },
        { op: 'delete', id: gone },
      ]);
      expect(await b.soql('SELECT Id FROM Account')).toHaveLength(1);
      const all = await b.soql('SELECT Id, IsDeleted, MasterRecordId FROM Account', true);
      expect(all.find((row) => row['Id'] === loser)).toMatchObject({
        IsDeleted: true,
        MasterRecordId: winner,
      });
      await b.control('POST', '/records', [{ op: 'undelete', id: gone }]);
      expect(await b.soql('SELECT Id FROM Account')).toHaveLength(2);
      await b.control('POST', '/records', [{ op: 'delete', id: gone, hard: true }]);
      expect((await b.soql('SELECT Id FROM Account', true)).map((row) => row['Id'])).not.toContain(
        gone,
      );
      b.pass(60_000);
      const deleted = (
        await b.client.send(
          'GET',
          `sobjects/Account/deleted/?start=${encodeURIComponent('2026-05-01T07:20:00+00:00')}&end=${encodeURIComponent('2026-05-01T07:26:00+00:00')}`,
        )
      ).body as { deletedRecords: { id: string }[] };
      expect(deleted.deletedRecords.map(({ id }) => id)).toEqual(
        expect.arrayContaining([loser, gone]),
      );
    },
  ],
  [
    5,
    'R',
    'answers a partial failure row by row, in the order of the request',
    async () => {
      const b = await bench();
      const made = await b.client.send('POST', 'composite/sobjects', {
        records: [
          { attributes: { type: 'Account' }, Name: 'A' },
          { attributes: { type: 'Account' } },
          { attributes: { type: 'Contact' }, LastName: 'C', Email: 'bad' },
        ],
      });
      expect((made.body as { success: boolean }[]).map((row) => row.success)).toEqual([
        true,
        false,
        false,
      ]);
      expect(codes(made.body)).toEqual(['REQUIRED_FIELD_MISSING', 'INVALID_EMAIL_ADDRESS']);
    },
  ],
  [
    6,
    'K',
    'drops a field between two pages, and refuses a value that was switched off',
    async () => {
      const b = await bench();
      const { org } = b.client.sandbox;
      org.createField('Account', {
        name: 'Score__c',
        label: 'Score',
        type: 'double',
        precision: 5,
        scale: 2,
        nillable: true,
        createable: true,
        updateable: true,
        filterable: true,
        sortable: true,
        groupable: false,
        permissionable: true,
        defaultedOnCreate: false,
        custom: true,
      });
      const described = async (): Promise<boolean> =>
        JSON.stringify((await b.client.send('GET', 'sobjects/Account/describe')).body).includes(
          '"Score__c"',
        );
      expect([
        await described(),
        errorCode(await b.client.query('SELECT Score__c FROM Account')),
      ]).toEqual([false, 'INVALID_FIELD']);
      for (const set of b.client.sandbox.org.userByName(b.client.sandbox.username)
        ?.permissionSetIds ?? [])
        org.grantField(set, 'Account', 'Score__c', { edit: true });
      expect([
        await described(),
        (await b.client.query('SELECT Score__c FROM Account')).status,
      ]).toEqual([true, 200]);
      await b.setup({ op: 'deleteField', object: 'Account', field: 'Score__c' });
      expect([
        await described(),
        errorCode(await b.client.query('SELECT Score__c FROM Account')),
      ]).toEqual([false, 'INVALID_FIELD']);
      await b.setup({
        op: 'picklistValue',
        object: 'Account',
        field: 'Type',
        value: 'Other',
        active: false,
        restricted: true,
      });
      expect(
        errorCode(await b.client.send('POST', 'sobjects/Account', { Name: 'A', Type: 'Other' })),
      ).toBe('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST');
    },
  ],
  [
    7,
    'D',
    'refuses by validation rule, trigger, flow, lock and approval, each in its own words',
    async () => {
      const b = await bench();
      const accountId = await b.client.create('Account', { Name: 'Parent' });
      const id = await b.deal({ AccountId: accountId });
      const refused = async (fields: unknown): Promise<unknown> =>
        (await save(b.client, 'Opportunity', id, fields)).body;
      await b.setup({
        op: 'validationRule',
        object: 'Opportunity',
        name: 'NoZero',
        formula: 'Amount = 0',
        message: 'Zero is no amount',
        field: 'Amount',
      });
      expect(await refused({ Amount: 0 })).toEqual([
        {
          errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
          message: 'Zero is no amount',
          fields: ['Amount'],
        },
      ]);
      await b.setup({
        op: 'trigger',
        object: 'Opportunity',
        name: 'DealGuard',
        on: ['update'],
        when: 'Amount > 5000',
        message: 'Ask finance first',
      });
      expect(await refused({ Amount: 6000 })).toMatchObject([
        {
          errorCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
          message: expect.stringMatching(
            /^DealGuard: execution of BeforeUpdate\n\ncaused by: .*Ask finance first/,
          ) as unknown,
        },
      ]);
      await b.setup(
        { op: 'dropTrigger', name: 'DealGuard' },
        {
          op: 'trigger',
          object: 'Opportunity',
          name: 'Path',
          message: 'No owner found',
          flow: true,
        },
      );
      expect(await refused({ Amount: 2 })).toMatchObject([
        { errorCode: 'CANNOT_EXECUTE_FLOW_TRIGGER' },
      ]);
      await b.setup(
        { op: 'dropTrigger', name: 'Path' },
        { op: 'lock', id: accountId, forMs: 5000 },
      );
      expect(await refused({ Amount: 3 })).toMatchObject([
        {
          errorCode: 'UNABLE_TO_LOCK_ROW',
          message: `unable to obtain exclusive access to this record or 1 records: ${accountId}`,
        },
      ]);
      b.pass(5000);
      expect(await refused({ Amount: 3 })).toBeNull();
      await b.setup({ op: 'lock', id, kind: 'approval' });
      expect(await refused({ Amount: 4 })).toMatchObject([{ errorCode: 'ENTITY_IS_LOCKED' }]);
      await b.setup({ op: 'lock', id, kind: 'approval', admins: false });
      expect(await refused({ Amount: 4 })).toBeNull();
    },
  ],
  [
    7,
    'K',
    'warns of duplicates with their records, and lets a client insist unless the rule forbids it',
    async () => {
      const b = await bench();
      const twin = await b.client.create('Contact', { LastName: 'Twin', Email: 'twin@x.example' });
      await b.setup({
        op: 'duplicateRule',
        object: 'Contact',
        name: 'Same_mail',
        fields: ['Email'],
      });
      const fields = { LastName: 'Twin 2', Email: 'TWIN@x.example ' };
      const refused = await b.client.send('POST', 'sobjects/Contact', fields);
      expect(refused.body).toMatchObject([
        {
          errorCode: 'DUPLICATES_DETECTED',
          duplicateResult: {
            allowSave: true,
            duplicateRule: 'Same_mail',
            matchResults: [{ size: 1, matchRecords: [{ record: { Id: twin } }] }],
          },
        },
      ]);
      const insist = { 'sforce-duplicate-rule-header': 'allowSave=true' };
      expect((await b.client.send('POST', 'sobjects/Contact', fields, insist)).status).toBe(201);
      await b.setup({
        op: 'duplicateRule',
        object: 'Contact',
        name: 'Same_mail',
        fields: ['Email'],
        allowSave: false,
      });
      expect(errorCode(await b.client.send('POST', 'sobjects/Contact', fields, insist))).toBe(
        'DUPLICATES_DETECTED',
      );
    },
  ],
  [
    8,
    'R',
    'works out probability, forecast category, closed and won, expected revenue from the stage',
    async () => {
      const b = await bench();
      const id = await b.deal({ StageName: 'Qualification' });
      const seen = async () =>
        (
          await b.soql(
            `SELECT Probability, ForecastCategoryName, IsClosed, IsWon, ExpectedRevenue FROM Opportunity WHERE Id = '${id}'`,
          )
        )[0];
      expect(await seen()).toMatchObject({
        Probability: 10,
        ForecastCategoryName: 'Pipeline',
        IsClosed: false,
        ExpectedRevenue: 100,
      });
      await save(b.client, 'Opportunity', id, { StageName: 'Closed Won' });
      expect(await seen()).toMatchObject({
        Probability: 100,
        ForecastCategoryName: 'Closed',
        IsClosed: true,
        IsWon: true,
        ExpectedRevenue: 1000,
      });
      expect(errorCode(await save(b.client, 'Opportunity', id, { ExpectedRevenue: 1 }))).toBe(
        'INVALID_FIELD_FOR_INSERT_UPDATE',
      );
    },
  ],
  [
    8,
    'K',
    'changes a formula without a stamp, and moves the stamp of a parent whose roll-up changes',
    async () => {
      const b = await bench();
      const { org } = b.client.sandbox;
      const sets = [...(org.userByName(b.client.sandbox.username)?.permissionSetIds ?? [])];
      const grant = (object: string, name: string): void => {
        for (const set of sets) org.grantField(set, object, name, { edit: false });
      };
      const accountId = await b.client.create('Account', { Name: 'Parent' });
      org.createField('Opportunity', {
        name: 'Twice__c',
        label: 'Twice',
        type: 'double',
        precision: 18,
        scale: 0,
        nillable: true,
        createable: false,
        updateable: false,
        filterable: true,
        sortable: true,
        groupable: false,
        permissionable: true,
        defaultedOnCreate: false,
        custom: true,
        formula: 'Amount * 2',
      });
      await b.setup({
        op: 'rollup',
        object: 'Account',
        field: 'Won_Sum__c',
        child: 'Opportunity',
        link: 'AccountId',
        operation: 'sum',
        of: 'Amount',
        where: { field: 'IsWon', equals: true },
      });
      grant('Opportunity', 'Twice__c');
      grant('Account', 'Won_Sum__c');
      const id = await b.deal({ AccountId: accountId });
      const before = [await stampOf(b, 'Opportunity', id), await stampOf(b, 'Account', accountId)];
      b.pass(60_000);
      await b.setup({
        op: 'formula',
        object: 'Opportunity',
        field: 'Twice__c',
        formula: 'Amount * 3',
      });
      expect((await b.soql('SELECT Twice__c FROM Opportunity'))[0]?.['Twice__c']).toBe(3000);
      expect([await stampOf(b, 'Opportunity', id), await stampOf(b, 'Account', accountId)]).toEqual(
        before,
      );
      await save(b.client, 'Opportunity', id, { StageName: 'Closed Won' });
      const parent = async () =>
        (await b.soql('SELECT Won_Sum__c, SystemModstamp, LastModifiedDate FROM Account'))[0];
      expect(await parent()).toMatchObject({
        Won_Sum__c: 1000,
        SystemModstamp: '2026-05-01T07:26:37.000+0000',
        LastModifiedDate: before[1],
      });
      await b.client.send('DELETE', `sobjects/Opportunity/${id}`);
      expect((await parent())?.['Won_Sum__c']).toBe(0);
    },
  ],
  [
    9,
    'D',
    'writes OpportunityHistory for stage, amount, date and probability, and for nothing else',
    async () => {
      const b = await bench();
      const id = await b.deal();
      for (const fields of [
        { StageName: 'Qualification' },
        { Amount: 5 },
        { CloseDate: '2026-07-01' },
        { Probability: 33 },
        { Name: 'Renamed' },
      ]) {
        b.pass(1000);
        await save(b.client, 'Opportunity', id, fields);
      }
      expect(
        await b.soql(`SELECT Id FROM OpportunityHistory WHERE OpportunityId = '${id}'`),
      ).toHaveLength(5);
      expect(
        (await b.soql('SELECT PrevAmount FROM OpportunityHistory ORDER BY CreatedDate')).map(
          (row) => row['PrevAmount'],
        ),
      ).toContain(1000);
    },
  ],
  [
    9,
    'D',
    'keeps the history of tracked fields of accounts',
    async () => {
      const b = await bench();
      await b.setup({ op: 'trackFields', object: 'Account', fields: ['Type'] });
      const id = await b.client.create('Account', { Name: 'A', Type: 'Prospect' });
      await save(b.client, 'Account', id, { Type: 'Other', Name: 'B' });
      expect(
        (
          await b.soql(
            `SELECT Field, OldValue, NewValue FROM AccountHistory WHERE AccountId = '${id}'`,
          )
        ).map((row) => [row['Field'], row['OldValue'], row['NewValue']]),
      ).toEqual([
        ['created', null, null],
        ['Type', 'Prospect', 'Other'],
      ]);
    },
  ],
  [
    10,
    'R',
    "moves the stamp on a client's own write, also when nothing changed",
    async () => {
      const b = await bench();
      const id = await b.deal();
      const before = await stampOf(b, 'Opportunity', id);
      b.pass(5000);
      await save(b.client, 'Opportunity', id, { Amount: 1000 });
      expect(await stampOf(b, 'Opportunity', id)).not.toBe(before);
    },
  ],
  [
    11,
    'D',
    'counts calls down in a header, and refuses when they are used up',
    async () => {
      const b = await bench({ apiDailyLimit: 3 });
      expect(
        (await b.client.query('SELECT Id FROM Account')).headers.get('sforce-limit-info'),
      ).toBe('api-usage=1/3');
      await b.control('PUT', '/switches', { useCalls: 5 });
      const refused = await b.client.query('SELECT Id FROM Account');
      expect([refused.status, errorCode(refused)]).toEqual([403, 'REQUEST_LIMIT_EXCEEDED']);
    },
  ],
  [
    12,
    'D',
    'answers 401 to an ended session',
    async () => {
      const b = await bench();
      await b.control('PUT', '/switches', { endSessions: true });
      const refused = await b.client.query('SELECT Id FROM Account');
      expect([refused.status, errorCode(refused)]).toEqual([401, 'INVALID_SESSION_ID']);
    },
  ],
  [
    14,
    'R',
    'has no currency objects or fields with one currency',
    async () => {
      const b = await bench();
      expect([
        errorCode(await b.client.query('SELECT Id FROM CurrencyType')),
        errorCode(await b.client.query('SELECT CurrencyIsoCode FROM Opportunity')),
      ]).toEqual(['INVALID_TYPE', 'INVALID_FIELD']);
    },
  ],
  [
    14,
    'D',
    'converts opportunities by the rate of their close date, accounts by the present one',
    async () => {
      const datedRates = [
        { isoCode: 'EUR', startDate: '2025-01-01', rate: 0.5 },
        { isoCode: 'EUR', startDate: '2026-06-01', rate: 0.8 },
      ];
      const b = await bench({
        multiCurrency: true,
        org: { conversionRates: { EUR: 0.9 }, datedRates },
      });
      await b.deal({ CurrencyIsoCode: 'EUR', CloseDate: '2026-05-31' });
      await b.deal({ CurrencyIsoCode: 'EUR', CloseDate: '2026-06-01' });
      await b.client.create('Account', { Name: 'A', CurrencyIsoCode: 'EUR', AnnualRevenue: 900 });
      expect(
        (
          await b.soql('SELECT convertCurrency(Amount) money FROM Opportunity ORDER BY CloseDate')
        ).map((row) => row['money']),
      ).toEqual([2000, 1250]);
      expect(
        (await b.soql('SELECT convertCurrency(AnnualRevenue) money FROM Account'))[0]?.['money'],
      ).toBe(1000);
      expect(
        (await b.soql('SELECT CloseDate FROM Opportunity WHERE Amount > USD1500')).map(
          (row) => row['CloseDate'],
        ),
      ).toEqual(['2026-05-31']);
      expect(await b.soql('SELECT Id FROM Opportunity WHERE Amount = EUR1000')).toHaveLength(2);
      const ends = async (): Promise<unknown[]> =>
        (await b.soql('SELECT NextStartDate FROM DatedConversionRate ORDER BY StartDate')).map(
          (row) => row['NextStartDate'],
        );
      expect(await ends()).toEqual(['2026-06-01', '9999-12-31']);
      const added = (await b.control('POST', '/records', [
        {
          op: 'insert',
          object: 'DatedConversionRate',
          fields: { IsoCode: 'EUR', StartDate: '2026-01-01', ConversionRate: 0.7 },
        },
      ])) as { id: string }[];
      expect(await ends()).toEqual(['2026-01-01', '2026-06-01', '9999-12-31']);
      await b.control('POST', '/records', [{ op: 'delete', id: added[0]?.id }]);
      expect(await ends()).toEqual(['2026-06-01', '9999-12-31']);
    },
  ],
  [
    15,
    'K',
    'shows archived activities and none but them only to queryAll',
    async () => {
      const b = await bench();
      await b.client.create('Task', {
        Subject: 'old',
        Status: 'Completed',
        ActivityDate: '2025-05-10',
      });
      await b.client.create('Task', {
        Subject: 'open',
        Status: 'Not Started',
        ActivityDate: '2024-01-01',
      });
      expect(await b.soql('SELECT Id FROM Task')).toHaveLength(2);
      b.pass(30 * DAY_MS);
      expect((await b.soql('SELECT Subject FROM Task')).map((row) => row['Subject'])).toEqual([
        'open',
      ]);
      expect(
        await b.soql('SELECT Id, IsArchived FROM Task WHERE IsArchived = true', true),
      ).toHaveLength(1);
    },
  ],
];

describe('the Salesforce sandbox', () => {
  it.each(ROWS)('row %i [%s] %s', (_number, _mark, _behaviour, test) => test());
});

describe('row 13 [K]: what goes wrong on the way', () => {
  const FAULTS = [
    ['expiredSession', 401, 'INVALID_SESSION_ID'],
    ['dailyLimit', 403, 'REQUEST_LIMIT_EXCEEDED'],
    ['tooManyRequests', 429, 'REQUEST_LIMIT_EXCEEDED'],
    ['serverError', 500, 'UNKNOWN_EXCEPTION'],
  ] as const;
  it.each(
    FAULTS.flatMap((fault) =>
      (['before', 'after'] as const).map((when) => [...fault, when] as const),
    ),
  )('%s: %i %s, %4$s the write', async (kind, status, code, when) => {
    const b = await bench();
    b.client.sandbox.faults.add({ kind, when, times: 1 });
    const answer = await b.client.send('POST', 'sobjects/Account', { Name: 'A' });
    expect([answer.status, errorCode(answer), b.client.sandbox.org.recordCount('Account')]).toEqual(
      [status, code, when === 'after' ? 1 : 0],
    );
  });

  it.each([
    ['reset', 'before', 0],
    ['reset', 'after', 1],
    ['timeout', 'after', 1],
  ] as const)('%s %s: no answer, %i records', async (kind, when, made) => {
    const b = await bench();
    b.client.sandbox.faults.add({ kind, when, times: 1, ms: 20 });
    await expect(b.client.send('POST', 'sobjects/Account', { Name: 'A' })).rejects.toThrow(
      'fetch failed',
    );
    expect(b.client.sandbox.org.recordCount('Account')).toBe(made);
  });

  it('an HTML page, half an answer, a late answer', async () => {
    const b = await bench();
    const { faults, fetch, url, accessToken } = b.client.sandbox;
    const get = () =>
      fetch(`${url}${V}/limits`, { headers: { authorization: `Bearer ${accessToken}` } });
    faults.add({ kind: 'html', times: 1 });
    const page = await get();
    expect([page.status, page.headers.get('content-type')]).toEqual([503, 'text/html']);
    faults.add({ kind: 'truncated', times: 1 });
    await expect((await get()).json()).rejects.toThrow(SyntaxError);
    faults.add({ kind: 'cutBody', times: 1 });
    await expect(get().then((response) => response.text())).rejects.toThrow();
    faults.add({ kind: 'slow', ms: 60, times: 1 });
    const fromMs = performance.now();
    expect([(await get()).status, performance.now() - fromMs > 55]).toEqual([200, true]);
  });
});
