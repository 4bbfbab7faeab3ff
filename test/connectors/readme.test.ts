import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connectors } from '../../connectors/index.ts';
import { withTable } from '../../tools/feature-table.ts';

const DIR = resolve(import.meta.dirname, '../../connectors');
const text = readFileSync(resolve(DIR, 'README.md'), 'utf8');

/** Folders that are no connector: what connectors are built from, and what they are tested by. */
const SHARED = ['kit', 'testing'];

describe('connectors/README.md', () => {
  it('shows the features that the connectors declare (node tools/feature-table.ts writes them)', async () => {
    expect(await withTable(text)).toBe(text);
  });
  it('links to files that are there', () => {
    const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map((match) => match[1]!);
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter((link) => !existsSync(resolve(DIR, link)))).toEqual([]);
  });
  it('imports only what the package gives to others', () => {
    const given = JSON.parse(
      readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
    ) as { exports: Record<string, unknown> };
    const asked = [...text.matchAll(/from '(headwater\/[^']+)'/g)].map((match) =>
      match[1]!.replace(/^headwater/, '.'),
    );
    expect(new Set(asked)).toEqual(new Set(['./model/connector', './model/error', './testing']));
    for (const path of asked)
      expect(
        Object.keys(given.exports).some(
          (key) => key === path || (key.endsWith('*') && path.startsWith(key.slice(0, -1))),
        ),
        path,
      ).toBe(true);
  });
});

describe('the registry', () => {
  it('has every connector folder, each under its own name', async () => {
    const folders = readdirSync(DIR, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .filter((name) => !SHARED.includes(name));
    expect(Object.keys(connectors).toSorted()).toEqual(folders.toSorted());
    for (const [name, load] of Object.entries(connectors)) expect((await load()).name).toBe(name);
  });
});
