import { LineCounter, parseDocument, visit, type Document } from 'yaml';
import { mappingSchema, type MappingDocument, type MappingFault } from '../../model/mapping.ts';
import { FaultList } from './fault-list.ts';
import { locator, type Locate } from './place.ts';
import { reportShape } from './shape.ts';
import { MAX_ALIASES, sizeFault } from './size.ts';
import type { DocumentPath } from './sources.ts';
import { yamlFaults } from './yaml-faults.ts';

/** YAML text to a mapping document, with every fault of form at once. */

/**
 * Rounds of taking out what is wrong before the rest is checked; each takes
 * out all faults seen at once.
 */
const MAX_PRUNINGS = 5;

export interface ParsedMapping {
  /** null when there is any error. */
  document: MappingDocument | null;
  /**
   * The parts without a fault of shape, to be checked against the CRM in the same go; never to be
   * run. null when nothing can be saved.
   */
  salvaged: MappingDocument | null;
  faults: MappingFault[];
  locate: Locate;
}

const NOWHERE: Locate = () => ({ line: 1, column: 1, exact: false });

const whole = (message: string, cure: string): ParsedMapping => ({
  document: null,
  salvaged: null,
  faults: [{ severity: 'error', line: 1, column: 1, path: '', message, cure }],
  locate: NOWHERE,
});

/** A number too long for a double is an id that somebody wrote without quotes. */
function keepDigits(document: Document): void {
  visit(document, {
    Scalar: (_, scalar) => {
      if (typeof scalar.value !== 'number' || Number.isSafeInteger(scalar.value)) return;
      if (/^[+-]?\d{16,}$/.test(scalar.source ?? '')) scalar.value = scalar.source;
    },
  });
}

/**
 * Takes out the thing at the path; where it is not there, which is then the
 * fault, the block that lacks it.
 */
function prune(value: unknown, path: DocumentPath): void {
  let at = value;
  let drop = (): void => undefined;
  for (const step of path) {
    if (typeof at !== 'object' || at === null) break;
    const holder = at as Record<string | number, unknown>;
    if (!Object.hasOwn(holder, step)) break;
    drop = () => {
      if (Array.isArray(holder)) holder[Number(step)] = undefined;
      else delete holder[step];
    };
    at = holder[step];
  }
  drop();
}

/**
 * Lists lose their emptied places only after all paths of a round were used,
 * because these count places.
 */
function compact(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== undefined).map(compact);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, compact(item)]));
}

function salvage(value: unknown, faulty: DocumentPath[]): MappingDocument | null {
  let left = structuredClone(value);
  let paths = faulty;
  for (let round = 0; round < MAX_PRUNINGS; round += 1) {
    for (const path of paths) prune(left, path);
    left = compact(left);
    const result = mappingSchema.safeParse(left);
    if (result.success) return result.data;
    paths = reportShape(result.error, left, new FaultList(NOWHERE));
  }
  return null;
}

/**
 * Parses and validates a mapping. Never throws: whatever the text is, the faults say what is wrong,
 * where (1-based) and what to do.
 * How much may stand in it: `sizeFault`.
 */
export function parseMapping(text: string): ParsedMapping {
  const fault = sizeFault(text);
  if (fault !== null) return whole(`The mapping ${fault.message}.`, fault.cure);
  const lines = new LineCounter();
  let document: Document;
  let value: unknown;
  try {
    document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      stringKeys: true,
      uniqueKeys: true,
      logLevel: 'silent',
    });
    keepDigits(document);
    value = document.errors.every(({ code }) => code === 'DUPLICATE_KEY')
      ? document.toJS({ maxAliasCount: MAX_ALIASES })
      : undefined;
  } catch (error) {
    if (error instanceof RangeError)
      return whole('The mapping is nested too deeply to read.', 'Write it flatter.');
    return whole(
      `The mapping cannot be read: ${error instanceof Error ? error.message.split('\n')[0] : 'unknown reason'}.`,
      'Check the anchors (`&name`) and aliases (`*name`).',
    );
  }
  const locate = locator(document, lines);
  const syntax = yamlFaults(document, lines);
  if (value === undefined) return { document: null, salvaged: null, faults: syntax, locate };
  return validated(value, syntax, locate);
}

function validated(value: unknown, syntax: MappingFault[], locate: Locate): ParsedMapping {
  if (value === null) return whole('The mapping is empty.', 'Start from a mapping in `mappings/`.');
  const list = new FaultList(locate);
  const result = mappingSchema.safeParse(value);
  const faulty = result.success ? [] : reportShape(result.error, value, list);
  const faults = [...syntax, ...list.sorted()].sort(
    (a, b) => a.line - b.line || a.column - b.column,
  );
  const sound = result.success ? result.data : null;
  return {
    document: syntax.some(({ severity }) => severity === 'error') ? null : sound,
    salvaged: sound ?? salvage(value, faulty),
    faults,
    locate,
  };
}
