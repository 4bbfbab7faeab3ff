/**
 * XML in and out: well-formed documents to a tree of elements with their
 * places, and values to text.
 */
import sax from 'sax';

/** Names are local: prefixes are the sender's own affair. `line` counts from 1. */
export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  text: string;
  line: number;
  column: number;
}

export class XmlError extends Error {
  readonly line: number;
  readonly column: number;

  constructor(message: string, line: number, column: number) {
    super(message);
    this.line = line;
    this.column = column;
  }
}

/**
 * Parses a whole document and returns its root. Throws XmlError where it is not well-formed, empty,
 * or declares a document type (entities are not expanded for strangers).
 */
export function parseXml(source: string): XmlElement {
  const parser = sax.parser(true, { xmlns: true, position: true });
  const open: XmlElement[] = [];
  let root: XmlElement | null = null;
  const stop = (message: string): never => {
    throw new XmlError(message, parser.line + 1, parser.column);
  };
  parser.onerror = (error) => stop(error.message.split('\n')[0] ?? 'not well-formed');
  parser.ondoctype = () => stop('DOCTYPE is disallowed');
  parser.onopentag = (opened) => {
    // With `xmlns` every tag is a qualified one; the library's types leave that open.
    const tag = opened as sax.QualifiedTag;
    const attributes = Object.fromEntries(
      Object.values(tag.attributes)
        .filter(({ prefix }) => prefix !== 'xmlns')
        .map(({ local, value }) => [local, value]),
    );
    const element: XmlElement = {
      name: tag.local,
      attributes,
      children: [],
      text: '',
      line: parser.line + 1,
      column: parser.column,
    };
    const parent = open.at(-1);
    if (parent !== undefined) parent.children.push(element);
    else if (root === null) root = element;
    else stop('The markup in the document following the root element must be well-formed.');
    open.push(element);
  };
  parser.onclosetag = () => void open.pop();
  const add = (text: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  };
  parser.ontext = add;
  parser.oncdata = add;
  parser.write(source.replace(/^\uFEFF/, '')).close();
  return root ?? stop('Premature end of file.');
}

export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((one) => one.name === name);
}

/**
 * The text of a child element, without the space around it; undefined when there is no such child.
 */
export function childText(element: XmlElement | undefined, name: string): string | undefined {
  return child(element, name)?.text.trim();
}

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

export function escapeXml(text: string): string {
  // Control characters other than tab and line ends have no place in XML 1.0.
  return text
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/g, '')
    .replace(/[&<>"']/g, (c) => ESCAPES[c] ?? c);
}

/**
 * A value as elements of the given name: a list as one element each, an object as its entries in
 * order, null and undefined as nothing.
 * `indent` (spaces) puts every element on its own line, as the vendor writes metadata files.
 */
export function xmlOf(name: string, value: unknown, indent?: number): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map((one) => xmlOf(name, one, indent)).join('');
  const [lead, end] = indent === undefined ? ['', ''] : [' '.repeat(indent), '\n'];
  if (typeof value !== 'object')
    return `${lead}<${name}>${escapeXml(String(value))}</${name}>${end}`;
  const inner = Object.entries(value)
    .map(([key, one]) => xmlOf(key, one, indent === undefined ? undefined : indent + 4))
    .join('');
  return `${lead}<${name}>${end}${inner}${lead}</${name}>${end}`;
}
