import { describe, expect, it } from 'vitest';
import type { CrmSession, ReadPage } from '../../../src/model/connector.ts';
import { to18 } from '../../../connectors/salesforce/ids.ts';
import { describeAnswer, scripted, type Answer, type Hit } from './support/wire.ts';

/**
 * Answers that a healthy org gives only rarely: jobs that fail, vanish, are refused, or take long.
 */
const id = (n: number) => to18(`001000000000${String(n).padStart(3, '0')}`);
const record = (n: number) => ({
  Id: id(n),
  SystemModstamp: '2026-05-01T07:25:37.000+0000',
  IsDeleted: false,
  Name: `N${n}`,
});
const csv = (from: number, to: number) =>
  [
    '"Id","SystemModstamp","IsDeleted","Name"',
    ...Array.from(
      { length: to - from },
      (_, i) => `"${id(from + i)}","2026-05-01T07:25:37.000Z","false","N${from + i}"`,
    ),
  ].join('\n') + '\n';
const request = {
  object: 'Account',
  fields: ['Name'],
  where: [],
  range: { kind: 'all' as const },
  includeDeleted: true,
};
const soql = (hit: Hit) => hit.query.get('q') ?? '';

type BulkStep = 'create' | 'poll' | 'results';

function bulkStep(hit: Hit): BulkStep | null {
  if (hit.path.endsWith('/results')) return 'results';
  if (hit.method === 'POST') return 'create';
  return hit.path.includes('/jobs/query/') ? 'poll' : null;
}

function results(hit: Hit): Answer {
  const from = Number(hit.query.get('locator') ?? '2');
  const to = Math.min(7, from + Number(hit.query.get('maxRecords')));
  return {
    text: csv(from, to),
    headers: {
      'sforce-locator': to < 7 ? String(to) : 'null',
      'sforce-numberofrecords': String(to - from),
    },
  };
}

/**
 * An org of 7 accounts that pages by 2 and gives Bulk results by 3; `bulk` may answer in its place.
 */
function org(bulk: (hit: Hit, what: BulkStep) => Answer | null) {
  let jobs = 0;
  return scripted((hit) => {
    if (hit.path.endsWith('/describe'))
      return { json: describeAnswer('Account', [{ name: 'Name', type: 'string' }]) };
    const what = bulkStep(hit);
    if (what !== null) {
      const special = bulk(hit, what);
      if (special !== null) return special;
      if (what === 'create') return { json: { id: `750${++jobs}`, state: 'UploadComplete' } };
      return what === 'poll' ? { json: { id: '750', state: 'JobComplete' } } : results(hit);
    }
    const after = /Id > '(\w{18})'/.exec(soql(hit))?.[1];
    const rest = Array.from({ length: 7 }, (_, n) => record(n)).filter(
      (row) => after === undefined || row.Id > after,
    );
    if (soql(hit).startsWith('SELECT COUNT()'))
      return { json: { totalSize: rest.length, done: true, records: [] } };
    return { json: { totalSize: Math.min(2, rest.length), done: true, records: rest.slice(0, 2) } };
  });
}

const settings = { pageRows: 2, bulkFromRows: 5, bulkPageRows: 3 };
async function readAll(session: CrmSession): Promise<ReadPage[]> {
  const pages: ReadPage[] = [];
  for (let next: string | null = null; pages.length < 60; ) {
    const page: ReadPage = await session.read(request, next);
    pages.push(page);
    if (page.next === null) return pages;
    next = page.next;
  }
  throw new Error('endless');
}
const names = (pages: ReadPage[]) =>
  [...new Set(pages.flatMap((page) => page.rows.map((row) => row.fields['Name'])))].toSorted();
const all = ['N0', 'N1', 'N2', 'N3', 'N4', 'N5', 'N6'];

