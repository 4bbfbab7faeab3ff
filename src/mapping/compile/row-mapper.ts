import type { CrmRow } from '../../model/connector.ts';
import {
  entityShape,
  type EntityFieldType,
  type EntityName,
  type EntityValue,
  type MappedRow,
  type MapReject,
} from '../../model/entities.ts';
import type { DescribeLookup, MapResult } from '../../model/mapping.ts';
import { bareText } from '../../model/fold.ts';
import { textOf } from '../../model/value.ts';
import { coerce, type Coerced } from '../document/coerce.ts';
import { compileCondition, compilePull, type Test } from './condition.ts';
import { Unread, type ReadContext } from './reader.ts';
import { compileRule, type RuleReader } from './rule.ts';
import { pushedDown, type LiveSource } from './streams.ts';

/**
 * The mapper of one object: every row becomes, for each entity that the object can become, one
 * mapped row, one tombstone, or rejects.
 */

interface FieldMapper {
  name: string;
  type: EntityFieldType;
  required: boolean;
  zone: string;
  /** A currency's code. */
  code: boolean;
  /** Of a reference: as the rows that it leads to spell their ids. */
  spell: ((id: string) => string) | null;
  /** A reference to records of known entities, of which none may be left out unseen. */
  leads: boolean;
  read: RuleReader;
}
interface SourceMapper {
  where: Test;
  fields: FieldMapper[];
}
interface EntityMapper {
  entity: EntityName;
  sources: SourceMapper[];
}

const CODE = /^[a-z]{3}$/i;
const ALWAYS: Test = () => true;

/** How the first object that feeds one of these entities spells its ids; null = in one way only. */
type SpellTarget = (to: readonly string[]) => ((id: string) => string) | null;

const spellTargetOf =
  (sources: LiveSource[]): SpellTarget =>
  (to) =>
    to
      .flatMap((each) => sources.filter(({ entity }) => entity === each))
      .find(({ object }) => object.spellId !== undefined)?.object.spellId ?? null;

function sourceMapper(
  live: LiveSource,
  context: ReadContext,
  pushed: boolean,
  spellTarget: SpellTarget,
): SourceMapper {
  const { source, entity } = live;
  const where = source.where === undefined ? ALWAYS : compileCondition(source.where, context);
  const pull = source.pull === undefined || pushed ? ALWAYS : compilePull(source.pull, context);
  const fields = Object.entries(entityShape(entity).fields).map(([name, shape]): FieldMapper => {
    const rule = Object.hasOwn(source.fields, name) ? source.fields[name] : undefined;
    const zone = (typeof rule === 'object' ? rule.zone : undefined) ?? context.timeZone;
    return {
      name,
      type: shape.type,
      required: shape.required === true,
      zone,
      code: shape.code === true,
      leads: shape.type === 'ref' && (shape.to ?? []).length > 0,
      spell: shape.type === 'ref' ? spellTarget(shape.to ?? []) : null,
      read: rule === undefined ? () => ({ value: null }) : compileRule(rule, context, shape.word),
    };
  });
  return { where: both(pull, where), fields };
}

const both = (first: Test, second: Test): Test =>
  first === ALWAYS
    ? second
    : (row) => {
        const result = first(row);
        if (result === false) return false;
        const other = second(row);
        return other === false || result === true ? other : result;
      };

type Several = NonNullable<MappedRow['several']>;
type Mapped = { values: Record<string, EntityValue>; several: Several; rejects: MapReject[] };

function valuesOf(mapper: SourceMapper, entity: EntityName, row: CrmRow): Mapped {
  const values: Record<string, EntityValue> = {};
  const several: Several = {};
  const rejects: MapReject[] = [];
  const refuse = (
    field: string,
    { code, message, input }: Pick<MapReject, 'code' | 'message' | 'input'>,
  ): void => {
    rejects.push({
      entity,
      object: row.object,
      id: row.id,
      field,
      code,
      message: `${entity}.${field}: ${message}`,
      ...(input == null ? {} : { input }),
    });
  };
  for (const field of mapper.fields) {
    const read = field.read(row);
    const result = 'value' in read ? wanted(read, field) : read;
    values[field.name] = 'value' in result ? result.value : null;
    const many = 'value' in read && field.leads ? read.several : undefined;
    if (many !== undefined) several[field.name] = spelt(many, field);
    if (!('value' in result)) refuse(field.name, result);
    else if (field.required && result.value === null)
      refuse(field.name, {
        code: 'missing',
        message:
          many === undefined
            ? `is empty, and a ${entity} needs it`
            : `names ${many.ids.length} records, of which \`several: none\` takes none, and a ${entity} needs one`,
      });
  }
  return { values, several, rejects };
}

