import { allEnded } from '../../model/all-ended.ts';
import { contentHash } from '../../model/canonical.ts';
import type { CrmObject, CrmSession } from '../../model/connector.ts';
import { HeadwaterError } from '../../model/error.ts';
import type { CompiledMapping, MappingDocument, MappingFault } from '../../model/mapping.ts';
import { contradictions } from '../../mapping/check/org-settings.ts';
import { checkMapping } from '../../mapping/check/check.ts';
import { compileMapping } from '../../mapping/compile/compile.ts';
import {
  goneOf,
  leftOutOf,
  withGone,
  type Gone,
  type HeldFields,
} from '../../mapping/compile/gone.ts';
import { sourcesOf } from '../../mapping/document/sources.ts';
import { fieldsReached, objectsToDescribe } from '../../mapping/document/objects.ts';
import type { ParsedMapping } from '../../mapping/document/parse.ts';
import { parseOnce } from '../../mapping/document/parse-once.ts';

/** What a CRM says of its objects, whether a session tells it or it was kept from one. */
export type OrgDescription = Pick<
  CrmSession,
  'identity' | 'describe' | 'refusal' | 'listObjects' | 'inOwnWords'
>;

export interface PreparedMapping {
  compiled: LiveMapping | null;
  document: MappingDocument | null;
  faults: MappingFault[];
}

/**
 * A mapping as it fits the CRM now. `gone`: what it needs and an earlier run still read; streams of
 * those objects are compiled as before and cannot be read.
 */
export interface LiveMapping extends CompiledMapping {
  gone: Gone[];
  /** Optional objects that this user may not read. */
  leftOut: Gone[];
}

/**
 * Reads a mapping document against the CRM's own description of its fields. Every fault at once;
 * `compiled` is null when one of them is an error.
 * `held`: what the local copy holds; of that, nothing counts as a fault because it vanished.
 */
export async function prepareMapping(
  session: OrgDescription,
  text: string,
  crm: string,
  held: HeldFields = new Map(),
): Promise<PreparedMapping> {
  const parsed = parseOnce(text);
  // What is sound of a faulty document is checked too, so that an admin sees all faults in one go.
  const { document, salvaged, locate } = parsed;
  const checkable = document ?? salvaged;
  if (checkable === null) return { compiled: null, document: null, faults: parsed.faults };
  if (checkable.crm !== crm) {
    const { line, column } = locate(['crm']);
    const fault: MappingFault = {
      severity: 'error',
      line,
      column,
      path: 'crm',
      message: `the mapping is for ${checkable.crm}, the connection for ${crm}.`,
      cure: 'Name the mapping that belongs to this connection.',
    };
    return { compiled: null, document, faults: [...parsed.faults, fault] };
  }
  const describes = await describeAll(session, checkable);
  const real = (object: string): CrmObject | null | undefined => describes.get(object);
  const said = (one: Gone): Gone => {
    const refusal = one.field === null ? refusalOf(session, one.object) : null;
    return refusal === null
      ? one
      : { ...one, why: refusal.refused, said: refusal.message, cure: refusal.cure };
  };
  const forbidden = (object: string): boolean =>
    refusalOf(session, object)?.refused === 'forbidden';
  const gone = goneOf(checkable, real, held).map(said);
  const leftOut = leftOutOf(checkable, real, held, forbidden).map(said);
  const lookup = gone.length === 0 ? real : withGone(checkable, real, held, gone);
  const refusalWords = (object: string): string | null =>
    forbidden(object) ? (refusalOf(session, object)?.message ?? null) : null;
  const against = (names: string[]): MappingFault[] =>
    checkMapping(checkable, locate, lookup, names, refusalWords);
  const found = against([]);
  // Other names are wanted only where one is not found.
  const named =
    found.some(({ severity }) => severity === 'error') && [...describes.values()].includes(null);
  const faults = [
    ...parsed.faults,
    ...contradictions(checkable.settings, await session.identity()).map(
      ({ setting, money, message, cure }): MappingFault => ({
        severity: money ? 'error' : 'warning',
        ...placed(locate, setting),
        path: `settings.${setting}`,
        message,
        cure,
      }),
    ),
    ...(named ? against((await session.listObjects()).map(({ name }) => name)) : found),
  ]
    .map((fault) => inWordsOf(session, fault))
    .sort((a, b) => a.line - b.line || a.column - b.column);
  const compiled =
    document === null || faults.some((fault) => fault.severity === 'error')
      ? null
      : {
          ...withWords(session, withWrittenFields(compileMapping(document, lookup))),
          gone,
          leftOut,
        };
  return { compiled, document, faults };
}

