import { canonicalJson } from '../../src/model/canonical.ts';
import type {
  Connector,
  ConnectorFeatures,
  CrmRow,
  CrmSession,
  ReadPage,
  ReadRequest,
} from '../../src/model/connector.ts';
import { type ErrorKind, HeadwaterError } from '../../src/model/error.ts';
import type { Ability, ConformanceWorld, Role, WorldValues } from './world.ts';
import { DAY_MS } from '../../src/model/time.ts';

export type Feature =
  | 'deletes'
  | 'merges'
  | 'deleteLog'
  | 'associations'
  | 'rowHistory'
  | 'provisioning'
  | 'counts'
  | 'budget';

/** What a check has to work with: the connector as declared, and a world of its own. */
export interface Subject {
  connector: Connector;
  features: ConnectorFeatures;
  world: ConformanceWorld;
}

/** One statement about a connector. It throws when the statement is false. */
export interface Check {
  name: string;
  /** The statement is about connectors that declare these. */
  features?: Feature[];
  /** What the world must be able to do to show it. */
  abilities?: Ability[];
  run(subject: Subject): Promise<void>;
}

export const declares = (features: ConnectorFeatures, feature: Feature): boolean =>
  feature === 'deleteLog' ? features.deleteLogDays > 0 : features[feature];

/** A broken statement, as opposed to a broken test. */
export class ConformanceFailure extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ConformanceFailure';
  }
}

export function must(holds: boolean, words: string): void {
  if (!holds) throw new ConformanceFailure(words);
}

export function mustEqual(actual: unknown, expected: unknown, words: string): void {
  const [left, right] = [canonicalJson({ value: actual }), canonicalJson({ value: expected })];
  if (left !== right)
    throw new ConformanceFailure(
      `${words}: is ${left.slice(0, 600)}, should be ${right.slice(0, 600)}`,
    );
}

export const mustBeSame = (actual: string[], expected: string[], words: string): void =>
  mustEqual(actual.toSorted(), expected.toSorted(), words);

/** The error of work that must fail; nothing but a HeadwaterError may leave a connector. */
export async function failure(
  work: () => Promise<unknown>,
  words: string,
  kinds?: ErrorKind[],
): Promise<HeadwaterError> {
  let result: unknown;
  try {
    result = await work();
  } catch (error) {
    if (!(error instanceof HeadwaterError))
      throw new ConformanceFailure(`${words}: threw ${String(error)}, which is no HeadwaterError`);
    if (kinds !== undefined)
      must(
        kinds.includes(error.kind),
        `${words}: the error is ${error.kind} (${error.message}), should be ${kinds.join(' or ')}`,
      );
    return error;
  }
  throw new ConformanceFailure(
    `${words}: no error, but ${canonicalJson({ result }).slice(0, 300)}`,
  );
}

/** More pages than any check can need: a read that does not end. */
const MOST_PAGES = 300;

export async function readPages(
  session: CrmSession,
  request: ReadRequest,
  from: string | null = null,
): Promise<ReadPage[]> {
  const pages: ReadPage[] = [];
  for (let next = from; pages.length < MOST_PAGES; ) {
    const page = await session.read(request, next);
    pages.push(page);
    if (page.next === null) return pages;
    next = page.next;
  }
  throw new ConformanceFailure('the read does not end');
}

export const rowsOf = (pages: ReadPage[]): CrmRow[] => pages.flatMap((page) => page.rows);
export const idsOf = (rows: CrmRow[]): string[] => rows.map((row) => row.id);
export const readRows = async (session: CrmSession, request: ReadRequest): Promise<CrmRow[]> =>
  rowsOf(await readPages(session, request));

export async function readOne(
  session: CrmSession,
  request: ReadRequest,
  id: string,
): Promise<CrmRow | undefined> {
  return (await readRows(session, { ...request, range: { kind: 'ids', ids: [id] } })).find(
    (row) => row.id === id,
  );
}

const ROLES: Role[] = ['text', 'number', 'boolean', 'date', 'instant'];

/** All rows with the fields of all roles, unless said otherwise. */
export const requestOf = (
  world: ConformanceWorld,
  change: Partial<ReadRequest> = {},
): ReadRequest => ({
  object: world.object,
  fields: ROLES.map((role) => world.fields[role]),
  where: [],
  range: { kind: 'all' },
  includeDeleted: false,
  ...change,
});

/** Everything that changed from a moment on. */
export const since = (world: ConformanceWorld, fromMs: number): Partial<ReadRequest> => ({
  range: { kind: 'changed', fromMs, untilMs: world.nowMs() + 60_000 },
});

const SOME_DAY_MS = Date.UTC(2024, 1, 27);

/** Rows that differ in everything, with gaps. */
export const variety = (count: number): WorldValues[] =>
  Array.from({ length: count }, (_, n) => ({
    text: `Row ${String(n).padStart(3, '0')}`,
    number: n % 5 === 4 ? null : n * 10 + 0.25,
    boolean: n % 2 === 0,
    date: n % 4 === 3 ? null : new Date(SOME_DAY_MS + n * DAY_MS).toISOString().slice(0, 10),
    instant: n % 3 === 2 ? null : new Date(SOME_DAY_MS + n * 3_600_000).toISOString(),
  }));

/** Long enough for any log's granularity. */
export const MINUTES_MS = 5 * 60_000;
