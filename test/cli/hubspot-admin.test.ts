import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ROOT, type Ran } from './harness.ts';
import { openBench, type Bench } from './bench.ts';

interface Portal extends Bench {
  good: string;
  mapping(from: string, to: string): Promise<void>;
  api(method: string, path: string, body?: unknown): Promise<unknown>;
}

async function openPortal(partners: number, deals: number, seed: number): Promise<Portal> {
  const bench = await openBench({ partners, deals, seed, crm: 'hubspot' });
  // Searches would wait for HubSpot's five a second.
  await bench.control('PUT', '/switches', { by: 'off' });
  await bench.writeConnection('headwater.connection.yaml', {
    settings: { ...bench.sandbox.connection.settings, searchCalls: 10_000, burstCalls: 10_000 },
  });
  const file = join(bench.dir, 'mapping.yaml');
  const good = await readFile(file, 'utf8');
  return {
    ...bench,
    good,
    mapping: async (from, to) => {
      expect(good).toContain(from);
      await writeFile(
        file,
        good.replaceAll(from, () => to),
      );
    },
    api: async (method, path, body) => {
      const response = await fetch(`${bench.sandbox.url}${path}`, {
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
    },
  };
}

const clear = (ran: Ran, message: RegExp, cure: RegExp): void => {
  const told = ran.stderr;
  expect(ran.code, told).toBe(1);
  expect(told).toMatch(/headwater: \S/);
  expect(told).toMatch(message);
  expect(told).toMatch(cure);
  expect(told).not.toMatch(/\n\s+at .*\.ts:\d+/);
};

const property = (object: string, name: string, type: string, fieldType: string) =>
  [
    'POST',
    `/crm/v3/properties/${object}`,
    {
      name,
      label: name,
      type,
      fieldType,
      groupName: object === 'deals' ? 'dealinformation' : 'companyinformation',
    },
  ] as const;

describe('an admin of a HubSpot portal', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await openPortal(5, 40, 21);
  });
  afterAll(async () => {
    await portal.close();
  });
  afterEach(async () => {
    await writeFile(join(portal.dir, 'mapping.yaml'), portal.good);
  });

  it('sees which properties are missing and who will see them, makes them, and has nothing left to do', async () => {
    const unwritten = await portal.run('sync', 'run');
    expect([unwritten.code, unwritten.stdout]).toEqual([
      0,
      expect.stringMatching(
        /! \d+ fields of \d+ companies records held: the field does not exist yet or is hidden from this user: `headwater field plan`/,
      ),
    ]);
    const plan = await portal.run('field', 'plan');
    expect(plan.stdout).toMatch(
      /\+ create +hw_partner_score +Partner score +number\(5,1\) +seen and edited by whoever may see and edit the record/,
    );
    const fields = [
      ...(await readFile(join(ROOT, 'mappings/hubspot.yaml'), 'utf8')).matchAll(
        /^ {6}hw_\w+: \{/gm,
      ),
    ].length;
    expect(plan.stdout).toContain(`${fields} to create, 0 fields already there`);
    expect(
      (await portal.run('field', 'deploy')).stdout.match(/✓ \w+\.hw_\w+: created/g),
    ).toHaveLength(fields);
    expect((await portal.run('field', 'plan')).stdout).toBe(
      `all ${fields} fields are there, as they should be\n`,
    );
    const written = await portal.run('sync', 'run');
    expect(written.code, written.stderr).toBe(0);
    expect(written.stdout).toMatch(/companies: \d+ records, \d+ fields in 1 call/);
    expect(written.stdout).toMatch(/\d+ rows read, .*; \d+ API calls/);
  });

  it('sees real records before and after the mapping, from the portal and from the local copy', async () => {
    const one = await portal.run('mapping', 'preview', 'deals', '--limit', '1');
    expect(one.stdout).toMatch(/associations\.companies\[Partner\]: ("0-2-\d+"|null)/);
    expect(one.stdout).toMatch(/-> deal \(mapped\)\n {4}name: \S/);
    const shown = (await portal.json('mapping', 'preview', '--limit', '2', '--local')) as {
      object: string;
      after: { entity: string }[];
    }[];
    expect(new Set(shown.map(({ object }) => object))).toEqual(
      expect.objectContaining(new Set(['companies', 'deals', 'partner_plan'])),
    );
    expect((await portal.run('mapping', 'preview', 'opportunities')).stderr).toMatch(
      /reads no object "opportunities"[\s\S]*deals/,
    );
  });

  it('sees what a changed mapping would change, in words and in rows', async () => {
    await writeFile(
      join(portal.dir, 'next.yaml'),
      portal.good.replace(
        "partnerId: { field: 'associations.companies[Partner]', optional: true }",
        "partnerId: { field: 'associations.companies[Influencer]', optional: true }",
      ),
    );
    const diff = await portal.run('mapping', 'diff', 'mapping.yaml', 'next.yaml');
    expect(diff.stdout).toContain('deal.partnerId');
    expect(diff.stdout).toContain('associations.companies[Influencer]');
    expect(diff.stdout).toMatch(/deal .*\d+/);
  });

  it('is told of a property that the portal lacks, by line, with the nearest name', async () => {
    await portal.mapping('industry: industry', 'industry: industri');
    clear(
      await portal.run('sync', 'run'),
      /`companies` has no field `industri`\. Did you mean `industry`\?/,
      /mapping check/,
    );
    await portal.mapping(
      'accountId: associations.companies\n',
      'accountId: associations.companys\n',
    );
    clear(
      await portal
        .run('mapping', 'check')
        .then((ran) => ({ ...ran, stderr: `headwater: ${ran.stdout}` })),
      /associations.*`companys`.*Did you mean `companies`/,
      /error/,
    );
  });
});

