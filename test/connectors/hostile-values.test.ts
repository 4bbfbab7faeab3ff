import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csv } from '../../connectors/csv/index.ts';
import { hubspot } from '../../connectors/hubspot/index.ts';
import { connectTo, MemoryCrm } from '../../connectors/memory/index.ts';
import { salesforce } from '../../connectors/salesforce/index.ts';
import type { Connector, CrmRow, CrmSession, CrmType } from '../../src/model/connector.ts';
import type { MapReject } from '../../src/model/entities.ts';
import type { CompiledMapping, StreamSpec } from '../../src/model/mapping.ts';
import { startHubSpotSandbox } from '../../src/sandbox/hubspot/start.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import { prepareMapping } from '../../src/sync/run/prepare.ts';
import { testFolder } from './csv/folder.ts';
import { testDeps } from './hubspot/support/deps.ts';

/**
 * For each field of each object that a shipped mapping reads: one record holds something that is no
 * value of the field's type. All other records map, and that one is refused with id, field and
 * value.
 */

const mappingOf = (crm: string): string =>
  readFileSync(new URL(`../../mappings/${crm}.yaml`, import.meta.url), 'utf8');
const NOW_MS = Date.UTC(2026, 10, 16, 9);

/** What no field of the type can hold; absent = any text is a value of it. */
const HOSTILE: Partial<Record<CrmType, unknown[]>> = {
  boolean: ['Yes', 7],
  integer: ['NaN', '1e999'],
  number: ['NaN', 'twelve'],
  money: ['NaN', { amount: 1 }],
  percent: ['12 %', 'Infinity'],
  date: ['99999-01-01', '2026-02-30'],
  datetime: ['99999-01-01T00:00:00.000Z', 'yesterday'],
};
/** Longer than any text that is kept. */
const TOO_LONG = 'x'.repeat(40_000);

