import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { csv } from '../../../connectors/csv/index.ts';
import type { CrmRow, CrmSession, ReadRequest } from '../../../src/model/connector.ts';

export interface TestFolder {
  dir: string;
  waits: number[];
  put(name: string, content: string | Uint8Array, modifiedMs?: number): Promise<void>;
  open(settings?: Record<string, unknown>): Promise<CrmSession>;
  remove(): Promise<void>;
}

export async function testFolder(): Promise<TestFolder> {
  const dir = await mkdtemp(join(tmpdir(), 'headwater-csv-'));
  const waits: number[] = [];
  const deps = {
    fetch: globalThis.fetch,
    nowMs: () => Date.now(),
    sleep: async (ms: number) => {
      waits.push(ms);
    },
    random: () => 0.5,
    log: () => {},
    saveSecret: async () => {},
  };
  return {
    dir,
    waits,
    async put(name, content, modifiedMs) {
      await writeFile(join(dir, name), content);
      if (modifiedMs !== undefined)
        await utimes(join(dir, name), modifiedMs / 1000, modifiedMs / 1000);
    },
    open: async (settings = {}) => await csv.open({ dir, ...settings }, {}, deps),
    remove: async () => await rm(dir, { recursive: true, force: true }),
  };
}

/** Every column of every row, page by page. */
export async function readAll(
  session: CrmSession,
  object: string,
  change: Partial<ReadRequest> = {},
): Promise<CrmRow[]> {
  const fields =
    (await session.describe(object))?.fields
      .map((field) => field.name)
      .filter((name) => name !== 'file changed at') ?? [];
  const rows: CrmRow[] = [];
  let next: string | null = null;
  do {
    const page = await session.read(
      { object, fields, where: [], range: { kind: 'all' }, includeDeleted: true, ...change },
      next,
    );
    rows.push(...page.rows);
    next = page.next;
  } while (next !== null);
  return rows;
}

export const typesOf = async (
  session: CrmSession,
  object: string,
): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await session.describe(object))!.fields
      .filter((field) => field.name !== 'file changed at')
      .map((field) => [field.name, field.type]),
  );
