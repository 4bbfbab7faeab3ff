/** REST answers as XML, for clients that ask for it; JSON is what everybody else gets. */
import { escapeXml } from '../metadata-api/xml.ts';

type Json = Record<string, unknown>;

/** The root element of an answer, by what was asked [K]. */
const ROOTS: readonly (readonly [RegExp, string])[] = [
  [/^\/services\/data$/, 'Versions'],
  [/\/(?:query|queryAll)(?:\/|$)/, 'QueryResult'],
  [/\/(?:search|parameterizedSearch)$/, 'SearchResult'],
  [/\/limits$/, 'LimitsSnapshot'],
  [/\/sobjects$/, 'DescribeGlobal'],
  [/\/describe$/, 'DescribeSObject'],
];
/** What the elements of a list at the root are called. */
const ITEMS: Record<string, string> = { Versions: 'Version', Errors: 'Error', Results: 'Result' };
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';

/** Does the client want XML rather than JSON? What it names first wins. */
function wantsXml(request: Request): boolean {
  const accept = request.headers.get('accept') ?? '';
  const [xml, json] = [
    accept.search(/\b(?:application|text)\/xml\b/i),
    accept.search(/\bapplication\/json\b|\*\/\*/i),
  ];
  return xml >= 0 && (json < 0 || xml < json);
}

/**
 * A JSON answer below `/services/data` in the form that was asked for; any other answer as it is.
 */
export async function inWantedForm(request: Request, response: Response): Promise<Response> {
  const path = new URL(request.url).pathname.replace(/\/{2,}/g, '/');
  if (
    !path.startsWith('/services/data') ||
    !wantsXml(request) ||
    response.headers.get('content-type')?.startsWith('application/json') !== true
  )
    return response;
  const body = (await response.json()) as Json | Json[];
  const root = rootOf(path, body, response.ok);
  const inner = Array.isArray(body)
    ? body.map((one) => element(ITEMS[root] ?? 'Result', one)).join('')
    : entries(body);
  const headers = new Headers(response.headers);
  headers.set('content-type', 'application/xml;charset=UTF-8');
  return new Response(
    `${DECLARATION}<${root}${Array.isArray(body) ? '' : attributesOf(body)}>${inner}</${root}>`,
    { status: response.status, headers },
  );
}

function rootOf(path: string, body: Json | Json[], ok: boolean): string {
  if (!ok && Array.isArray(body)) return 'Errors';
  const named = ROOTS.find(([pattern]) => pattern.test(path))?.[1];
  const type = Array.isArray(body) ? undefined : (body.attributes as Json | undefined)?.type;
  return named ?? (typeof type === 'string' ? type : Array.isArray(body) ? 'Results' : 'Result');
}

/** Type and address of a record stand in the tag. */
function attributesOf(record: Json): string {
  const own =
    typeof record.attributes === 'object' && record.attributes !== null ? record.attributes : {};
  return Object.entries(own)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('');
}

function entries(record: Json): string {
  return Object.entries(record)
    .filter(([name]) => name !== 'attributes')
    .map(([name, value]) => element(name, value))
    .join('');
}

function element(name: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => element(name, one)).join('');
  if (value === null || value === undefined)
    return `<${name} xsi:nil="true" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>`;
  if (typeof value !== 'object') return `<${name}>${escapeXml(String(value))}</${name}>`;
  return `<${name}${attributesOf(value as Json)}>${entries(value as Json)}</${name}>`;
}
