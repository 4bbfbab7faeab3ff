/** A search as a client sends it, with HubSpot's limits on its size. */
import * as z from 'zod';
import { HubSpotError, invalid } from '../model/errors.ts';

const OPERATORS = [
  'EQ',
  'NEQ',
  'LT',
  'LTE',
  'GT',
  'GTE',
  'BETWEEN',
  'IN',
  'NOT_IN',
  'HAS_PROPERTY',
  'NOT_HAS_PROPERTY',
  'CONTAINS_TOKEN',
  'NOT_CONTAINS_TOKEN',
] as const;
type Operator = (typeof OPERATORS)[number];

const MAX_GROUPS = 5;
const MAX_FILTERS_IN_GROUP = 6;
const MAX_FILTERS = 18;
const MAX_SORTS = 1;
const MAX_PAGE = 200;
const PAGE = 10;
/** No search goes further, however it pages. */
export const WALL = 10_000;
const MAX_QUERY_TEXT = 3000;

const plain = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const filter = z.object({
  propertyName: z.string(),
  operator: z.string(),
  value: plain.nullish(),
  highValue: plain.nullish(),
  values: z.array(plain).nullish(),
});
const sort = z.union([
  z.string(),
  z.object({
    propertyName: z.string(),
    direction: z.enum(['ASCENDING', 'DESCENDING']).default('ASCENDING'),
  }),
]);

export const searchShape = z.object({
  filterGroups: z.array(z.object({ filters: z.array(filter) })).nullish(),
  filters: z.array(filter).nullish(),
  sorts: z.array(sort).nullish(),
  query: z.string().nullish(),
  properties: z.array(z.string()).nullish(),
  limit: z.number().nullish(),
  after: z.union([z.string(), z.number()]).nullish(),
});
export type SearchBody = z.infer<typeof searchShape>;
export interface Filter {
  property: string;
  operator: Operator;
  value: string | null;
  highValue: string | null;
  values: string[];
}
export interface SearchQuery {
  groups: Filter[][];
  sort: { property: string; descending: boolean } | null;
  text: string | null;
  limit: number;
  offset: number;
}

/** The search inside its limits. Throws 400. */
export function searchQuery(body: SearchBody): SearchQuery {
  // Filters outside of groups are an old form of one group.
  const groups = body.filterGroups?.length
    ? body.filterGroups
    : body.filters?.length
      ? [{ filters: body.filters }]
      : [];
  if (groups.length > MAX_GROUPS)
    throw invalid(`Too many filter groups: a maximum of ${MAX_GROUPS} is supported.`);
  if (groups.some(({ filters }) => filters.length > MAX_FILTERS_IN_GROUP))
    throw invalid(
      `Too many filters in a group: a maximum of ${MAX_FILTERS_IN_GROUP} is supported.`,
    );
  if (groups.reduce((sum, { filters }) => sum + filters.length, 0) > MAX_FILTERS)
    throw invalid(`Too many filters: a maximum of ${MAX_FILTERS} is supported.`);
  if ((body.query ?? '').length > MAX_QUERY_TEXT)
    throw invalid(`The query is longer than ${MAX_QUERY_TEXT} characters.`);
  return {
    groups: groups.map(({ filters }) => filters.map(checkFilter)),
    sort: sortOf(body),
    text: body.query ? body.query.toLowerCase() : null,
    ...windowOf(body),
  };
}

function sortOf(body: SearchBody): SearchQuery['sort'] {
  const sorts = body.sorts ?? [];
  if (sorts.length > MAX_SORTS) throw invalid('Only one sort is supported.');
  const [first] = sorts;
  if (first === undefined) return null;
  // As text, a leading minus turns the order round.
  if (typeof first === 'string')
    return first.startsWith('-')
      ? { property: first.slice(1), descending: true }
      : { property: first, descending: false };
  return { property: first.propertyName, descending: first.direction === 'DESCENDING' };
}

function windowOf(body: SearchBody): { limit: number; offset: number } {
  const limit = body.limit || PAGE;
  if (!Number.isInteger(limit) || limit < 0) throw invalid(`Invalid limit: ${limit}`);
  if (limit > MAX_PAGE)
    throw invalid(`limit must be less than or equal to ${MAX_PAGE} but was ${limit}`);
  const after =
    body.after === undefined || body.after === null || body.after === '' ? '0' : String(body.after);
  if (!/^\d+$/.test(after))
    throw invalid(`Invalid value for after: ${after}; it must be an integer.`);
  const offset = Number(after);
  if (offset + limit > WALL)
    throw new HubSpotError(
      400,
      'VALIDATION_ERROR',
      `There was a problem with the request: paging beyond ${WALL} results is not supported (after ${offset}, limit ${limit}).`,
    );
  return { limit, offset };
}

function checkFilter({
  propertyName,
  operator,
  value,
  highValue,
  values,
}: z.infer<typeof filter>): Filter {
  const known = OPERATORS.find((one) => one === operator);
  if (known === undefined)
    throw invalid(`Invalid operator: ${operator}. Supported operators: ${OPERATORS.join(', ')}`);
  const needsList = known === 'IN' || known === 'NOT_IN';
  const needsNothing = known === 'HAS_PROPERTY' || known === 'NOT_HAS_PROPERTY';
  if (needsList && !values?.length)
    throw invalid(`Operator ${known} needs values.`, { context: { propertyName: [propertyName] } });
  if (!needsList && !needsNothing && (value === null || value === undefined))
    throw invalid(`Operator ${known} needs a value.`, {
      context: { propertyName: [propertyName] },
    });
  if (known === 'BETWEEN' && (highValue === null || highValue === undefined))
    throw invalid('Operator BETWEEN needs a highValue.', {
      context: { propertyName: [propertyName] },
    });
  return {
    property: propertyName,
    operator: known,
    value: value ?? null,
    highValue: highValue ?? null,
    values: values ?? [],
  };
}
