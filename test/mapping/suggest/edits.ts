import type { CrmRow, CrmSession } from '../../../src/model/connector.ts';
import {
  ENTITY_NAMES,
  entityShape,
  type EntityName,
  type EntityValue,
} from '../../../src/model/entities.ts';
import type { CompiledMapping } from '../../../src/model/mapping.ts';
import { prepareMapping } from '../../../src/sync/run/prepare.ts';

/**
 * How far a draft is from the mapping an admin would have written, in edits: what both make of
 * every row of the org. One edit for an entity whose rows are other rows (its object or condition),
 * one for each entity field with other values, and one for each rule of dealPartner that differs.
 */
export interface Edits {
  count: number;
  words: string[];
}

type Mapped = Map<EntityName, Map<string, Record<string, EntityValue>>>;

async function everyRow(session: CrmSession, mapping: CompiledMapping): Promise<CrmRow[]> {
  const rows: CrmRow[] = [];
  for (const { object, fields, where, includeDeleted } of mapping.streams) {
    for (let next: string | null = null, first = true; first || next !== null; first = false) {
      const page = await session.read(
        { object, fields, where, includeDeleted, range: { kind: 'all' } },
        next,
      );
      rows.push(...page.rows);
      next = page.next;
    }
  }
  return rows;
}

function mapAll(mapping: CompiledMapping, rows: CrmRow[]): Mapped {
  const mapped: Mapped = new Map();
  for (const row of rows) {
    for (const { entity, deleted, object, id, values } of mapping.mapRow(row).rows) {
      if (deleted) continue;
      let own = mapped.get(entity);
      if (own === undefined) mapped.set(entity, (own = new Map()));
      own.set(`${object}/${id}`, values);
    }
  }
  return mapped;
}

export async function countEdits(
  session: CrmSession,
  draft: string,
  wanted: string,
  crm = 'salesforce',
): Promise<Edits> {
  const [ours, theirs] = await Promise.all(
    [draft, wanted].map(async (text) => {
      const { compiled, faults } = await prepareMapping(session, text, crm);
      if (compiled === null)
        throw new Error(faults.map(({ line, message }) => `${line}: ${message}`).join('\n'));
      // A rule that the check says finds nobody in this org is no rule.
      const rules = compiled.dealPartner
        .filter((_, index) => !faults.some(({ path }) => path === `dealPartner[${index}]`))
        .map((rule) => JSON.stringify(rule));
      return { rules, mapped: mapAll(compiled, await everyRow(session, compiled)) };
    }),
  );
  const words = ENTITY_NAMES.flatMap((entity) => {
    const [a, b] = [
      ours!.mapped.get(entity) ?? new Map<string, Record<string, EntityValue>>(),
      theirs!.mapped.get(entity) ?? new Map<string, Record<string, EntityValue>>(),
    ];
    const shared = [...b.keys()].filter((key) => a.has(key));
    const others =
      a.size !== b.size || shared.length !== b.size
        ? [`${entity}: ${a.size} rows instead of ${b.size}, ${shared.length} shared`]
        : [];
    // Nothing shared: every field that the wanted mapping fills is still to be written.
    const filled = (field: string): boolean =>
      [...b.values()].some((values) => values[field] !== null);
    const fields = Object.keys(entityShape(entity).fields).filter((field) =>
      shared.length === 0
        ? filled(field)
        : shared.some((key) => a.get(key)?.[field] !== b.get(key)?.[field]),
    );
    return [...others, ...fields.map((field) => `${entity}.${field}`)];
  });
  const [left, right] = [ours!.rules, theirs!.rules];
  words.push(
    ...right.filter((rule) => !left.includes(rule)).map((rule) => `dealPartner lacks ${rule}`),
    ...left.filter((rule) => !right.includes(rule)).map((rule) => `dealPartner has ${rule}`),
  );
  return { count: words.length, words };
}
