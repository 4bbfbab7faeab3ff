import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

const files = (dir: string): string[] =>
  readdirSync(join(ROOT, dir), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));

/** The room a file is in: `src/model`, `connectors/salesforce`, … */
const roomOf = (file: string): string =>
  file
    .split('/')
    .slice(0, 2)
    .join('/')
    .replace(/^connectors\/index\.ts$/, 'connectors');

const PURE = ['src/mapping', 'src/kpi', 'src/score', 'src/forecast', 'src/writeback'];
/** Room -> rooms it may import from, itself always among them (design, section 2). */
const ALLOWED: Record<string, string[]> = {
  'src/model': [],
  'src/mapping': ['src/model'],
  'src/kpi': ['src/model', 'src/forecast', 'src/score'],
  'src/score': ['src/model', 'src/kpi', 'src/forecast'],
  'src/forecast': ['src/model', 'src/kpi', 'src/score'],
  'src/writeback': ['src/model'],
  'src/store': ['src/model'],
  'src/sync': ['src/model', 'src/store', ...PURE],
  'src/sandbox': [],
  'src/http': ['src/model', 'src/store', 'src/sync', ...PURE],
  'src/cli': ['src/model', 'src/store', 'src/sync', ...PURE],
  connectors: ['src/model', 'connectors/*'],
};
const allowedFor = (room: string): string[] | null => {
  if (room === 'src/host') return null;
  if (room.startsWith('connectors/')) return ['src/model'];
  return ALLOWED[room] ?? [];
};

const importsOf = (file: string): string[] =>
  [...readFileSync(join(ROOT, file), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(
    (match) => match[1]!,
  );

const sources = [...files('src'), ...files('connectors')];

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
    expect(wrong).toEqual([]);
  });

  it('keep sandbox and connectors apart: two independent readings of one API', () => {
    const wrong = sources.filter(
      (file) =>
        (file.startsWith('src/sandbox') &&
          importsOf(file).some((name) => name.includes('connectors/'))) ||
        (file.startsWith('connectors') &&
          importsOf(file).some((name) => name.includes('/sandbox'))),
    );
    expect(wrong).toEqual([]);
  });

  it('leave clocks, randomness, timers and I/O out of the pure layers', () => {
    const banned =
      /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.now\(|\bsetTimeout\(|\bfetch\(|from 'node:/;
    expect(
      sources.filter(
        (file) =>
          [...PURE, 'src/model'].includes(roomOf(file)) &&
          banned.test(readFileSync(join(ROOT, file), 'utf8')),
      ),
    ).toEqual([]);
  });

  it('name no connector and no driver in sync', () => {
    const banned = /salesforce|hubspot|better-sqlite3|store\/(node|d1)\.ts/i;
    expect(
      sources.filter(
        (file) =>
          roomOf(file) === 'src/sync' && banned.test(readFileSync(join(ROOT, file), 'utf8')),
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
