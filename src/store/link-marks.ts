import { sql, type SQL } from 'drizzle-orm';
import type { EntityName, MappedRow } from '../model/entities.ts';
import { given, preparedWrite } from './prepared.ts';
import {
  accounts,
  campaigns,
  dealPartners,
  deals,
  linkStates,
  partners,
  redirects,
  registrations,
} from './schema.ts';
import type { Statement, Store } from './store.ts';

/**
 * What a page of rows changes about whose deal is whose, kept in the batch of the rows themselves:
 * deals that have to be linked again, or, where any deal may be
 * concerned (a partner came or went, two companies were merged, a rate was set), the word that all
 * of them have to be looked at.
 */
export interface LinkMarks {
  before: Statement[];
  after: Statement[];
}

type Marker = (store: Store, connectionId: string, rows: MappedRow[]) => LinkMarks;

const MARKERS: Partial<Record<EntityName, Marker>> = {
  partner: (store, connectionId, rows) =>
    before(
      staleByPartners(store, {
        connectionId,
        rows: keyed(
          rows,
          (row) => `${row.values['accountId'] ?? row.id} ${row.values['domain'] ?? ''}`,
        ),
      }),
    ),
  campaign: (store, connectionId, rows) =>
    before(
      staleByCampaigns(store, {
        connectionId,
        rows: keyed(rows, (row) => row.values['partnerId'] ?? null),
      }),
    ),
  rate: (store, connectionId) => before(stale(store, { connectionId })),
  account: (store, connectionId, rows) =>
    before(
      unlinkOfAccounts(store, {
        connectionId,
        rows: keyed(rows, (row) => row.values['parentId'] ?? null),
      }),
    ),
  dealPartner: (store, connectionId, rows) => around(unlinkOfRoles, store, connectionId, rows),
  registration: (store, connectionId, rows) =>
    around(unlinkOfRegistrations, store, connectionId, rows),
};

export const linkMarks: (
  ...of: [store: Store, connectionId: string, entity: EntityName, rows: MappedRow[]]
) => LinkMarks = (store, connectionId, entity, rows) =>
  MARKERS[entity]?.(store, connectionId, rows) ?? { before: [], after: [] };

const before = (statement: Statement): LinkMarks => ({ before: [statement], after: [] });

/** A row that names a deal may leave one and come to another: both are linked again. */
function around(
  mark: (store: Store, values: { connectionId: string; rows: string }) => Statement,
  store: Store,
  connectionId: string,
  rows: MappedRow[],
): LinkMarks {
  const statement = mark(store, { connectionId, rows: keyed(rows, () => null) });
  return { before: [statement], after: [statement] };
}

/**
 * Object, id, what it stands for and whether it is alive, as the statements below take them apart.
 */
const keyed = (rows: MappedRow[], key: (row: MappedRow) => unknown): string =>
  JSON.stringify(rows.map((row) => [row.object, row.id, key(row), row.deleted ? 0 : 1]));

const incoming = sql`json_each(${given('rows')}) as incoming`;
const [object, id, key, alive] = [0, 1, 2, 3].map((i) => sql.raw(`incoming.value->>${i}`)) as [
  SQL,
  SQL,
  SQL,
  SQL,
];

/** The incoming rows beside the ones that we hold. */
const beside = (table: typeof partners | typeof campaigns | typeof accounts): SQL =>
  sql`${incoming} left join ${table} on ${table.connectionId} = ${given('connectionId')} and ${table.object} = ${object} and ${table.id} = ${id}`;

/**
 * A dead row stands for nothing; one that dies keeps the values that it had, so that only its death
 * counts.
 */
const differs = (table: typeof partners | typeof campaigns | typeof accounts, held: SQL): SQL =>
  sql`case when ${table.deleted} = 0 then ${held} end is not case when ${alive} then ${key} end`;

const ofConnection = sql`${linkStates.connectionId} = ${given('connectionId')}`;

const stale = preparedWrite((db) => db.update(linkStates).set({ stale: 1 }).where(ofConnection));
const staleWhere = (condition: SQL) =>
  preparedWrite((db) =>
    db
      .update(linkStates)
      .set({ stale: 1 })
      .where(sql`${ofConnection} and ${linkStates.stale} = 0 and ${condition}`),
  );
const staleByPartners = staleWhere(
  sql`exists (select 1 from ${beside(partners)} where ${differs(partners, sql`coalesce(${partners.accountId}, ${partners.id}) || ' ' || coalesce(${partners.domain}, '')`)})`,
);
const staleByCampaigns = staleWhere(
  sql`exists (select 1 from ${beside(campaigns)} where ${differs(campaigns, sql`${campaigns.partnerId}`)})`,
);

/** Merges lead from any id to any other. */
export const markRedirects = (store: Store, connectionId: string): Statement =>
  stale(store, { connectionId });
/** The same, where `condition` (text of the redirects' own columns) finds one. */
export const markRedirectsWhere = (condition: SQL) =>
  staleWhere(sql`exists (select 1 from ${redirects} where ${condition})`);

const unlinkWhere = (condition: SQL) =>
  preparedWrite((db) =>
    db
      .update(deals)
      .set({ linked: null })
      .where(sql`${deals.connectionId} = ${given('connectionId')} and ${condition}`),
  );
const unlinkOfAccounts = unlinkWhere(
  sql`${deals.accountId} in (with moved(id) as materialized (select ${id} from ${beside(accounts)} where ${differs(accounts, sql`${accounts.parentId}`)}) select id from moved union all select ${redirects.fromId} from moved cross join ${redirects} where ${redirects.connectionId} = ${given('connectionId')} and ${redirects.toId} = moved.id)`,
);
const naming = (table: typeof dealPartners | typeof registrations) =>
  unlinkWhere(
    sql`${deals.id} in (select ${table.dealId} from ${incoming} cross join ${table} where ${table.connectionId} = ${given('connectionId')} and ${table.object} = ${object} and ${table.id} = ${id})`,
  );
const unlinkOfRoles = naming(dealPartners);
const unlinkOfRegistrations = naming(registrations);
