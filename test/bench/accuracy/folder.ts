/** Reads a folder of CSV files as the engine does: connector, mapping, rows of the model. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { csv } from '../../../connectors/csv/index.ts';
import { compileMapping } from '../../../src/mapping/compile/compile.ts';
import { parseMapping } from '../../../src/mapping/document/parse.ts';
import type { CrmObject, CrmSession } from '../../../src/model/connector.ts';
import type { EntityName, MappedRow } from '../../../src/model/entities.ts';
import type { StageFacts } from '../../../src/model/facts.ts';
import type { CompiledMapping } from '../../../src/model/mapping.ts';

/** Told to whoever runs the bench; no stack. */
export class UserError extends Error {}

export interface ReadFolder {
  rows: ReadonlyMap<EntityName, MappedRow[]>;
  rejected: number;
  stages: ReadonlyMap<string, StageFacts>;
  timeZone: string;
}

/** How files are read whose first column alone does not tell rows apart. */
export type FileSettings = Record<
  string,
  { id?: string | string[]; types?: Record<string, string> }
>;

function needFiles(dir: string, names: readonly string[]): void {
  if (!existsSync(dir) || !statSync(dir).isDirectory()) {
    throw new UserError(`--data ${dir}: there is no such folder.`);
  }
  const missing = names.filter(
    (name) => !existsSync(`${dir}/${name}.csv`) && !existsSync(`${dir}/${name}.csv.gz`),
  );
  if (missing.length > 0) {
    const files = missing.map((name) => `${name}.csv (or ${name}.csv.gz)`).join(', ');
    throw new UserError(`--data ${dir}: there is no ${files} in it.`);
  }
}

function stagesOf({ fixedStages }: CompiledMapping): Map<string, StageFacts> {
  return new Map(
    fixedStages.map(({ values }) => {
      const key = String(values['key']);
      const label = String(values['label'] ?? key);
      const [closed, won] = [values['closed'] === true, values['won'] === true];
      return [key, { key, label, order: Number(values['order']), closed, won, probability: null }];
    }),
  );
}

async function readObject(
  session: CrmSession,
  mapping: CompiledMapping,
  object: string,
): Promise<{ rows: MappedRow[]; rejected: number }> {
  const stream = mapping.streams.find((one) => one.object === object)!;
  const found: MappedRow[] = [];
  let rejected = 0;
  let next: string | null = null;
  do {
    const page = await session.read({ ...stream, range: { kind: 'all' } }, next);
    for (const row of page.rows) {
      const { rows, rejects } = mapping.mapRow(row);
      found.push(...rows);
      rejected += rejects.length;
    }
    next = page.next;
  } while (next !== null);
  return { rows: found, rejected };
}

/** All rows of the folder under a mapping that stands beside this file. */
export async function readFolder(
  dir: string,
  mappingFile: string,
  objects: readonly string[],
  files: FileSettings,
): Promise<ReadFolder> {
  needFiles(dir, objects);
  const { document, faults } = parseMapping(
    readFileSync(new URL(mappingFile, import.meta.url), 'utf8'),
  );
  if (document === null) throw new Error(faults.map((fault) => fault.message).join('\n'));
  const session = await csv.open(
    { dir, files, pageRows: 5000 },
    {},
    {
      fetch,
      nowMs: () => 0,
      sleep: async () => {},
      random: () => 0,
      log: () => {},
      saveSecret: async () => {},
    },
  );
  try {
    const described = new Map<string, CrmObject | null>();
    for (const object of objects) described.set(object, await session.describe(object));
    const mapping = compileMapping(document, (object) => described.get(object) ?? null);
    const rows = new Map<EntityName, MappedRow[]>();
    let rejected = 0;
    for (const { object } of mapping.streams) {
      const read = await readObject(session, mapping, object);
      rejected += read.rejected;
      for (const row of read.rows) {
        const list = rows.get(row.entity);
        if (list) list.push(row);
        else rows.set(row.entity, [row]);
      }
    }
    return { rows, rejected, stages: stagesOf(mapping), timeZone: mapping.settings.timeZone };
  } finally {
    await session.close();
  }
}

export const text = (row: MappedRow, field: string): string | null => {
  const value = row.values[field];
  return value === null || value === undefined ? null : String(value);
};
export const number = (row: MappedRow, field: string): number | null => {
  const value = row.values[field];
  return typeof value === 'number' ? value : null;
};
