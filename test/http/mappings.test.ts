/**
 * Mappings over HTTP, on a small org that was synced: what is in force, what another one would do,
 * and how it takes its place.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppDeps } from '../../src/http/api/deps.ts';
import { contentHash } from '../../src/model/canonical.ts';
import { crmRows, partners } from '../../src/store/schema.ts';
import { MAPPING, openLab, type Lab } from '../sync/lab.ts';
import { openHttpLab, type HttpLab } from './lab.ts';

let lab: Lab;
let http: HttpLab;
let opened = 0;
/** What the next sign-ins to the CRM wait for. */
const gates: Promise<void>[] = [];
const known: NonNullable<AppDeps['orgs']>['known'] = new Map();

beforeAll(async () => {
  lab = await openLab({ partners: 8, deals: 60, seed: 5 });
  await lab.sync();
  const documents: NonNullable<AppDeps['documents']> = {
    list: async () => [lab.connection],
    setShadow: async () => {},
    mapping: async () => ({ text: lab.mapping.text, kind: 'file', place: 'mapping.yaml' }),
    setMapping: async (_, __, text) => {
      lab.mapping.text = text;
    },
  };
  http = await openHttpLab({
    stores: new Map([['DB', lab.store]]),
    documents,
    orgs: {
      known,
      open: async () => {
        opened += 1;
        await gates.shift();
        const { connection, secrets, connectorDeps } = lab.deps();
        return await lab.connector.open(connection.settings, secrets, connectorDeps);
      },
    },
  });
});
afterAll(async () => {
  http.close();
  await lab.close();
});

