/** Metadata as documents: what an element of a metadata file or call says, as plain values. */
import { asObject, type JsonObject } from '../http/body.ts';
import { parseXml, XmlError, xmlOf, type XmlElement } from './xml.ts';

export const METADATA_NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';
/** Elements whose text is text also when it reads `true`. */
const TEXT = new Set([
  'fullName',
  'label',
  'pluralLabel',
  'description',
  'inlineHelpText',
  'formula',
  'relationshipName',
  'relationshipLabel',
  'masterLabel',
  'defaultValue',
  'errorMessage',
  'errorConditionFormula',
  'value',
]);

/**
 * Elements that repeat become a list, `true` and `false` booleans, other leaves text,
 * `xsi:nil` null; numbers stay text.
 */
export function documentOf(element: XmlElement): JsonObject {
  const document: JsonObject = {};
  for (const child of element.children) {
    const value = valueOf(child);
    const before = document[child.name];
    if (before === undefined) document[child.name] = value;
    else if (Array.isArray(before)) before.push(value);
    else document[child.name] = [before, value];
  }
  return document;
}

function valueOf(element: XmlElement): unknown {
  if (element.attributes.nil === 'true') return null;
  if (element.children.length > 0) return documentOf(element);
  const text = element.text.trim();
  return !TEXT.has(element.name) && (text === 'true' || text === 'false') ? text === 'true' : text;
}

/** The objects under a key, whether it occurred never, once or often. */
export function listOf(document: JsonObject, key: string): JsonObject[] {
  const value = document[key];
  if (value === undefined || value === null || value === '') return [];
  // An element with nothing in it reads as empty text.
  return (Array.isArray(value) ? value : [value]).map((one) => (one === '' ? {} : asObject(one)));
}

export function textOf(document: JsonObject, key: string): string | undefined {
  const value = document[key];
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

/** Full name first, the rest by name, nothing empty: the order of the vendor's files. */
export function sorted(document: JsonObject): JsonObject {
  const entries = Object.entries(document)
    .filter(([key, value]) => value !== null && value !== undefined && key !== 'fullName')
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return {
    ...(document.fullName === undefined ? {} : { fullName: document.fullName }),
    ...Object.fromEntries(entries),
  };
}

/** A metadata file of the given root. */
export function fileOf(root: string, document: JsonObject): Uint8Array {
  const body = Object.entries(document)
    .map(([key, value]) => xmlOf(key, value, 4))
    .join('');
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${METADATA_NAMESPACE}">\n${body}</${root}>\n`,
  );
}

export class FileError extends Error {
  readonly line: number;
  readonly column: number;

  constructor(message: string, line: number, column: number) {
    super(message);
    this.line = line;
    this.column = column;
  }
}

/**
 * The root element of a metadata file. Throws FileError in the vendor's words where it is not
 * well-formed or of another root.
 */
export function rootOf(bytes: Uint8Array, root: string): XmlElement {
  let element: XmlElement;
  try {
    element = parseXml(Buffer.from(bytes).toString('utf8'));
  } catch (error) {
    if (error instanceof XmlError)
      throw new FileError(`Error parsing file: ${error.message}`, error.line, error.column);
    throw error;
  }
  if (element.name !== root)
    throw new FileError(
      `Error parsing file: Element ${element.name} invalid at this location in type ${root}`,
      element.line,
      element.column,
    );
  return element;
}
