import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBench, type Bench } from '../cli/bench.ts';
import type { Ran } from '../cli/harness.ts';

/** An org as an admin meets it, over a real port, and an admin who gets things wrong. */
interface Org extends Bench {
  good: string;
  /** Changes the shipped mapping; a change that changes nothing is a mistake of the test. */
  mapping(from: string | RegExp, to: string): Promise<void>;
  soql(query: string): Promise<Record<string, unknown>[]>;
  api(method: string, path: string, body?: unknown): Promise<unknown>;
}

async function openOrg(partners: number, deals: number, seed: number): Promise<Org> {
  const bench = await openBench({ partners, deals, seed });
  const file = join(bench.dir, 'mapping.yaml');
  const good = await readFile(file, 'utf8');
  const api: Org['api'] = async (method, path, body) => {
    const response = await fetch(`${bench.sandbox.url}/services/data/v66.0${path}`, {
      method,
      headers: {
        authorization: `Bearer ${bench.sandbox.accessToken}`,
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok)
      throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.status === 204 ? null : ((await response.json()) as unknown);
  };
  return {
    ...bench,
    good,
    api,
    mapping: async (from, to) => {
      const text = good.replace(from, () => to);
      if (text === good) throw new Error(`nothing to replace: ${String(from)}`);
      await writeFile(file, text);
    },
    soql: async (query) =>
      (
        (await api('GET', `/query?q=${encodeURIComponent(query)}`)) as {
          records: Record<string, unknown>[];
        }
      ).records,
  };
}

const insert = async (
  org: Org,
  object: string,
  fields: Record<string, unknown>,
): Promise<string> => {
  const [outcome] = (await org.control('POST', '/records', [{ op: 'insert', object, fields }])) as {
    ok: boolean;
    id: string;
    errors?: unknown;
  }[];
  if (outcome?.ok !== true) throw new Error(JSON.stringify(outcome));
  return outcome.id;
};

/** Exit 1, one message that names the thing, and a second line with the cure. */
const clear = (ran: Ran, message: RegExp, cure: RegExp): void => {
  const told = ran.stderr
    .split('\n')
    .filter((line) => !/^ {2}[✓✗] /.test(line))
    .join('\n');
  expect(ran.code, told).toBe(1);
  expect(told).toMatch(/^headwater: \S/);
  expect(told).toMatch(message);
  expect(told).toMatch(cure);
  expect(told).not.toMatch(/\n\s+at .*\.ts:\d+/);
};

describe('a mapping that is wrong', () => {
  let org: Org;
  const rows = async (): Promise<number> =>
    ((await org.json('status')) as { streams: { rows: number }[] }[])
      .flatMap((status) => status.streams)
      .reduce((sum, stream) => sum + stream.rows, 0);
  beforeAll(async () => {
    org = await openOrg(5, 30, 31);
    await org.json('field', 'deploy');
    await org.json('sync', 'run');
  });
  afterAll(async () => {
    await org.close();
  });
  beforeEach(async () => {
    await org.control('DELETE', '/requests');
  });
  afterEach(async () => {
    await writeFile(join(org.dir, 'mapping.yaml'), org.good);
  });

  it.each<[string, string | RegExp, string, RegExp]>([
    ['malformed YAML', 'entities:\n', 'entities:\n\tpartner: [\n', /mapping\.yaml:\d+:\d+ error: /],
    [
      'a key twice',
      '  timeZone: UTC\n',
      '  timeZone: UTC\n  timeZone: Europe/Berlin\n',
      /mapping\.yaml:\d+:\d+ error: This key is there twice/,
    ],
    [
      'an unknown key',
      '  staleDays: 21\n',
      '  stailDays: 21\n',
      /mapping\.yaml:\d+:\d+ error: .*stailDays.*/,
    ],
    [
      'a setting of the wrong type',
      '  staleDays: 21\n',
      '  staleDays: soon\n',
      /mapping\.yaml:\d+:\d+ error: .*/,
    ],
    [
      'an unknown field',
      'industry: Industry',
      'industry: Industri',
      /:\d+ error: `Account` has no field `Industri`\. Did you mean `Industry`\?/,
    ],
    [
      'an unknown object',
      'object: Opportunity\n',
      'object: Oportunity\n',
      /:\d+ error: .*`Oportunity`.*Did you mean `Opportunity`/,
    ],
    [
      'an output that does not exist',
      '{ value: partner.score }',
      '{ value: partner.scoer }',
      /no output `partner\.scoer`.*partner\.score/,
    ],
    [
      'a field that is a formula or calculated',
      'HW_Partner_Score__c:',
      'LastActivityDate:',
      /Account\.LastActivityDate`/,
    ],
    [
      "another CRM's mapping",
      'crm: salesforce',
      'crm: hubspot',
      /the mapping is for hubspot, the connection for salesforce/,
    ],
  ])('%s: named with its line; nothing is read, nothing is lost', async (_, from, to, message) => {
    const before = await rows();
    await org.mapping(from, to);
    clear(await org.run('sync', 'run'), message, /headwater mapping check/);
    const check = await org.run('mapping', 'check');
    expect([check.code, check.stdout]).toEqual([1, expect.stringMatching(message)]);
    const requests = (await org.control('GET', '/requests')) as {
      path?: string;
      url?: string;
      method: string;
    }[];
    expect(
      requests.filter((request) =>
        /FROM (Opportunity|Account|Task)\b/i.test(
          decodeURIComponent(JSON.stringify(request).replaceAll('+', ' ')),
        ),
      ),
    ).toEqual([]);
    expect(await rows()).toBe(before);
  });

  it('the mapping put right again: the run goes on where it was', async () => {
    expect(await org.json('sync', 'run')).toMatchObject({
      run: { state: 'done' },
      summary: {
        pulled: expect.arrayContaining([
          expect.objectContaining({ object: 'Account', changed: 0 }),
        ]) as unknown,
      },
    });
  });

  it('a hidden field: the message says that it may be hidden, and from whom', async () => {
    await org.api('POST', '/tooling/sobjects/CustomField', {
      FullName: 'Account.Hidden_Tier__c',
      Metadata: { label: 'Hidden', type: 'Text', length: 20 },
    });
    await org.mapping('tier: { field: Partner_Tier__c, optional: true }', 'tier: Hidden_Tier__c');
    clear(
      await org.run('sync', 'run'),
      /`Account` has no field `Hidden_Tier__c`\. If it exists, it is hidden from the connected user/,
      /grant that user read access/,
    );
  });

  it('a field of another type: a warning before, and each row refused with its value kept', async () => {
    await org.mapping('      amount: Amount\n      # Only', '      amount: Name\n      # Only');
    expect((await org.run('mapping', 'check')).stdout).toMatch(
      /:\d+:\d+ warning: `Name` is a string field, and `amount` wants a money/,
    );
    const { code, stdout } = await org.run('sync', 'run');
    expect(code).toBe(0);
    expect(stdout).toContain('refused');
    const { quarantine } = (await org.json('run', 'show')) as {
      quarantine: { object: string; entity: string; field: string; message: string }[];
    };
    expect(
      quarantine.find((issue) => issue.entity === 'deal' && issue.field === 'amount')?.message,
    ).toMatch(/\S/);
    await writeFile(join(org.dir, 'mapping.yaml'), org.good);
    await org.run('sync', 'run');
    const after = (await org.json('run', 'show')) as {
      quarantine: { entity: string; field: string }[];
    };
    expect(
      after.quarantine.filter((issue) => issue.entity === 'deal' && issue.field === 'amount'),
    ).toEqual([]);
  });

  it('no record is a partner: the run ends well and says so', async () => {
    await org.mapping(
      '        - { field: Type, in: [Channel Partner / Reseller, Technology Partner, Installation Partner] }',
      '        - { field: Type, in: [Nobody] }',
    );
    const text = (await readFile(join(org.dir, 'mapping.yaml'), 'utf8')).replace(
      '{ field: IsPartner, optional: true, is: true }',
      '{ field: Name, is: Nobody at all }',
    );
    await writeFile(join(org.dir, 'mapping.yaml'), text);
    const { code, stdout } = await org.run('sync', 'run', '--dry-run');
    expect([code, stdout.includes('no record is a partner by this mapping')]).toEqual([0, true]);
    expect(
      ((await org.json('sync', 'run', '--dry-run')) as { notices: string[] }).notices,
    ).toHaveLength(1);
  });

  it('quotes, wildcards and words of the query language in a pull filter are data', async () => {
    const name = "O'Brien\\' OR Name != '%_\" --";
    const id = await insert(org, 'Campaign', { Name: name });
    await insert(org, 'Campaign', { Name: 'Another' });
    await org.mapping(
      '    object: Campaign\n    optional: true\n',
      `    object: Campaign\n    optional: true\n    pull:\n      - { field: Name, op: eq, value: ${JSON.stringify(name)} }\n`,
    );
    const previews = (await org.json('mapping', 'preview', 'Campaign', '--limit', '9')) as {
      id: string;
    }[];
    expect(previews.map((preview) => preview.id)).toEqual([id]);
  });
});

describe('an empty org', () => {
  it('syncs with an empty, sensible result, and again', async () => {
    const org = await openOrg(0, 0, 32);
    await org.json('field', 'deploy');
    for (const pass of ['first', 'second']) {
      const { summary, notices } = (await org.json('sync', 'run')) as {
        summary: {
          partners: number;
          forecast: { total: { p50: number } };
          applied: { fields: number }[];
        };
        notices: string[];
      };
      expect([
        pass,
        summary.partners,
        summary.forecast.total.p50,
        summary.applied.reduce((sum, applied) => sum + applied.fields, 0),
        notices.length,
      ]).toEqual([pass, 0, 0, 0, 1]);
    }
    expect((await org.run('forecast', 'show')).code).toBe(0);
    expect((await org.run('mapping', 'preview')).code).toBe(0);
    await org.close();
  });
});

describe('records that are odd', () => {
  let org: Org;
  const LONG = 'é😀'.repeat(70_000).slice(0, 131_072);
  const NAMES = {
    formula: '=HYPERLINK("http://x","y")',
    twice: 'Twice & Co',
    unicode: '漢字 “ß” \u202Eevil\u0007',
  };
  beforeAll(async () => {
    org = await openOrg(4, 20, 33);
    await org.json('field', 'deploy');
    const stage = (
      await org.soql('SELECT ApiName FROM OpportunityStage WHERE IsClosed = false LIMIT 1')
    )[0]!['ApiName'];
    const partner = { Type: 'Channel Partner / Reseller' };
    const [formula] = [
      await insert(org, 'Account', {
        Name: NAMES.formula,
        ...partner,
        Description: LONG.slice(0, 32_000),
      }),
      await insert(org, 'Account', { Name: NAMES.twice, ...partner }),
      await insert(org, 'Account', { Name: NAMES.twice, ...partner }),
      await insert(org, 'Account', { Name: NAMES.unicode, ...partner }),
    ];
    const deal = (Name: string, Amount: number | null): Promise<string> =>
      insert(org, 'Opportunity', {
        Name,
        Amount,
        StageName: stage,
        CloseDate: '2026-12-20',
        AccountId: formula,
        Description: LONG.slice(0, 32_000),
      });
    for (const [name, amount] of [
      ['+zero', 0],
      ['-negative', -5000],
      ['@none', null],
      ['=1+1', 1000],
    ] as const)
      await deal(name, amount);
  });
  afterAll(async () => {
    await org.close();
  });

  it('zero, negative and missing amounts, double names and formula-looking names pass through a whole run', async () => {
    const text = org.good
      .replace(
        '  deal:\n    object: Opportunity\n',
        '  deal:\n    object: Opportunity\n    keep: [Description]\n',
      )
      .replace('keep: [Industry, CreatedDate]', 'keep: [Industry, CreatedDate, Description]');
    expect(text).toContain('Description');
    await writeFile(join(org.dir, 'mapping.yaml'), text);
    const first = await org.run('sync', 'run');
    expect(first.code, first.stderr).toBe(0);
    const dump = (await org.json(
      'mapping',
      'preview',
      'Opportunity',
      '--local',
      '--limit',
      '500',
    )) as {
      before: Record<string, unknown>;
      after: { entity: string; outcome: string; values: Record<string, unknown> }[];
    }[];
    const byName = new Map(dump.map((preview) => [preview.before['Name'], preview]));
    expect(
      ['+zero', '-negative', '@none', '=1+1'].map(
        (name) =>
          byName.get(name)?.after.find((after) => after.entity === 'deal')?.values['amount'],
      ),
    ).toEqual([0, -5000, null, 1000]);
    expect(byName.get('=1+1')?.before['Description']).toBe(LONG.slice(0, 32_000));
    expect(await org.json('sync', 'run')).toMatchObject({
      summary: {
        applied: expect.arrayContaining([expect.objectContaining({ rejected: 0 })]) as unknown,
      },
    });
  });

  it('a name twice is asked back with both ids; a name that would drive the terminal is shown harmless', async () => {
    const twice = await org.run('score', 'explain', '--partner', NAMES.twice);
    expect([twice.code, twice.stderr]).toEqual([
      1,
      expect.stringMatching(/matches 2: .*\(001\w{15}\), .*\(001\w{15}\)/),
    ]);
    const odd = await org.run('score', 'explain', '--partner', '漢字');
    expect(odd.code, odd.stderr).toBe(0);
    expect(odd.stdout).toContain('漢字 “ß”');
    expect(odd.stdout).not.toMatch(/[\u202e\u0007]/);
    expect((await org.run('score', 'explain', '--partner', NAMES.formula)).stdout).toContain(
      NAMES.formula,
    );
  });

  it('a text as long as Salesforce keeps arrives whole', async () => {
    await org.api('POST', '/tooling/sobjects/CustomField', {
      FullName: 'Account.Story__c',
      Metadata: { label: 'Story', type: 'LongTextArea', length: 131_072, visibleLines: 3 },
    });
    const [set] = await org.soql(
      "SELECT Id FROM PermissionSet WHERE Name = 'Headwater_Integration'",
    );
    await org.api('POST', '/sobjects/FieldPermissions', {
      ParentId: set!['Id'],
      SobjectType: 'Account',
      Field: 'Account.Story__c',
      PermissionsRead: true,
      PermissionsEdit: true,
    });
    const { id } = (await org.api('POST', '/sobjects/Account', {
      Name: 'Long story',
      Story__c: LONG,
    })) as { id: string };
    await writeFile(
      join(org.dir, 'mapping.yaml'),
      org.good.replace('keep: [Industry, CreatedDate]', 'keep: [Industry, CreatedDate, Story__c]'),
    );
    expect((await org.run('sync', 'run')).code).toBe(0);
    const found = (
      (await org.json('mapping', 'preview', 'Account', '--local', '--limit', '500')) as {
        id: string;
        before: Record<string, unknown>;
      }[]
    ).find((preview) => preview.id === id);
    expect(
      found?.before['Story__c'] === LONG,
      `kept ${String(found?.before['Story__c']).length} of ${LONG.length}`,
    ).toBe(true);
  });

  it('deals without a close date (a mapped date that is empty) are forecast, not lost', async () => {
    await writeFile(
      join(org.dir, 'mapping.yaml'),
      org.good.replace(
        '      closeDate: CloseDate\n      createdAt',
        '      closeDate: Registered_At__c\n      createdAt',
      ),
    );
    const { code, stdout, stderr } = await org.run('sync', 'run', '--dry-run');
    expect(code, stderr).toBe(0);
    expect(stdout).toContain('Forecast');
  });
});

describe('an org that does not let us', () => {
  const HELD =
    /! \d+ fields of \d+ Account records held: the field does not exist yet or is hidden from this user: `headwater field plan` shows [\s\S]*! nothing can be written to Account and Opportunity: .*headwater field deploy/;
  let org: Org;
  beforeAll(async () => {
    org = await openOrg(4, 20, 34);
  });
  afterAll(async () => {
    await org.close();
  });
  beforeEach(async () => {
    await org.writeConnection('headwater.connection.yaml');
    await writeFile(join(org.dir, 'mapping.yaml'), org.good);
    await org.control('DELETE', '/faults');
  });

  it('fields not deployed yet: the run scores, and says why nothing is written', async () => {
    const { code, stdout } = await org.run('sync', 'run');
    expect(code).toBe(0);
    expect(stdout).toMatch(HELD);
  });

  it('an expired session: renewed where a key is at hand, told where there is only a token', async () => {
    await org.control('POST', '/faults', {
      kind: 'expiredSession',
      match: { path: '/query' },
      nth: 2,
      endSession: true,
    });
    const renewed = await org.run('sync', 'run', '--dry-run');
    expect(renewed.code, renewed.stderr).toBe(0);
    await org.control('DELETE', '/faults');
    const { url } = org.sandbox;
    org.env['HW_TOKEN'] = '00D000000000000!expired';
    await org.writeConnection('headwater.connection.yaml', {
      settings: { auth: 'access-token', instanceUrl: url },
      secrets: { accessToken: { env: 'HW_TOKEN' } },
    });
    clear(await org.run('sync', 'run'), /INVALID_SESSION_ID/, /Sign in again/);
  });

  it('the wrong org, by the id in the connection', async () => {
    const { settings } = org.sandbox.connection;
    await org.writeConnection('headwater.connection.yaml', {
      settings: { ...settings, orgId: '00D000000000001' },
    });
    for (const command of [
      ['connection', 'check'],
      ['sync', 'run'],
      ['field', 'deploy'],
    ])
      clear(
        await org.run(...command),
        /for org 00D\w+, and the connection names 00D000000000001/,
        /right org/,
      );
  });

  it('a host that is no Salesforce, and one that does not answer', async () => {
    await org.writeConnection('headwater.connection.yaml', {
      settings: {
        ...org.sandbox.connection.settings,
        instanceUrl: 'http://acme.my.salesforce.com',
      },
    });
    clear(await org.run('connection', 'check'), /instanceUrl: must begin with https/, /settings/);
    await org.writeConnection('headwater.connection.yaml', {
      settings: {
        ...org.sandbox.connection.settings,
        instanceUrl: 'https://acme.lightning.force.com',
      },
    });
    clear(await org.run('connection', 'check'), /My Domain/, /settings/);
  });

  it('a used-up API budget: paused, with a time to go on', async () => {
    await org.control('POST', '/faults', { kind: 'dailyLimit', match: { path: '/query' } });
    const { code, stdout } = await org.run('sync', 'run', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      error: { kind: 'limit', retryAtMs: expect.any(Number) as number },
    });
    expect(((await org.json('run', 'list', '--limit', '1')) as { state: string }[])[0]!.state).toBe(
      'paused-budget',
    );
    await org.control('DELETE', '/faults');
    expect((await org.run('sync', 'run')).code).toBe(0);
  });

  it('a field that exists with another type, hidden or seen, is named before anything is written to it', async () => {
    await org.mapping('HW_Plan_Health__c:', 'HW_Plan_Health_2__c:');
    expect((await org.run('field', 'deploy')).code).toBe(0);
    await writeFile(join(org.dir, 'mapping.yaml'), org.good);
    await org.api('POST', '/tooling/sobjects/CustomField', {
      FullName: 'Account.HW_Plan_Health__c',
      Metadata: { label: 'Ours', type: 'Text', length: 20 },
    });
    const plan = await org.run('field', 'plan');
    expect([plan.code, plan.stdout]).toEqual([
      1,
      expect.stringMatching(
        /! conflict +HW_Plan_Health__c .*exists as string, and number is needed \(the integration user cannot see it\)/,
      ),
    ]);
    clear(
      await org.run('field', 'deploy'),
      /Account\.HW_Plan_Health__c: exists as string, and number is needed/,
      /another API name[\s\S]*Nothing was deployed/,
    );
    // Nothing was granted for it; a grant by hand shows it.
    const [set] = await org.soql(
      "SELECT Id FROM PermissionSet WHERE Name = 'Headwater_Integration'",
    );
    const granted = await org.soql(
      "SELECT Id FROM FieldPermissions WHERE Field = 'Account.HW_Plan_Health__c'",
    );
    if (granted.length === 0)
      await org.api('POST', '/sobjects/FieldPermissions', {
        ParentId: set!['Id'],
        SobjectType: 'Account',
        Field: 'Account.HW_Plan_Health__c',
        PermissionsRead: true,
        PermissionsEdit: true,
      });
    for (const command of [
      ['field', 'plan'],
      ['field', 'deploy'],
      ['sync', 'run'],
    ])
      clear(
        await org.run(...command),
        /HW_Plan_Health__c.*(is a string field|exists as string)/,
        /another|Run `headwater/,
      );
    await org.mapping('HW_Plan_Health__c:', 'HW_Plan_Health_2__c:');
    expect((await org.run('field', 'deploy')).code).toBe(0);
    expect((await org.run('sync', 'run')).code).toBe(0);
  });

  it('a permission taken away: told, and healed by a deploy', async () => {
    const assignments = await org.soql(
      "SELECT Id FROM PermissionSetAssignment WHERE PermissionSet.Name = 'Headwater_Integration'",
    );
    expect(assignments.length).toBeGreaterThan(0);
    for (const { Id } of assignments)
      await org.api('DELETE', `/sobjects/PermissionSetAssignment/${String(Id)}`);
    expect((await org.run('sync', 'run')).stdout).toMatch(HELD);
    expect((await org.run('field', 'plan')).stdout).toContain('~ grant');
    await org.mapping('HW_Plan_Health__c:', 'HW_Plan_Health_2__c:');
    expect((await org.run('field', 'deploy')).code).toBe(0);
    expect((await org.run('sync', 'run')).stdout).not.toMatch(HELD);
  });
});
