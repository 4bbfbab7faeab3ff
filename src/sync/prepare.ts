import type { CrmObject, CrmSession } from '../model/connector.ts';
import { HeadwaterError } from '../model/error.ts';
import type { CompiledMapping, DescribeLookup, MappingDocument, MappingFault } from '../model/mapping.ts';
import { checkMapping } from '../mapping/check.ts';
import { compileMapping } from '../mapping/compile.ts';
import { parseMapping } from '../mapping/parse.ts';

export interface PreparedMapping { compiled: CompiledMapping | null; document: MappingDocument | null; faults: MappingFault[]; describes: Map<string, CrmObject | null> }

/** Objects that a mapping document names, for reads and for writes, in order of appearance. */
export function objectsOf(document: MappingDocument): string[] {
  const sources = Object.values(document.entities).flatMap((source) => (source === undefined ? [] : Array.isArray(source) ? source : [source]));
  return [...new Set([...sources.map((source) => source.object), ...document.write.map((write) => write.object)])];
}

/** Reads a mapping document against the CRM's own description of its fields. Every fault at once; `compiled` is null when one of them is an error. */
export async function prepareMapping(session: CrmSession, text: string, crm: string): Promise<PreparedMapping> {
  const parsed = parseMapping(text);
  const describes = new Map<string, CrmObject | null>();
  if (parsed.document === null) return { compiled: null, document: null, faults: parsed.faults, describes };
  if (parsed.document.crm !== crm) {
    const at = parsed.locate(['crm']);
    parsed.faults.push({ severity: 'error', ...at, path: 'crm', message: `the mapping is for ${parsed.document.crm}, the connection for ${crm}`, cure: 'Name the mapping that belongs to this connection.' });
    return { compiled: null, document: parsed.document, faults: parsed.faults, describes };
  }
  for (const object of objectsOf(parsed.document)) describes.set(object, await session.describe(object));
  const { document, locate } = parsed;
  const checked = await withDescribes(session, describes, (lookup) => checkMapping(document, locate, lookup));
  const faults = [...parsed.faults, ...checked];
  const compiled = faults.some((fault) => fault.severity === 'error') ? null : withWrittenFields(await withDescribes(session, describes, (lookup) => compileMapping(document, lookup)));
  return { compiled, document: parsed.document, faults, describes };
}

/** Paths lead at most five references up, so that many rounds find every object they pass through. */
const MAX_ROUNDS = 6;

/** Runs pure work that looks objects up, describing those it missed and running it again until it misses none. */
async function withDescribes<T>(session: CrmSession, describes: Map<string, CrmObject | null>, work: (lookup: DescribeLookup) => T): Promise<T> {
  for (let round = 0; ; round++) {
    const missed = new Set<string>();
    const lookup: DescribeLookup = (object) => {
      if (!describes.has(object)) missed.add(object);
      return describes.get(object);
    };
    const attempt = ((): { value: T } | { error: unknown } => { try { return { value: work(lookup) }; } catch (error) { return { error }; } })();
    if (missed.size === 0 || round === MAX_ROUNDS) {
      if ('error' in attempt) throw attempt.error;
      return attempt.value;
    }
    for (const object of [...missed].sort()) describes.set(object, await session.describe(object));
  }
}

/** The compiled mapping, or a `config` error that lists every fault with its place. */
export async function requireMapping(session: CrmSession, text: string, crm: string, name: string): Promise<CompiledMapping> {
  const prepared = await prepareMapping(session, text, crm);
  if (prepared.compiled !== null) return prepared.compiled;
  const errors = prepared.faults.filter((fault) => fault.severity === 'error');
  throw new HeadwaterError('config', [`${name} has ${errors.length} fault${errors.length === 1 ? '' : 's'}:`, ...errors.map((fault) => faultLine(name, fault))].join('\n'), {
    code: 'MAPPING', cure: 'Run `headwater mapping check` after each change; nothing is read or written until it passes.',
  });
}

export const faultLine = (name: string, fault: MappingFault): string => `${name}:${fault.line}:${fault.column} ${fault.severity}: ${fault.message} ${fault.cure}`.trimEnd();

/** The fields we write are read too: the diff, the hold of a human's value and the undo need what the CRM holds now. */
function withWrittenFields(mapping: CompiledMapping): CompiledMapping {
  const written = (object: string): string[] => mapping.writes.filter((write) => write.object === object).flatMap((write) => write.fields.filter((field) => field.crmField !== null).map((field) => field.field));
  return { ...mapping, streams: mapping.streams.map((stream) => ({ ...stream, fields: [...new Set([...stream.fields, ...written(stream.object)])].sort() })) };
}