describe('a portal that is not as the mapping says', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await openPortal(5, 40, 22);
  });
  afterAll(async () => {
    await portal.close();
  });
  afterEach(async () => {
    await writeFile(join(portal.dir, 'mapping.yaml'), portal.good);
  });

  it('a property of another type under our name: told before anything is made or written, and left alone', async () => {
    await portal.api(...property('companies', 'hw_plan_health', 'string', 'text'));
    for (const command of [
      ['field', 'plan'],
      ['field', 'deploy'],
      ['sync', 'run'],
    ])
      clear(
        await portal.run(...command),
        /`companies\.hw_plan_health` is a string \(text\) field|hw_plan_health.*text/,
        /another/,
      );
    await portal.mapping('hw_plan_health:', 'hw_plan_health_2:');
    expect((await portal.run('field', 'deploy')).code).toBe(0);
    expect((await portal.run('sync', 'run')).code).toBe(0);
  });

  it('association labels that are gone: no partner on a deal is made up, the run says what it has, and check notes the label', async () => {
    await portal.mapping('hw_plan_health:', 'hw_plan_health_2:');
    const partnersOf = async (): Promise<number> =>
      (
        (await portal.json('mapping', 'preview', 'deals', '--limit', '200')) as {
          after: { entity: string; values?: { partnerId: string | null } }[];
        }[]
      )
        .flatMap(({ after }) => after)
        .filter(({ entity, values }) => entity === 'deal' && values?.partnerId != null).length;
    expect(await partnersOf()).toBeGreaterThan(5);
    const { results } = (await portal.api(
      'GET',
      '/crm/v4/associations/deals/companies/labels',
    )) as { results: { typeId: number; label: string | null }[] };
    for (const { typeId } of results.filter(
      ({ label }) => label === 'Partner' || label === 'Influencer',
    ))
      await portal.api('DELETE', `/crm/v4/associations/deals/companies/labels/${typeId}`);
    expect(await partnersOf()).toBe(0);
    const check = await portal.run('mapping', 'check');
    expect([check.code, check.stdout]).toEqual([
      0,
      expect.stringMatching(/note: .*companies\[Partner\].*optional and left out/),
    ]);
    const ran = await portal.run('sync', 'run', '--full');
    expect(ran.code, ran.stderr).toBe(0);
    expect((await portal.run('connection', 'check')).stdout).toContain(
      'no association label of your own between deals and companies',
    );
  });

  it('a property taken away in the middle of a run: deals are paused and nothing is written back, nothing is taken for empty, and it goes on when it is back', async () => {
    await portal.mapping('hw_plan_health:', 'hw_plan_health_2:');
    const mapping = join(portal.dir, 'mapping.yaml');
    await writeFile(
      mapping,
      (await readFile(mapping, 'utf8')).replace(
        'product: { field: product, optional: true }',
        'product: product',
      ),
    );
    expect((await portal.run('sync', 'run', '--full')).code).toBe(0);
    const filled = async (): Promise<number> =>
      (
        (await portal.json('mapping', 'preview', 'deals', '--limit', '500', '--local')) as {
          before: Record<string, unknown>;
        }[]
      ).filter(({ before }) => before['product'] != null).length;
    const before = await filled();
    expect(before).toBeGreaterThan(10);
    // The first call that lists deals is held until the property is gone.
    await portal.control('POST', '/faults', {
      kind: 'slow',
      match: { path: '/crm/v3/objects/deals' },
      times: 1,
      ms: 1500,
    });
    const running = portal.run('sync', 'run', '--full');
    await new Promise((done) => setTimeout(done, 600));
    await portal.control('POST', '/records', {
      do: 'archiveProperty',
      object: 'deals',
      name: 'product',
    });
    const paused =
      /deals is not read, and its deal, dealPartner, dealTeam and registration rows stay as they were; no score is written back meanwhile/;
    const stopped = await running;
    expect([stopped.code, stopped.stdout], stopped.stderr).toEqual([
      0,
      expect.stringMatching(paused),
    ]);
    expect(stopped.stdout).toMatch(/the field product of deals/);
    expect(stopped.stdout).toMatch(/Write-back plan\n.*nothing: partners or deals cannot be read/);
    // The next run knows before it reads, and both say so wherever an admin looks.
    expect((await portal.run('sync', 'run')).stdout).toMatch(paused);
    for (const command of [['status'], ['run', 'show']])
      expect((await portal.run(...command)).stdout).toMatch(
        /the field product of deals[\s\S]*(optional: true|reads deals from the beginning)/,
      );
    expect(await portal.json('status')).toMatchObject([
      {
        paused: [{ object: 'deals', field: 'product' }],
        streams: expect.arrayContaining([
          expect.objectContaining({ object: 'deals', pausedMs: expect.any(Number) }),
        ]),
      },
    ]);
    await portal.api('POST', '/crm/v3/properties/deals', {
      name: 'product',
      label: 'Product',
      type: 'string',
      fieldType: 'text',
      groupName: 'deal_registration',
    });
    // What we held is still there: a property that was gone for a while was never taken for empty.
    expect(await filled()).toBe(before);
    const again = await portal.run('sync', 'run');
    expect([again.code, again.stdout], again.stderr).toEqual([
      0,
      expect.stringMatching(/deals +full/),
    ]);
    expect(again.stdout).not.toMatch(paused);
    expect(await portal.json('status')).toMatchObject([{ paused: [] }]);
  });
});

describe('a portal without deals', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await openPortal(0, 0, 23);
  });
  afterAll(async () => {
    await portal.close();
  });

  it('and without custom objects is connected, checked, synced and written with a sensible nothing, and again', async () => {
    expect((await portal.run('connection', 'check')).code).toBe(0);
    expect((await portal.run('field', 'deploy')).code).toBe(0);
    for (let time = 0; time < 2; time++) {
      const { code, stdout, stderr } = await portal.run('sync', 'run');
      expect(code, stderr).toBe(0);
      expect(stdout).toContain('no record is a partner by this mapping');
      expect(stdout).not.toMatch(/NaN|undefined|null|Infinity/);
    }
    await portal.api('POST', '/crm/v3/objects/companies', {
      properties: { name: 'Only partner', type: 'PARTNER' },
    });
    await portal.control('POST', '/clock/advance', { ms: 60_000 });
    const one = await portal.run('sync', 'run');
    expect([one.code, one.stdout]).toEqual([0, expect.stringMatching(/companies +partner +1 /)]);
    expect(one.stdout).not.toMatch(/NaN|undefined|Infinity/);
  });
});
