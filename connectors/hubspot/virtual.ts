/**
 * Objects that HubSpot has in another form than records: owners, pipeline stages, exchange rates,
 * and the history of deals as rows.
 */
import type {
  CrmField,
  CrmObject,
  CrmRow,
  CrmType,
  CrmValue,
  ReadRequest,
} from '../../src/model/connector.ts';
import { termHolds } from '../../src/model/filter.ts';
import { readOnlyField } from '../kit/fields.ts';
import type { Client } from './client.ts';

export const DEAL_HISTORY = 'deals.history';
/** States of a deal, about. */
export const STATES_OF_A_DEAL = 4;

const field = (name: string, type: CrmType, referenceTo: string[] = []): CrmField =>
  readOnlyField(name, type, { referenceTo });

const object = (
  name: string,
  label: string,
  stampField: string | null,
  fields: CrmField[],
): CrmObject => ({ name, label, custom: false, stampField, tracksDeletes: false, fields });

const always = async (): Promise<boolean> => true;

export interface VirtualObject {
  object: CrmObject;
  exists(client: Client): Promise<boolean>;
}

export const virtualObject = (name: string): CrmObject =>
  VIRTUAL.find(({ object: { name: own } }) => own === name)!.object;

export const VIRTUAL: VirtualObject[] = [
  {
    object: object('owners', 'Owner', null, [
      field('id', 'id'),
      field('userId', 'text'),
      field('name', 'text'),
      field('firstName', 'text'),
      field('lastName', 'text'),
      field('email', 'text'),
      field('type', 'text'),
      field('active', 'boolean'),
    ]),
    exists: always,
  },
  {
    // `key` is what deals hold in `dealstage`; `order` counts through all pipelines.
    object: object('deal_stages', 'Deal stage', null, [
      field('id', 'id'),
      field('key', 'text'),
      field('label', 'text'),
      field('pipeline', 'text'),
      field('pipelineLabel', 'text'),
      field('order', 'number'),
      field('closed', 'boolean'),
      field('won', 'boolean'),
      field('probability', 'number'),
      field('active', 'boolean'),
    ]),
    exists: always,
  },
  {
    // One row a moment at which stage, amount or close date changed: the state after it.
    // Append-only.
    object: {
      ...object(DEAL_HISTORY, 'Deal history', 'at', [
        field('id', 'id'),
        field('dealId', 'reference', ['deals']),
        field('at', 'datetime'),
        field('stage', 'text'),
        field('amount', 'money'),
        field('closeDate', 'datetime'),
        field('byId', 'reference', ['owners']),
      ]),
      perRecord: { object: 'deals', rows: STATES_OF_A_DEAL },
    },
    exists: always,
  },
  {
    // `perCompany`: units of `code` for one unit of the company currency.
    object: object('exchange_rates', 'Exchange rate', null, [
      field('id', 'id'),
      field('code', 'text'),
      field('perCompany', 'number'),
      field('effectiveAt', 'datetime'),
    ]),
    exists: async (client) => (await client.account()).currencies.length > 0,
  },
];

/** Small lists that are read whole, in one page: id and values of each row. */
export interface ListedRow {
  id: string;
  values: Record<string, CrmValue>;
  stampMs: number;
}

/** The rows of an object that has no records of its own which a request asks for. */
export function virtualRows(
  object: CrmObject,
  request: Pick<ReadRequest, 'object' | 'fields' | 'where' | 'range'>,
  listed: ListedRow[],
): CrmRow[] {
  const ids = request.range.kind === 'ids' ? new Set(request.range.ids) : null;
  const types = new Map(object.fields.map((each) => [each.name, each]));
  const passes = ({ values }: ListedRow): boolean =>
    request.where.every((term) =>
      termHolds(term, values[term.field] ?? null, types.get(term.field) ?? { type: 'other' }),
    );
  return listed
    .filter((row) => (ids === null || ids.has(row.id)) && passes(row))
    .map(({ id, stampMs, values }) => ({
      object: request.object,
      id,
      fields: Object.fromEntries(request.fields.map((path) => [path, values[path] ?? null])),
      stampMs,
      deleted: false,
      mergedIntoId: null,
    }));
}
