/** Bulk API 1.0 on the wire: the same documents as XML or JSON, and its own kind of error. */
import { asObject, type JsonObject } from '../http/body.ts';
import { OrgFault, type SalesforceFault } from '../org-types.ts';
import { escapeXml, parseXml, XmlError, xmlOf, type XmlElement } from '../metadata-api/xml.ts';

const NAMESPACE = 'http://www.force.com/2009/06/asyncapi/dataload';
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';

/** An error of this API: every refusal is a 400 unless said otherwise. */
export function bulkFault(exceptionCode: string, exceptionMessage: string, status = 400): OrgFault {
  return new OrgFault([{ status, errorCode: exceptionCode, message: exceptionMessage }]);
}

export function isJson(request: Request): boolean {
  return /\bjson\b/i.test(
    request.headers.get('content-type') ?? request.headers.get('accept') ?? '',
  );
}

export function xmlResponse(name: string, inner: string, status = 200): Response {
  return new Response(`${DECLARATION}<${name} xmlns="${NAMESPACE}">${inner}</${name}>`, {
    status,
    headers: { 'content-type': 'application/xml' },
  });
}

export function jsonAnswer(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json;charset=UTF-8' },
  });
}

/** `jobInfo` or `batchInfo`; in XML what is empty is left out. */
export function info(name: string, body: JsonObject, json: boolean, status = 200): Response {
  return json
    ? jsonAnswer(body, status)
    : xmlResponse(
        name,
        Object.entries(body)
          .map(([key, value]) => xmlOf(key, value))
          .join(''),
        status,
      );
}

export function faultAnswer(faults: readonly SalesforceFault[], json: boolean): Response {
  const [first] = faults;
  const body = {
    exceptionCode: first?.errorCode ?? 'Unknown',
    exceptionMessage: first?.message ?? '',
  };
  return info('error', body, json, first?.status ?? 400);
}

/** The keys of a `jobInfo` body. */
export function readJobInfo(text: string, json: boolean): JsonObject {
  try {
    if (json) return asObject(JSON.parse(text));
    const root = parseXml(text.trim());
    return Object.fromEntries(root.children.map((one) => [one.name, one.text.trim()]));
  } catch (error) {
    if (error instanceof XmlError || error instanceof SyntaxError || error instanceof OrgFault)
      throw bulkFault('InvalidJob', `Unable to parse Job: ${error.message}`);
    throw error;
  }
}

/**
 * Rows as a CSV upload has them: a header, and cells where '' says "leave it"
 * and `#N/A` "make it empty".
 */
export interface Uploaded {
  header: string[];
  rows: string[][];
}

/** Records of a JSON body. Throws bulk faults where it is none. */
export function recordsOfJson(text: string): Uploaded {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = null;
  }
  if (!Array.isArray(body))
    throw bulkFault('InvalidBatch', 'Failed to parse JSON: a list of records was expected');
  return table(
    body.map((one: unknown) => {
      const cells = new Map<string, string>();
      addCells(asObject(one), '', cells);
      return cells;
    }),
  );
}

function addCells(record: JsonObject, prefix: string, into: Map<string, string>): void {
  for (const [name, value] of Object.entries(record)) {
    if (name === 'attributes' || value === undefined) continue;
    if (value !== null && typeof value === 'object') addCells(asObject(value), `${name}.`, into);
    else into.set(prefix + name, value === null ? '#N/A' : String(value));
  }
}

/** Records of `<sObjects><sObject>…`; a lookup by external id stands in an `sObject` of its own. */
export function recordsOfXml(text: string): Uploaded {
  let root: XmlElement;
  try {
    root = parseXml(text.trim());
  } catch (error) {
    throw bulkFault(
      'InvalidBatch',
      `Failed to parse XML: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  return table(
    root.children
      .filter(({ name }) => name === 'sObject')
      .map((record) => {
        const cells = new Map<string, string>();
        for (const cell of record.children) {
          const parent = cell.children.find(({ name }) => name === 'sObject');
          for (const key of parent?.children.filter(({ name }) => name !== 'type') ?? [])
            cells.set(`${cell.name}.${key.name}`, key.text);
          if (parent === undefined && cell.name !== 'type')
            cells.set(cell.name, cell.attributes['nil'] === 'true' ? '#N/A' : cell.text);
        }
        return cells;
      }),
  );
}

function table(records: Map<string, string>[]): Uploaded {
  const header = [...new Set(records.flatMap((cells) => [...cells.keys()]))];
  return { header, rows: records.map((cells) => header.map((name) => cells.get(name) ?? '')) };
}

export { escapeXml };