describe('a large read', () => {
  it('begins by REST, and leaves the rest to one Bulk job whose pages are fetched one by one', async () => {
    const wire = org(() => null);
    const pages = await readAll(await wire.open(settings));
    expect(pages.map((page) => [page.transport, page.rows.length, page.totalRows])).toEqual([
      ['rest', 2, 7],
      ['bulk', 3, 7],
      ['bulk', 2, 7],
    ]);
    expect(names(pages)).toEqual(all);
    const create = wire.hits.find((hit) => hit.method === 'POST');
    expect(JSON.parse(create?.body ?? '')).toEqual({
      operation: 'queryAll',
      query: `SELECT Id,SystemModstamp,IsDeleted,Name FROM Account WHERE Id > '${id(1)}'`,
      contentType: 'CSV',
      columnDelimiter: 'COMMA',
      lineEnding: 'LF',
    });
    expect(
      wire.hits
        .filter((hit) => hit.path.endsWith('/results'))
        .map((hit) => hit.query.get('locator')),
    ).toEqual([null, '5']);
  });
  it('goes on in another process from any page, without a new job', async () => {
    const wire = org(() => null);
    const pages = await readAll(await wire.open(settings));
    const again = await (await wire.open(settings)).read(request, pages[1]?.next ?? null);
    expect(again.rows).toEqual(pages[2]?.rows);
    expect(wire.hits.filter((hit) => hit.method === 'POST')).toHaveLength(1);
  });
  it('waits for a slow job, first shortly, then in the same place again', async () => {
    let polls = 0;
    const wire = org((_hit, what) =>
      what === 'poll' && ++polls < 40 ? { json: { id: '750', state: 'InProgress' } } : null,
    );
    const pages = await readAll(await wire.open(settings));
    expect(names(pages)).toEqual(all);
    expect(pages.map((page) => page.rows.length)).toEqual([2, 0, 3, 2]);
    expect(wire.deps.waits.slice(0, 6)).toEqual([1000, 2000, 3000, 5000, 10000, 10000]);
  });
  it.each([
    [
      'fails',
      (what: string, hit: Hit) =>
        what === 'poll' && hit.path.endsWith('/7501')
          ? { json: { id: '7501', state: 'Failed', errorMessage: 'InternalServerError' } }
          : null,
    ],
    [
      'is gone',
      (what: string, hit: Hit) =>
        what === 'poll' && hit.path.endsWith('/7501')
          ? { status: 404, json: [{ errorCode: 'NOT_FOUND', message: 'gone' }] }
          : null,
    ],
    [
      'loses its results',
      (what: string, hit: Hit) =>
        what === 'results' && hit.path.includes('/7501/') && hit.query.get('locator') !== null
          ? { status: 400, json: [{ errorCode: 'INVALIDJOB', message: 'gone' }] }
          : null,
    ],
  ] as [string, (what: string, hit: Hit) => Answer | null][])(
    'starts another job when one %s, and misses nothing',
    async (_name, fault) => {
      const wire = org((hit, what) => fault(what, hit));
      expect(names(await readAll(await wire.open(settings)))).toEqual(all);
      expect(wire.hits.filter((hit) => hit.method === 'POST')).toHaveLength(2);
    },
  );
  it('falls back to REST when jobs keep failing or the object is refused: never an empty read', async () => {
    for (const fault of [
      (what: string) => (what === 'poll' ? { json: { id: '750', state: 'Aborted' } } : null),
      (what: string) =>
        what === 'create'
          ? {
              status: 400,
              json: [
                {
                  errorCode: 'INVALIDENTITY',
                  message: "Entity 'Account' is not supported to use PKChunking.",
                },
              ],
            }
          : null,
    ]) {
      const wire = org((_hit, what) => fault(what));
      const pages = await readAll(await wire.open(settings));
      expect(names(pages)).toEqual(all);
      expect(pages.at(-1)?.transport).toBe('rest');
    }
  });
  it.each([
    [
      'cut at a line',
      { text: csv(2, 4), headers: { 'sforce-locator': '5', 'sforce-numberofrecords': '3' } },
    ],
    ['cut in a quote', { text: csv(2, 5).slice(0, -6), headers: {} }],
    ['an HTML page', { text: '<html>maintenance</html>' }],
    ['without a column', { text: '"Id"\n"001"\n' }],
  ] as [string, Answer][])('does not take a result page that is %s', async (_name, answer) => {
    const wire = org((_hit, what) => (what === 'results' ? answer : null));
    await expect(readAll(await wire.open(settings))).rejects.toMatchObject({
      kind: 'transient',
      code: 'UNREADABLE_ANSWER',
    });
  });
  it('reads objects that have neither stamp nor delete flag', async () => {
    const { open } = scripted((hit) => {
      if (hit.path.endsWith('/describe'))
        return { json: describeAnswer('Account', [{ name: 'Name', type: 'string' }], []) };
      if (hit.path.endsWith('/results'))
        return { text: `"Id","Name"\n"${id(2)}","N2"\n`, headers: { 'sforce-locator': 'null' } };
      if (hit.path.includes('/jobs/')) return { json: { id: '750', state: 'JobComplete' } };
      return { json: { totalSize: 1, done: false, records: [{ Id: id(1), Name: 'N1' }] } };
    });
    const session = await open({ ...settings, bulkFromRows: 0 });
    const pages = await readAll(session);
    expect(
      pages
        .flatMap((page) => page.rows)
        .map((row) => [row.fields['Name'], row.stampMs, row.deleted]),
    ).toEqual([
      ['N1', 0, false],
      ['N2', 0, false],
    ]);
    await expect(
      session.read({ ...request, range: { kind: 'changed', fromMs: 0, untilMs: 1 } }, null),
    ).rejects.toMatchObject({ kind: 'config', code: 'NO_STAMP' });
  });
  it('stays with REST up to the threshold, and asks for a count once', async () => {
    const wire = org(() => null);
    const pages = await readAll(await wire.open({ ...settings, bulkFromRows: 7 }));
    expect(pages.map((page) => page.transport)).toEqual(['rest', 'rest', 'rest', 'rest']);
    expect(names(pages)).toEqual(all);
    expect(wire.hits.filter((hit) => soql(hit).startsWith('SELECT COUNT()'))).toHaveLength(1);
  });
  it('refuses to go on from text it never gave', async () => {
    const session = await org(() => null).open(settings);
    for (const next of ['', '{}', '{"by":"ids","from":0}', 'null'])
      await expect(session.read(request, next)).rejects.toMatchObject({
        kind: 'bug',
        code: 'CURSOR',
      });
  });
});