const AT = '/v1/connections/lab/mapping';
interface Answer {
  status: number;
  body: Record<string, never>;
}
const ask = async (
  method: string,
  path: string,
  body?: unknown,
  seen?: string,
  token = http.tokens.admin,
): Promise<Answer> => {
  const response = await http.call(method, `${AT}${path}`, {
    ...{ token, body },
    ...(seen === undefined ? {} : { headers: { 'if-match': `"${seen}"` } }),
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
};
const inForce = async (): Promise<string> => (await ask('GET', '')).body['version']!;

/** Fewer partners: those of one type alone. */
const NARROW = MAPPING.replace(/Type, in: \[[^\]]*\]/, 'Type, in: [Nothing of that kind]').replace(
  'is: true',
  'is: 7',
);

describe('a mapping over HTTP', () => {
  it('is told with its text, its place and its version, to admins alone', async () => {
    expect((await ask('GET', '')).body).toEqual({
      ...{ version: contentHash(MAPPING), crm: 'salesforce', kind: 'file' },
      ...{ place: 'mapping.yaml', yaml: MAPPING },
    });
    for (const scope of ['read', 'run', 'shared'] as const)
      expect((await ask('GET', '', undefined, undefined, http.tokens[scope])).status).toBe(403);
  });

  it('is checked against the org, each fault in its line; asked again, without a call', async () => {
    const broken = MAPPING.replace('      name: Name\n', '      name: Naem\n');
    const line = broken.split('\n').findIndex((text) => text.includes('Naem')) + 1;
    const { body } = await ask('POST', '/check', { text: broken });
    expect(body).toMatchObject({ ok: false });
    expect(body['faults']).toContainEqual(
      expect.objectContaining({ severity: 'error', line, message: expect.stringMatching(/Naem/) }),
    );
    const before = opened;
    expect((await ask('POST', '/check', { text: MAPPING })).body).toMatchObject({
      ...{ ok: true, calls: 0 },
    });
    expect(opened).toBe(before);
  });

  it('shows real records before and after, those refused, and a record that is named', async () => {
    const show = async (more: object): Promise<Record<string, unknown>[]> =>
      (await ask('POST', '/preview', { text: MAPPING, entity: 'partner', ...more })).body['rows']!;
    const typical = await show({});
    expect(typical).toHaveLength(5);
    for (const row of typical)
      expect(row).toMatchObject({ object: 'Account', after: [{ outcome: 'mapped' }] });
    const [{ id } = { id: '' }] = typical as { id: string }[];
    expect(await show({ pick: 'ids', ids: [id] })).toEqual([typical[0]]);
    const needs = MAPPING.replace(
      '      name: Name\n',
      '      name: { field: Fax, required: true }\n',
    );
    const body = { text: needs, entity: 'partner', pick: 'refused' };
    const answer = await ask('POST', '/preview', body);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    const refused = answer.body['rows']! as unknown as { after: { reasons: string[] }[] }[];
    expect(refused).toHaveLength(5);
    expect(refused[0]!.after[0]!.reasons.join()).toMatch(/name/i);
  });

  it('asks the CRM for a field that was never read', async () => {
    const other = MAPPING.replace('      name: Name\n', '      name: { coalesce: [Fax, Name] }\n');
    const { body } = await ask('POST', '/preview', { text: other, entity: 'partner' });
    expect((body['rows']! as { before: object }[])[0]!.before).toHaveProperty('Fax');
    expect(body['calls']).toBeGreaterThan(0);
  });

  it('is held against the one in force in rows of the local copy, which nothing touches', async () => {
    const copy = async () => [
      await lab.store.db.select().from(crmRows),
      await lab.store.db.select().from(partners),
    ];
    const [before, calls] = [await copy(), opened];
    const { body } = await ask('POST', '/diff', { text: NARROW });
    const stopped = (body['entities']! as { entity: string; removed: number }[]).find(
      ({ entity }) => entity === 'partner',
    );
    expect(stopped?.removed).toBeGreaterThan(3);
    expect(
      (body['counts']! as { entity: string; mapped: number }[]).find(
        ({ entity }) => entity === 'partner',
      )?.mapped ?? 0,
    ).toBe(0);
    expect(body['changes']).not.toEqual([]);
    expect(await copy()).toEqual(before);
    expect(opened).toBe(calls);
  });

  it('names the objects and fields of the org with labels, values and how often they are filled', async () => {
    const { body } = await ask('GET', '/objects');
    expect(body['objects']).toContainEqual({ name: 'Account', label: 'Account', custom: false });
    const account = await ask('GET', '/objects/Account');
    expect(account.body).toMatchObject({ object: 'Account' });
    const name = (account.body['fields']! as { name: string }[]).find((one) => one.name === 'Name');
    expect(name).toMatchObject({ label: 'Account Name', type: 'text', filled: 1 });
    expect((name as unknown as { values: string[] }).values.length).toBeGreaterThan(0);
    expect((await ask('GET', '/objects/Nothing__c')).status).toBe(404);
  });
});

describe('putting a mapping in force', () => {
  const edited = `${MAPPING}# a word of the admin's\n`;

  it('needs the version that it goes out from, a reason, and a text without faults', async () => {
    const seen = await inForce();
    expect((await ask('PUT', '', { text: edited, why: 'x' })).status).toBe(428);
    expect((await ask('PUT', '', { text: edited, why: ' ' }, seen)).status).toBe(400);
    const broken = edited.replace('      name: Name\n', '      name: Naem\n');
    const refused = await ask('PUT', '', { text: broken, why: 'x' }, seen);
    expect(refused).toMatchObject({ status: 409, body: { error: { code: 'MAPPING' } } });
    expect(await inForce()).toBe(seen);
    expect((await ask('PUT', '', { text: 'x'.repeat(300_000), why: 'x' }, seen)).status).toBe(400);
  });

  it('lets one of two at once, and tells the other who was first', async () => {
    const seen = await inForce();
    const all = await Promise.all(
      ['one', 'two'].map((word) =>
        ask('PUT', '', { text: `${MAPPING}# ${word}\n`, why: `for ${word}` }, seen),
      ),
    );
    expect(all.map(({ status }) => status).sort()).toEqual([200, 412]);
    const [late] = all.filter(({ status }) => status === 412);
    expect(late!.body['error']).toMatchObject({
      code: 'OVERTAKEN',
      message: expect.stringMatching(
        /^admin activated another version meanwhile \(for (one|two)\)/,
      ),
    });
    const won = all.findIndex(({ status }) => status === 200);
    expect(lab.mapping.text).toBe(`${MAPPING}# ${['one', 'two'][won]}\n`);
  });

  it('keeps who and why of each, and goes back to the first byte for byte', async () => {
    const first = contentHash(MAPPING);
    const { versions } = (await ask('GET', '/versions')).body as unknown as {
      versions: { version: string; by: string | null; why: string | null; active: boolean }[];
    };
    expect(versions.map(({ by, active }) => [by, active])).toEqual([
      ['admin', true],
      [null, false],
    ]);
    expect(versions[1]!.version).toBe(first);
    const back = await ask(
      ...(['POST', `/versions/${first}/activate`, { why: 'it was right' }] as const),
      await inForce(),
    );
    expect(back.body).toEqual({ version: first, changed: true });
    expect(lab.mapping.text).toBe(MAPPING);
    expect((await ask('GET', '/versions?limit=1')).body['versions']).toEqual([
      expect.objectContaining({ version: first, by: 'admin', why: 'it was right', active: true }),
    ]);
    expect((await ask('GET', '/versions/none')).status).toBe(404);
  });

  it('lets one of two whose check of the org takes long be overtaken, and changes nothing', async () => {
    const before = lab.mapping.text;
    const seen = await inForce();
    const gate = Promise.withResolvers<void>();
    gates.push(gate.promise);
    known.clear();
    const asked = opened;
    const slow = ask('PUT', '', { text: `${MAPPING}# slow\n`, why: 'slow' }, seen);
    await expect.poll(() => opened).toBe(asked + 1);
    const fast = await ask('PUT', '', { text: `${MAPPING}# fast\n`, why: 'fast' }, seen);
    expect(fast.status).toBe(200);
    gate.resolve();
    expect((await slow).status).toBe(412);
    expect(lab.mapping.text).toBe(`${MAPPING}# fast\n`);
    lab.mapping.text = before;
  });

  it('takes hostile YAML for what it is: a fault in its line, and nothing runs', async () => {
    for (const text of [
      'a: &a [*a, *a]\n'.repeat(3),
      `x: &x [${'lol,'.repeat(10)}]\ny: [${'*x,'.repeat(300)}]\n`,
      '__proto__: { polluted: true }\nconstructor: 1\n',
      '!!js/function "() => { globalThis.polluted = true }"',
      '<img src=x onerror=alert(1)>: 1',
    ]) {
      const { status, body } = await ask('POST', '/check', { text });
      expect([status, body['ok']]).toEqual([200, false]);
      expect(JSON.stringify(body['faults'])).toMatch(/"line":\d/);
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