interface World {
  session: CrmSession;
  mapping: CompiledMapping;
  /** From now on one record holds this; null = all are sound. */
  poison(at: Poison | null): void;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The record of an answer gets another value at a path. */
function poisonIn(records: unknown, idKey: string, { id, value }: Poison, path: string[]): boolean {
  if (!Array.isArray(records)) return false;
  const record: unknown = records.find((each) => isObject(each) && idOf(each[idKey]) === id);
  let at: unknown = record;
  for (const word of path.slice(0, -1)) at = isObject(at) ? at[word] : undefined;
  if (!isObject(at)) return false;
  at[path.at(-1)!] = value;
  return true;
}
const idOf = (raw: unknown): string => String(raw).slice(0, 15);

type Poison = { id: string; path: string; value: unknown };

function wire(
  list: string,
  idKey: string,
  pathOf: (path: string) => string[],
): { fetch: typeof fetch; poison: World['poison'] } {
  let wanted: Poison | null = null;
  return {
    poison: (at) => {
      wanted = at;
    },
    fetch: (async (input, init) => {
      const response = await globalThis.fetch(input, init);
      const type = response.headers.get('content-type') ?? '';
      if (wanted === null || !type.includes('json')) return response;
      const body: unknown = await response.json();
      if (isObject(body)) poisonIn(body[list], idKey, wanted, pathOf(wanted.path));
      return new Response(JSON.stringify(body), {
        status: response.status,
        headers: { 'content-type': type },
      });
    }) as typeof fetch,
  };
}

async function prepared(connector: Connector, session: CrmSession): Promise<CompiledMapping> {
  const text = mappingOf(connector.name);
  const { compiled, faults } = await prepareMapping(session, text, connector.name);
  if (compiled === null) throw new Error(JSON.stringify(faults));
  const specs = compiled.writes.flatMap((write) => write.fields.map(({ spec }) => spec));
  await session.deployFields(await session.planFields(specs));
  return compiled;
}

async function rowsOf(session: CrmSession, stream: StreamSpec): Promise<CrmRow[]> {
  const rows: CrmRow[] = [];
  for (let next: string | null = null, first = true; first || next !== null; first = false) {
    const page = await session.read({ ...stream, range: { kind: 'all' } }, next);
    rows.push(...page.rows);
    next = page.next;
  }
  return rows;
}

/** Whether what the record becomes rests on the field, by what the mapper says when it lacks. */
function needs(mapping: CompiledMapping, row: CrmRow, path: string): boolean {
  if (row.deleted || row.fields[path] == null || mapping.mapRow(row).rejects.length > 0)
    return false;
  const { [path]: _, ...fields } = row.fields;
  return mapping.mapRow({ ...row, fields }).rejects.length > 0;
}
/** A record's id as the wire has it. */
const crmId = (id: string): string => idOf(id.includes('-') ? id.split('-').at(-1) : id);
const idsOf = (rows: CrmRow[]): string[] => rows.map(({ id }) => id);
const without = (rows: CrmRow[], row: CrmRow): CrmRow[] => rows.filter(({ id }) => id !== row.id);

const refusals = (mapping: CompiledMapping, rows: CrmRow[]): MapReject[] =>
  rows.flatMap((row) => mapping.mapRow(row).rejects);

async function trySalesforce(): Promise<World & { close(): Promise<void> }> {
  const sandbox = await startSandbox({
    port: 0,
    seed: 5,
    partners: 6,
    deals: 40,
    nowMs: NOW_MS,
    ticking: false,
  });
  const { fetch, poison } = wire('records', 'Id', (path) => path.split('.'));
  const session = await salesforce.open(
    { auth: 'access-token', instanceUrl: sandbox.url },
    { accessToken: sandbox.accessToken },
    testDeps({ fetch, nowMs: () => NOW_MS }),
  );
  return {
    session,
    poison,
    mapping: await prepared(salesforce, session),
    close: () => sandbox.close(),
  };
}

async function tryHubSpot(): Promise<World & { close(): Promise<void> }> {
  const sandbox = await startHubSpotSandbox({
    port: 0,
    seed: 5,
    partners: 6,
    deals: 40,
    nowMs: NOW_MS,
    ticking: false,
    limits: { by: 'off' },
  });
  const { fetch, poison } = wire('results', 'id', (path) => ['properties', path]);
  const session = await hubspot.open(
    { baseUrl: sandbox.url, burstCalls: 100_000, searchCalls: 100_000 },
    { accessToken: sandbox.accessToken },
    testDeps({ fetch, nowMs: () => NOW_MS }),
  );
  return {
    session,
    poison,
    mapping: await prepared(hubspot, session),
    close: () => sandbox.close(),
  };
}

/** Each hostile value of each field, with a record whose mapping needs that field. */
const trialsOf = (
  mapping: CompiledMapping,
  fields: readonly { name: string; type: CrmType }[],
  sound: readonly CrmRow[],
): { row: CrmRow; path: string; value: unknown }[] =>
  fields.flatMap(({ name: path, type }) => {
    const row = sound.find((each) => needs(mapping, each, path));
    return row ? (HOSTILE[type] ?? [TOO_LONG]).map((value) => ({ row, path, value })) : [];
  });

/** A poisoned row alone is refused, with its value; false where the mapping has no use for it. */
function refusesOnly(
  mapping: CompiledMapping,
  row: CrmRow,
  value: unknown,
  { rows, sound, at }: { rows: CrmRow[]; sound: CrmRow[]; at: string },
): boolean {
  expect(idsOf(rows), at).toEqual(idsOf(sound));
  const [mine, others] = [rows, sound].map((all) => all.filter(({ id }) => id === row.id));
  expect(refusals(mapping, without(rows, row)), at).toEqual(refusals(mapping, without(sound, row)));
  if (JSON.stringify(mine) === JSON.stringify(others)) return false; // not a list of records
  const refused = refusals(mapping, mine!);
  if (value === TOO_LONG && refused.length === 0) return false; // a list of words maps it away
  const shown = typeof value === 'object' ? JSON.stringify(value) : String(value);
  expect([refused[0]?.id, refused[0]?.input === shown], at).toEqual([row.id, true]);
  expect(refused[0]!.message, at).toContain(`${refused[0]!.entity}.${refused[0]!.field}`);
  return true;
}

describe.each([
  ['salesforce', trySalesforce],
  ['hubspot', tryHubSpot],
] as const)('one hostile value on %s', (_name, begin) => {
  let world: Awaited<ReturnType<typeof begin>>;
  beforeAll(async () => {
    world = await begin();
  });
  afterAll(async () => await world.close());

  it('leaves all other records, and one refused with id, field and value', async () => {
    const { session, mapping, poison } = world;
    let tried = 0;
    for (const stream of mapping.streams) {
      poison(null);
      const sound = await rowsOf(session, stream);
      const shape = (await session.describe(stream.object))!;
      const read = shape.fields.filter(
        ({ name }) => name !== shape.stampField && stream.fields.includes(name),
      );
      for (const { row, path, value } of trialsOf(mapping, read, sound)) {
        poison({ id: crmId(row.id), path, value });
        const rows = await rowsOf(session, stream);
        const at = `${stream.object}.${path} = ${JSON.stringify(value).slice(0, 60)}`;
        if (refusesOnly(mapping, row, value, { rows, sound, at })) tried += 1;
      }
    }
    expect(tried).toBeGreaterThan(15);
  });
});

/**
 * A file for each of the engine's own objects: ten sound rows of every column that the mapping
 * names.
 */
const FILES: Record<string, Record<string, (n: number) => string>> = {
  partners: { id: (n) => `p${n}`, name: (n) => `Partner ${n}`, signed_on: (n) => `2024-01-1${n}` },
  deals: {
    id: (n) => `d${n}`,
    name: (n) => `Deal ${n}`,
    partner_id: (n) => `p${n}`,
    stage: () => 'proposal',
    amount: (n) => `${1000.5 + n}`,
    close_date: (n) => `2026-12-1${n}`,
    created_at: (n) => `2026-01-1${n}T08:00:00Z`,
    registered_at: (n) => `2026-02-1${n}T08:00:00Z`,
  },
  deal_events: {
    deal_id: (n) => `d${n}`,
    at: (n) => `2026-03-1${n}T08:00:00Z`,
    stage: () => 'proposal',
    amount: (n) => `${900 + n}`,
    close_date: (n) => `2026-12-1${n}`,
  },
  costs: {
    id: (n) => `c${n}`,
    partner_id: (n) => `p${n}`,
    kind: () => 'mdf',
    amount: (n) => `${50.25 * (n + 1)}`,
    spent_on: (n) => `2026-04-1${n}`,
  },
  certifications: {
    id: (n) => `x${n}`,
    partner_id: (n) => `p${n}`,
    name: () => 'Sales',
    issued_on: (n) => `2025-05-1${n}`,
    expires_on: (n) => `2027-05-1${n}`,
  },
};
const ROWS = 10;
const textFile = (object: string, hostile?: { column: string; cell: string }): string => {
  const columns = Object.entries(FILES[object]!);
  const line = (n: number): string =>
    columns
      .map(([name, cell]) => (n === 4 && name === hostile?.column ? hostile.cell : cell(n)))
      .join(',');
  return `${[columns.map(([name]) => name).join(','), ...Array.from({ length: ROWS }, (_, n) => line(n))].join('\n')}\n`;
};

const TYPED = Object.entries(FILES).flatMap(([object, columns]) =>
  Object.keys(columns).flatMap((column) =>
    /amount/.test(column)
      ? ['NaN', '1e999', 'twelve'].map((cell) => [object, column, cell] as const)
      : /(_on|_at|_date|^at)$/.test(column)
        ? ['99999-01-01', '2026-02-30', '01.05.2026'].map((cell) => [object, column, cell] as const)
        : [],
  ),
);

describe('one hostile cell in a file', () => {
  it.each(TYPED)('%s.%s = %s', async (object, column, cell) => {
    const folder = await testFolder();
    try {
      for (const name of Object.keys(FILES))
        await folder.put(
          `${name}.csv`,
          textFile(name, name === object ? { column, cell } : undefined),
        );
      const session = await folder.open();
      const mapping = await prepared(csv, session);
      const stream = mapping.streams.find((each) => each.object === object)!;
      const results = (await rowsOf(session, stream)).map((row) => mapping.mapRow(row));
      expect(results.filter(({ rejects }) => rejects.length === 0)).toHaveLength(ROWS - 1);
      expect(results.flatMap(({ rejects }) => rejects)).toMatchObject([{ input: cell }]);
    } finally {
      await folder.remove();
    }
  });
});

const MEMORY_MAPPING = `
version: 1
crm: memory
settings: { timeZone: UTC, reportingCurrency: EUR }
stages:
  - { key: open, order: 1, closed: false, won: false }
  - { key: won, order: 2, closed: true, won: true }
entities:
  partner: { object: Partner, where: { field: Active, is: true }, fields: { name: Name, signedOn: Signed } }
  deal:
    object: Deal
    fields: { name: Name, partnerId: PartnerId, stage: Stage, amount: Amount, closeDate: Close, createdAt: Created }
dealPartner: [{ by: field }]
write: []
`;

describe('one hostile value in the memory CRM', () => {
  it.each([
    ['Deal', 'Amount', Number.NaN],
    ['Deal', 'Amount', Number.POSITIVE_INFINITY],
    ['Deal', 'Amount', 'twelve'],
    ['Deal', 'Close', '99999-01-01'],
    ['Deal', 'Created', 'yesterday'],
    ['Partner', 'Signed', '2026-02-30'],
    ['Partner', 'Active', 'Yes'],
  ] as const)('%s.%s = %s', async (object, name, value) => {
    const crm = new MemoryCrm({ id: 'hostile', nowMs: () => NOW_MS });
    crm.defineObject('Partner', [
      { name: 'Name', type: 'text' },
      { name: 'Signed', type: 'date' },
      { name: 'Active', type: 'boolean' },
    ]);
    crm.defineObject('Deal', [
      { name: 'Name', type: 'text' },
      { name: 'PartnerId', type: 'reference', to: 'Partner' },
      { name: 'Stage', type: 'text' },
      { name: 'Amount', type: 'money' },
      { name: 'Close', type: 'date' },
      { name: 'Created', type: 'datetime' },
    ]);
    for (let n = 0; n < ROWS; n++) {
      crm.create('Partner', { Name: `P${n}`, Signed: '2025-01-01', Active: true }, { id: `p${n}` });
      crm.create(
        'Deal',
        {
          Name: `D${n}`,
          PartnerId: `p${n}`,
          Stage: 'open',
          Amount: n + 1,
          Close: '2026-12-31',
          Created: '2026-01-01T00:00:00.000Z',
        },
        { id: `d${n}` },
      );
    }
    const id = object === 'Deal' ? 'd4' : 'p4';
    crm.objects.get(object)!.records.get(id)!.fields[name] = value;
    const session = await connectTo(crm).open({}, {}, testDeps({ nowMs: () => NOW_MS }));
    const { compiled, faults } = await prepareMapping(session, MEMORY_MAPPING, 'memory');
    expect(compiled, JSON.stringify(faults)).not.toBeNull();
    const stream = compiled!.streams.find((each) => each.object === object)!;
    const results = (await rowsOf(session, stream)).map((row) => compiled!.mapRow(row));
    expect(results.filter(({ rejects }) => rejects.length === 0)).toHaveLength(ROWS - 1);
    expect(results.flatMap(({ rejects }) => rejects)).toMatchObject([{ id, input: String(value) }]);
  });
});