function inWordsOf<T extends { message: string; cure?: string }>(
  { inOwnWords }: OrgDescription,
  said: T,
): T {
  if (inOwnWords === undefined) return said;
  const cure = said.cure === undefined ? {} : { cure: inOwnWords(said.cure) };
  return { ...said, message: inOwnWords(said.message), ...cure };
}

/** The reasons for which rows are refused are read by the same people. */
const withWords = (session: OrgDescription, mapping: CompiledMapping): CompiledMapping =>
  session.inOwnWords === undefined
    ? mapping
    : {
        ...mapping,
        mapRow: (row) => {
          const { rows, rejects } = mapping.mapRow(row);
          return { rows, rejects: rejects.map((reject) => inWordsOf(session, reject)) };
        },
      };

/** Where the document says it; a setting left to its default has no place of its own. */
function placed(
  locate: ParsedMapping['locate'],
  setting: string,
): { line: number; column: number } {
  const { line, column } = locate(['settings', setting], 'value');
  return { line, column };
}

async function describeAll(
  session: OrgDescription,
  document: MappingDocument,
): Promise<Map<string, CrmObject | null>> {
  const known = new Map<string, CrmObject | null>();
  for (
    let wanted = objectsToDescribe(document, known);
    wanted.length > 0;
    wanted = objectsToDescribe(document, known)
  ) {
    const reached = fieldsReached(document, known);
    // All at once: a CRM may answer them in one call.
    const found = await allEnded(
      wanted.map(async (object) => await session.describe(object, reached.get(object))),
    );
    for (const [at, object] of wanted.entries()) known.set(object, found[at] ?? null);
  }
  return known;
}

const refusalOf = (session: OrgDescription, object: string): HeadwaterError | null =>
  session.refusal?.(object) ?? null;

/** Whether the document names an object that the CRM does not show, optional ones included. */
async function lacks(session: CrmSession, { document }: PreparedMapping): Promise<boolean> {
  for (const { source } of document === null ? [] : sourcesOf(document))
    if ((await session.describe(source.object)) === null) return true;
  return false;
}

/**
 * The document that a run used: how it maps rows, and the text with all else in
 * it (what is written where).
 */
export const documentVersion = (mapping: CompiledMapping, text: string): string =>
  `${mapping.version}.${contentHash(text).slice(0, 8)}`;

/**
 * A session describes an object once in its life, so the same text compiles to the same
 * mapping; a run asks for it twice.
 */
const compiled = new WeakMap<CrmSession, { text: string; mapping: LiveMapping }>();

/**
 * The compiled mapping, or a `config` error that lists every fault with its place. With `held`,
 * what vanished from the CRM is in `gone` and no fault.
 */
export async function requireMapping(
  session: CrmSession,
  text: string,
  crm: string,
  name: string,
  held?: () => Promise<HeldFields>,
): Promise<LiveMapping> {
  const known = compiled.get(session);
  if (known?.text === text) return known.mapping;
  const prepared = await prepareMapping(session, text, crm);
  const fits =
    held === undefined || (prepared.compiled !== null && !(await lacks(session, prepared)))
      ? prepared.compiled
      : (await prepareMapping(session, text, crm, await held())).compiled;
  if (fits !== null) {
    compiled.set(session, { text, mapping: fits });
    return fits;
  }
  const errors = prepared.faults.filter((fault) => fault.severity === 'error');
  throw new HeadwaterError(
    'config',
    [
      `${name} has ${errors.length} fault${errors.length === 1 ? '' : 's'}:`,
      ...errors.map((fault) => faultLine(name, fault)),
    ].join('\n'),
    {
      code: 'MAPPING',
      cure: 'Run `headwater mapping check` after each change; nothing is read or written until it passes.',
    },
  );
}

export const faultLine = (name: string, fault: MappingFault): string =>
  `${name}:${fault.line}:${fault.column} ${fault.severity}: ${fault.message} ${fault.cure}`.trimEnd();

/**
 * The fields we write are read too: the diff, the hold of a human's value and the undo
 * need what the CRM holds now.
 */
function withWrittenFields(mapping: CompiledMapping): CompiledMapping {
  const written = (object: string): string[] =>
    mapping.writes
      .filter((write) => write.object === object)
      .flatMap((write) =>
        write.fields.filter((field) => field.crmField !== null).map((field) => field.field),
      );
  return {
    ...mapping,
    streams: mapping.streams.map((stream) => ({
      ...stream,
      fields: [...new Set([...stream.fields, ...written(stream.object)])].sort(),
    })),
  };
}
