import { parse, stringify } from 'yaml';
import type { CrmField } from '../../../src/model/crm-object.ts';
import { OUTPUTS } from '../../../src/model/outputs.ts';
import { random } from '../../chaos/random.ts';

type Dice = ReturnType<typeof random>;
interface Source {
  object: string;
  optional?: boolean;
  fields: Record<string, unknown>;
  pull?: unknown[];
  where?: unknown;
  keep?: string[];
}
interface Document {
  dealPartner?: unknown[];
  settings?: Record<string, unknown>;
  entities: Record<string, Source | Source[]>;
  write: { object: string; entity: string; fields: Record<string, unknown> }[];
}
/** What the CRM says of the fields of an object, by its name. */
export type Known = (object: string) => CrmField[];

const OPS = ['eq', 'ne', 'in', 'notIn', 'lt', 'lte', 'gt', 'gte', 'isNull', 'notNull'];
const AS = ['text', 'number', 'boolean', 'date', 'instant'];
const WORDS = ['TODAY', 'LAST_N_DAYS:30', '2026-01-01', '2026-01-01T00:00:00Z', 'Closed Won', ''];
const MANY = 900;

/** The shipped mapping with one to three places changed into what somebody might have written. */
export function mutated(
  text: string,
  seed: number,
  known: Known,
): { text: string; what: string[] } {
  const dice = random(seed);
  const document = parse(text) as Document;
  const what: string[] = [];
  const times = dice.pick([1, 1, 2, 3]);
  for (let i = 0; i < times; i++) {
    if (dice.chance(0.2)) {
      what.push(dice.pick(WHOLE)(dice, document, known));
      continue;
    }
    const sources = Object.entries(document.entities).flatMap(([entity, one]) =>
      (Array.isArray(one) ? one : [one]).map((source) => ({ entity, source })),
    );
    // What everything else hangs on is changed as often as all the rest together.
    const heavy = sources.filter(({ entity }) => ['partner', 'deal', 'activity'].includes(entity));
    const { entity, source } = dice.pick(dice.chance(0.5) ? heavy : sources);
    const change = dice.pick(CHANGES);
    what.push(`${entity} of ${source.object}: ${change(dice, source, known(source.object))}`);
  }
  return { text: stringify(document), what };
}

const nameOf = (dice: Dice, fields: CrmField[]): string =>
  fields.length === 0 ? 'Nothing' : dice.pick(fields).name;

function valueFor(dice: Dice, field: CrmField | undefined): unknown {
  const listed = field?.options?.map((option) => option.value) ?? [];
  if (listed.length > 0 && dice.chance(0.5)) return dice.pick(listed);
  return dice.pick([...WORDS, 0, 1, 12.5, true, false]);
}

function term(dice: Dice, fields: CrmField[]): Record<string, unknown> {
  const name = nameOf(dice, fields);
  const field = fields.find((one) => one.name === name);
  const op = dice.pick(OPS);
  if (op === 'isNull' || op === 'notNull') return { field: name, op };
  if (op !== 'in' && op !== 'notIn') return { field: name, op, value: valueFor(dice, field) };
  const count = dice.pick([1, 2, 5, MANY]);
  return {
    field: name,
    op,
    values: Array.from({ length: count }, (_, i) =>
      count === MANY ? `v${i}` : valueFor(dice, field),
    ),
  };
}

type Change = (dice: Dice, source: Source, fields: CrmField[]) => string;
const put = (source: Source, name: string, rule: unknown): string => {
  source.fields[name] = rule;
  return `${name}: ${JSON.stringify(rule)}`;
};
const CHANGES: Change[] = [
  (dice, source, fields) =>
    put(source, dice.pick(Object.keys(source.fields)), nameOf(dice, fields)),
  (dice, source, fields) =>
    put(source, dice.pick(Object.keys(source.fields)), {
      field: nameOf(dice, fields),
      as: dice.pick(AS),
    }),
  (dice, source, fields) =>
    put(source, dice.pick(Object.keys(source.fields)), {
      field: nameOf(dice, fields),
      map: { [String(dice.pick(WORDS))]: 'x', a: 'y' },
      ...(dice.chance(0.5) ? { otherwise: 'reject' } : {}),
    }),
  (dice, source, fields) =>
    put(source, dice.pick(Object.keys(source.fields)), {
      coalesce: [nameOf(dice, fields), { field: nameOf(dice, fields), divideBy: 100 }],
    }),
  (dice, source, fields) =>
    put(source, dice.pick(Object.keys(source.fields)), {
      field: nameOf(dice, fields),
      minutesSince: nameOf(dice, fields),
    }),
  (dice, source, fields) => {
    const reference = fields.filter((one) => one.referenceTo.length > 0);
    const via =
      reference.length === 0
        ? 'Owner'
        : dice.pick(reference).name.replace(/Id$/, '').replace(/__c$/, '__r');
    return put(
      source,
      dice.pick(Object.keys(source.fields)),
      `${via}.${dice.pick(['Name', 'StageName', 'Id', 'Type', 'Nope'])}`,
    );
  },
  (dice, source, fields) => {
    source.pull = [...(source.pull ?? []), term(dice, fields)];
    return `pull ${JSON.stringify(source.pull).slice(0, 200)}`;
  },
  (dice, source, fields) => {
    const name = nameOf(dice, fields);
    const field = fields.find((one) => one.name === name);
    const own = dice.pick([
      { field: name, is: valueFor(dice, field) },
      { field: name, in: [valueFor(dice, field), valueFor(dice, field)] },
      { field: name, set: dice.chance(0.5) },
      { field: name, atLeast: 10 },
      { not: { field: name, contains: 'a' } },
    ]);
    source.where = source.where === undefined ? own : { all: [source.where, own] };
    return `where ${JSON.stringify(own)}`;
  },
  (dice, source, fields) => {
    source.keep = [...(source.keep ?? []), nameOf(dice, fields)];
    return `keep ${source.keep.join()}`;
  },
];

const BY = ['field', 'role', 'registration', 'campaign', 'accountParent'];
/** Changes of what stands outside the entities. */
const WHOLE: ((dice: Dice, document: Document, known: Known) => string)[] = [
  (dice, document, known) => {
    const write = dice.pick(document.write);
    const name = nameOf(dice, known(write.object));
    const value = dice.pick(Object.keys(OUTPUTS));
    write.fields[name] = { value, ...(dice.chance(0.3) ? { threshold: 5 } : {}) };
    return `write ${write.object}.${name}: ${value}`;
  },
  (dice, document) => {
    document.dealPartner = [{ by: dice.pick(BY) }, { by: dice.pick(BY), several: 'none' }];
    return `dealPartner ${JSON.stringify(document.dealPartner)}`;
  },
  (dice, document) => {
    const settings = dice.pick([
      { timeZone: dice.pick(['Europe/Berlin', 'Mars/Base']) },
      { fiscalYearStartMonth: dice.pick([2, 13]) },
      { reportingCurrency: dice.pick(['EUR', 'XXX']) },
      { language: dice.pick(['de', 'xx']) },
      { staleDays: dice.pick([1, 0, 400]) },
    ]);
    document.settings = { ...document.settings, ...settings };
    return `settings ${JSON.stringify(settings)}`;
  },
];