const spelt = (many: Several[string], { spell }: FieldMapper): Several[string] => ({
  ...many,
  ids: spell === null ? many.ids : many.ids.map(spell),
});

/** A value as the entity's field wants it; one that it refuses is shown as it came. */
function wanted(
  { value, spelt }: Extract<Coerced, { value: EntityValue }>,
  { type, zone, spell, code }: FieldMapper,
): Coerced {
  if (code && typeof value === 'string' && CODE.test(bareText(value)))
    return { value: bareText(value).toUpperCase() };
  const result = coerce(type === 'text' ? (spelt ?? value) : value, type, zone);
  if (!('value' in result)) return { ...result, input: textOf(value) };
  return spell !== null && typeof result.value === 'string'
    ? { value: spell(result.value) }
    : result;
}

const mappedRow = (
  entity: EntityName,
  row: CrmRow,
  values: Record<string, EntityValue>,
  deleted: boolean,
): MappedRow => ({
  entity,
  object: row.object,
  id: row.id,
  values,
  stampMs: row.stampMs,
  deleted,
  mergedIntoId: row.mergedIntoId,
});

const nothing = (entity: EntityName): Record<string, EntityValue> =>
  Object.fromEntries(Object.keys(entityShape(entity).fields).map((name) => [name, null]));

/**
 * One entity of one row. Of several sources the first whose condition holds maps it; when none
 * holds, a tombstone says that the row is (no longer) one of them; when a field of a condition was
 * never read, the row is refused rather than guessed about.
 */
function mapEntity({ entity, sources }: EntityMapper, row: CrmRow, into: MapResult): void {
  let unread: Unread | null = null;
  for (const source of sources) {
    const holds = source.where(row);
    if (holds instanceof Unread) unread ??= holds;
    if (holds !== true) continue;
    if (unread !== null) break;
    const { values, several, rejects } = valuesOf(source, entity, row);
    const found = Object.keys(several).length === 0 ? {} : { several };
    if (rejects.length > 0) into.rejects.push(...rejects);
    else into.rows.push({ ...mappedRow(entity, row, values, false), ...found });
    return;
  }
  if (unread === null) into.rows.push(mappedRow(entity, row, nothing(entity), true));
  else
    into.rejects.push({
      entity,
      object: row.object,
      id: row.id,
      field: 'where',
      code: unread.code,
      message: `${entity}.where: ${unread.message}`,
      ...(unread.input === null ? {} : { input: unread.input }),
    });
}

/**
 * A deleted or merged-away row is a tombstone, with what values it still has: a missing one is no
 * reason to keep the record alive.
 */
function mapGone({ entity, sources }: EntityMapper, row: CrmRow, into: MapResult): void {
  const source = sources.find(({ where }) => where(row) === true) ?? sources[0];
  into.rows.push(
    mappedRow(
      entity,
      row,
      source === undefined ? nothing(entity) : valuesOf(source, entity, row).values,
      true,
    ),
  );
}

/**
 * Compiles all sources of all objects into one function of a row. Rows of other objects map
 * to nothing. It never throws.
 */
export function compileRows(
  sources: LiveSource[],
  describe: DescribeLookup,
  timeZone: string,
): (row: CrmRow) => MapResult {
  const byObject = new Map<string, EntityMapper[]>();
  const spellTarget = spellTargetOf(sources);
  for (const live of sources) {
    const pushed =
      pushedDown(sources.filter(({ object }) => object.name === live.object.name)).length > 0;
    const mapper = sourceMapper(
      live,
      { object: live.object, describe, timeZone },
      pushed,
      spellTarget,
    );
    const entities = byObject.get(live.object.name) ?? [];
    const known = entities.find(({ entity }) => entity === live.entity);
    if (known === undefined) entities.push({ entity: live.entity, sources: [mapper] });
    else known.sources.push(mapper);
    byObject.set(live.object.name, entities);
  }
  return (row) => {
    const result: MapResult = { rows: [], rejects: [] };
    for (const entity of byObject.get(row.object) ?? []) {
      if (row.deleted || row.mergedIntoId !== null) mapGone(entity, row, result);
      else mapEntity(entity, row, result);
    }
    return result;
  };
}
