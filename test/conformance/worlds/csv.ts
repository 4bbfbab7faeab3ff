import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { csv } from '../../../connectors/csv/index.ts';
import type { CrmSession, FieldSpec } from '../../../src/model/connector.ts';
import type { ConformanceWorld, WorldValues } from '../../../connectors/testing/world.ts';

const FIELDS = {
  text: 'name',
  number: 'amount',
  boolean: 'active',
  date: 'start_on',
  instant: 'signed_at',
};
const WRITABLE = { text: 'Hw Note', number: 'Hw Score' };
const OBJECT = 'deals';
const NOW_MS = Date.UTC(2026, 10, 16, 9);

/**
 * A folder with one file, which another program exports anew after each change; rows carry the time
 * of their last change.
 */
export async function csvWorld(): Promise<ConformanceWorld> {
  const dir = await mkdtemp(join(tmpdir(), 'headwater-csv-'));
  const clock = { nowMs: NOW_MS };
  const rows = new Map<string, WorldValues & { changedMs: number }>();
  const extra: string[] = [];
  const deps = {
    fetch: globalThis.fetch,
    nowMs: () => clock.nowMs,
    sleep: async () => {},
    random: () => 0.5,
    log: () => {},
    saveSecret: async () => {},
  };
  let ids = 0;

  async function exportAll(): Promise<void> {
    const header = ['id', 'changed_at', ...Object.values(FIELDS), ...extra];
    const lines = [...rows].map(([id, row]) => [
      id,
      new Date(row.changedMs).toISOString(),
      ...Object.keys(FIELDS).map((role) => cell(row[role as keyof WorldValues])),
      ...extra.map(() => ''),
    ]);
    const beside = join(dir, 'export.tmp');
    await writeFile(beside, stringify([header, ...lines], { quoted_string: true }));
    await rename(beside, join(dir, `${OBJECT}.csv`));
  }
  // With no row to learn from, a column would be text.
  const types = { amount: 'number', active: 'boolean', start_on: 'date', signed_at: 'datetime' };
  const open = async ({ pageRows }: { pageRows?: number } = {}): Promise<CrmSession> =>
    await csv.open(
      {
        dir,
        files: { [OBJECT]: { stamp: 'changed_at', types } },
        ...(pageRows === undefined ? {} : { pageRows }),
      },
      {},
      deps,
    );

  await exportAll();
  const session = await open();
  const spec = (name: string, type: FieldSpec['type']): FieldSpec => ({
    object: OBJECT,
    name,
    label: name,
    type,
    length: 200,
    description: name,
  });
  await session.deployFields(
    await session.planFields([spec(WRITABLE.text, 'text'), spec(WRITABLE.number, 'number')]),
  );
  return {
    object: OBJECT,
    fields: FIELDS,
    writable: WRITABLE,
    open,
    nowMs: () => clock.nowMs,
    advance: async (ms) => {
      clock.nowMs += ms;
    },
    close: async () => await rm(dir, { recursive: true, force: true }),
    async create(values, { atMs = clock.nowMs } = {}) {
      const fresh = values.map((value) => {
        const id = `r-${++ids}`;
        rows.set(id, { ...value, changedMs: atMs });
        return id;
      });
      await exportAll();
      return fresh;
    },
    async update(id, values) {
      rows.set(id, { ...rows.get(id), ...values, changedMs: clock.nowMs });
      await exportAll();
    },
    async destroy(id) {
      rows.delete(id);
      await exportAll();
    },
    async addField() {
      extra.push(`extra_${extra.length + 1}`);
      await exportAll();
      return extra.at(-1)!;
    },
    async removeField(name) {
      extra.splice(extra.indexOf(name), 1);
      await exportAll();
    },
  };
}

const cell = (value: WorldValues[keyof WorldValues]): string =>
  value === null || value === undefined ? '' : String(value);
