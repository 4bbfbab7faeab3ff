import { objectsToDescribe } from '../../src/mapping/document/objects.ts';
import type { CrmObject, CrmSession, ReadPage } from '../../src/model/connector.ts';
import type { CompiledMapping, MappingDocument } from '../../src/model/mapping.ts';

/** Every object that a mapping speaks of, as the CRM describes it; null = not there. */
export async function describedBy(
  session: CrmSession,
  document: MappingDocument,
): Promise<(name: string) => CrmObject | null> {
  const known = new Map<string, CrmObject | null>();
  let next = objectsToDescribe(document, known);
  while (next.length > 0) {
    for (const name of next) known.set(name, await session.describe(name));
    next = objectsToDescribe(document, known);
  }
  return (name) => known.get(name) ?? null;
}

export interface MappedWhole {
  /** Entity -> its live rows. */
  mapped: Record<string, number>;
  /** `entity.field code` of everything that was refused. */
  refused: Set<string>;
}

/** All that a CRM holds for a mapping, through it. */
export async function mapAll(session: CrmSession, mapping: CompiledMapping): Promise<MappedWhole> {
  const all: MappedWhole = { mapped: {}, refused: new Set() };
  for (const stream of mapping.streams) {
    let next: string | null = null;
    do {
      const page: ReadPage = await session.read({ ...stream, range: { kind: 'all' } }, next);
      for (const row of page.rows) count(all, mapping.mapRow(row));
      next = page.next;
    } while (next !== null);
  }
  return all;
}

function count(
  { mapped, refused }: MappedWhole,
  { rows, rejects }: ReturnType<CompiledMapping['mapRow']>,
): void {
  for (const { entity, field, code } of rejects) refused.add(`${entity}.${field} ${code}`);
  for (const { entity, deleted } of rows) if (!deleted) mapped[entity] = (mapped[entity] ?? 0) + 1;
}
