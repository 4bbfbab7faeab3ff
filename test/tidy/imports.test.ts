import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
/** Where a reader finds why: shown with every failure. */
const WHY = 'README.md, "Architecture", tells which room may import which';

const files = (dir: string): string[] =>
  readdirSync(join(ROOT, dir), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));

/** The room a file is in: `src/model`, `connectors/salesforce`, … */
const roomOf = (file: string): string =>
  file
    .split('/')
    .slice(0, 2)
    .join('/')
    .replace(/^connectors\/index\.ts$/, 'connectors');

const PURE = ['src/mapping', 'src/predict', 'src/writeback'];
/** Room -> rooms it may import from, itself always among them. */
const ALLOWED: Record<string, string[]> = {
  'src/model': [],
  'src/mapping': ['src/model'],
  'src/predict': ['src/model'],
  'src/writeback': ['src/model'],
  'src/store': ['src/model'],
  'src/sync': ['src/model', 'src/store', ...PURE],
  'src/sandbox': [],
  'src/http': ['src/model', 'src/store', 'src/sync', ...PURE],
  'src/web': [],
  'src/cli': ['src/model', 'src/store', 'src/sync', ...PURE],
  'connectors/kit': ['src/model'],
  'connectors/testing': ['src/model', 'connectors/kit'],
  connectors: ['src/model', 'connectors/*'],
};
const allowedFor = (room: string): string[] | null => {
  if (room === 'src/host') return null;
  if (ALLOWED[room] === undefined && room.startsWith('connectors/'))
    return ['src/model', 'connectors/kit'];
  return ALLOWED[room] ?? [];
};

/** Each room of predict sees only those before it; `index.ts` is what the engine calls. */
const PREDICT = [
  ...['tuning.ts', 'math', 'deal', 'credit', 'kpi', 'win', 'forecast', 'plan', 'score'],
  ...['action', 'record', 'index.ts'],
];
/** Parts of the other rooms, each of which sees only those before it. */
const MAPPING = ['document', 'compile', 'check', 'suggest', 'plans'];

const importsOf = (file: string): string[] =>
  [...readFileSync(join(ROOT, file), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(
    (match) => match[1]!,
  );

const sources = [...files('src'), ...files('connectors')];

/** Imports inside `room` that lead from an earlier part to a later one. */
function climbs(room: string, order: readonly string[]): string[] {
  const partOf = (file: string): string => relative(room, file).split('/')[0]!;
  return sources
    .filter((file) => file.startsWith(`${room}/`))
    .flatMap((file) =>
      importsOf(file)
        .filter((name) => name.startsWith('.'))
        .map((name) => relative(ROOT, resolve(ROOT, dirname(file), name)))
        .filter((target) => target.startsWith(`${room}/`))
        .filter((target) => order.indexOf(partOf(target)) > order.indexOf(partOf(file)))
        .map((target) => `${file} climbs to ${target}`),
    );
}

describe('imports', () => {
  it('finds the sources', () => expect(sources.length).toBeGreaterThan(50));

  it('follow the dependency direction of the design', () => {
    const wrong = sources.flatMap((file) => {
      const room = roomOf(file);
      const allowed = allowedFor(room);
      return importsOf(file)
        .filter((name) => name.startsWith('.'))
        .map((name) => roomOf(relative(ROOT, resolve(ROOT, dirname(file), name))))
        .filter(
          (target) =>
            target !== room &&
            allowed !== null &&
            !allowed.includes(target) &&
            !(allowed.includes('connectors/*') && target.startsWith('connectors/')),
        )
        .map((target) => `${file} imports from ${target}`);
    });
    expect(wrong, WHY).toEqual([]);
  });

  it('lead one way down through predict', () => {
    const rooms = new Set(
      sources.filter((file) => file.startsWith('src/predict/')).map((file) => file.split('/')[2]!),
    );
    expect(
      [...rooms].filter((room) => !PREDICT.includes(room)),
      WHY,
    ).toEqual([]);
    expect(climbs('src/predict', PREDICT), WHY).toEqual([]);
  });

  it('lead one way down through mapping', () => {
    expect(climbs('src/mapping', MAPPING), WHY).toEqual([]);
  });

  it('keep what only the command line and CRM packages say out of everything that a Worker runs', () => {
    const allowed = /^src\/cli\/|^connectors\/(\w+\/packaging|kit\/card)\/|^src\/model\/language\//;
    const printed = 'src/model/language/printed.ts';
    const users = sources.filter((file) =>
      importsOf(file).some(
        (name) => relative(ROOT, resolve(ROOT, dirname(file), name)) === printed,
      ),
    );
    expect(users.length).toBeGreaterThan(10);
    expect(users.filter((file) => !allowed.test(file))).toEqual([]);
  });

  it('keep sandbox and connectors apart: two independent readings of one API', () => {
    const wrong = sources.filter(
      (file) =>
        (file.startsWith('src/sandbox') &&
          importsOf(file).some((name) => name.includes('connectors/'))) ||
        (file.startsWith('connectors') &&
          importsOf(file).some((name) => name.includes('/sandbox'))),
    );
    expect(wrong, WHY).toEqual([]);
  });

  it('leave clocks, randomness, timers and I/O out of the pure layers', () => {
    const banned =
      /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.now\(|\bsetTimeout\(|\bfetch\(|from 'node:/;
    const pure = [...PURE, 'src/model'];
    expect(
      sources.filter(
        (file) =>
          pure.includes(roomOf(file)) && banned.test(readFileSync(join(ROOT, file), 'utf8')),
      ),
    ).toEqual([]);
  });

  it('name no connector and no driver in sync and http', () => {
    const banned = /salesforce|hubspot|better-sqlite3|store\/(node|d1)\.ts/i;
    expect(
      sources.filter(
        (file) =>
          ['src/sync', 'src/http'].includes(roomOf(file)) &&
          banned.test(readFileSync(join(ROOT, file), 'utf8')),
      ),
    ).toEqual([]);
  });

  it('name no CRM in a host, but for the sandbox that it starts', () => {
    expect(
      sources.filter(
        (file) =>
          roomOf(file) === 'src/host' &&
          file !== 'src/host/node/sandbox.ts' &&
          /'(salesforce|hubspot)'|(salesforce|hubspot)\//.test(
            readFileSync(join(ROOT, file), 'utf8'),
          ),
      ),
    ).toEqual([]);
  });

  it('keep CRM field names in connectors, mappings and sandbox', () => {
    const banned = /\w__c\b|SystemModstamp|hs_lastmodifieddate|PartnerAccountId/;
    const rooms = [...PURE, 'src/sync', 'src/store', 'src/cli', 'src/http', 'src/host'];
    const code = (file: string): string =>
      readFileSync(join(ROOT, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '');
    expect(
      sources.filter((file) => rooms.includes(roomOf(file)) && banned.test(code(file))),
    ).toEqual([]);
  });
});
