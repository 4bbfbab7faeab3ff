import { salesforce } from '../../../connectors/salesforce/index.ts';
import { ApiBudget } from '../../../src/sandbox/salesforce/http/budget.ts';
import { createOrg } from '../../../src/sandbox/salesforce/org.ts';
import type { OrgUser } from '../../../src/sandbox/salesforce/org-types.ts';
import {
  startSalesforceSandbox,
  type SalesforceSandbox,
} from '../../../src/sandbox/salesforce/start.ts';
import { ADDRESS, DAY_MS, START_MS, type World } from '../world.ts';
import { copyOf, modelOf } from './expected.ts';
import { lockRows } from './locks.ts';
import { SALESFORCE_MAPPING, WRITTEN } from './mapping.ts';
import { People, type Org } from './people.ts';
import { addField, DEFINITIONS, idOf, OBJECTS, seedRows } from './rows.ts';
import { OrgWatch } from './watch.ts';
import type { Value } from '../watch.ts';

/** Salesforce ends a transaction after ten minutes. */
const SETTLE_MS = 10 * 60_000;
const PLENTY_OF_CALLS = 1_000_000;

let shared: Promise<SalesforceSandbox> | null = null;

/** One sandbox a process: its keys take longer to make than a schedule takes to run. */
const sandboxOfProcess = (): Promise<SalesforceSandbox> =>
  (shared ??= startSalesforceSandbox({
    port: null,
    nowMs: START_MS,
    ticking: false,
    seeder: () => null,
    switches: { bulkJobMs: 0 },
  }));

/** A fresh org in the place of the last one. */
async function openOrg(seed: number, dailyCalls: number): Promise<Org> {
  const sandbox = await sandboxOfProcess();
  const { clock, vendor } = sandbox;
  clock.set(START_MS);
  const org = createOrg({ name: 'Chaos', clock, seed: 1 + (seed % 1_000_000) });
  const setId = idOf(org.insert(org.admin, 'PermissionSet', { Name: 'Chaos', Label: 'Chaos' }));
  for (const [object, fields] of Object.entries(DEFINITIONS))
    for (const name of Object.keys(fields)) addField(org, setId, object, name);
  const user = (name: string): OrgUser =>
    org.addUser({
      username: `${name}@chaos.example`,
      lastName: name,
      permissionSetIds: [setId],
      atMs: START_MS - 400 * DAY_MS,
    });
  const people = user('people');
  const engine = user('engine');
  seedRows(org, people, seed);
  const watch = new OrgWatch(org, engine.id, () => clock.nowMs());
  vendor.replaceOrg(watch.org, engine);
  vendor.site.budget = new ApiBudget(dailyCalls, () => clock.nowMs());
  Object.assign(vendor.site.switches, { bulkPageRows: 50_000 });
  sandbox.faults.clear();
  sandbox.log.clear();
  watch.observe();
  return { sandbox, org, people, watch, setId };
}

export async function openSalesforce(seed: number, dailyCalls: number): Promise<World> {
  const own = await openOrg(seed, dailyCalls);
  const { sandbox, org, watch } = own;
  const { vendor } = sandbox;
  const people = new People(own);
  return {
    crm: 'salesforce',
    connector: salesforce,
    mappingText: SALESFORCE_MAPPING,
    written: WRITTEN,
    objects: OBJECTS,
    settleMs: SETTLE_MS,
    lagMs: 0,
    refusals: new Set(['FIELD_CUSTOM_VALIDATION_EXCEPTION']),
    faults: sandbox.faults,
    watch,
    nowMs: () => org.nowMs(),
    pass(ms) {
      sandbox.clock.advance(ms);
      people.commitDue();
    },
    do(change) {
      people.do(change);
    },
    connection({ renewable, pageRows, bulkFromRows }) {
      const auth = renewable
        ? { auth: 'client-credentials', instanceUrl: ADDRESS, clientId: vendor.clientId }
        : { auth: 'access-token', instanceUrl: ADDRESS };
      return {
        settings: { ...auth, pageRows, bulkFromRows },
        secrets: { accessToken: sandbox.accessToken, clientSecret: vendor.clientSecret },
      };
    },
    isWrite: (_address, init) => init?.method === 'PATCH',
    async send(address, init, refused) {
      const url = address.replace(ADDRESS, sandbox.url);
      try {
        return refused === null
          ? await sandbox.fetch(url, init)
          : await lockRows(sandbox.fetch, url, init, refused);
      } finally {
        if (init?.method === 'PATCH') watch.observe();
      }
    },
    budget: () => ({ used: vendor.site.budget.used(), limit: vendor.site.budget.limit }),
    calm() {
      sandbox.faults.clear();
      vendor.site.budget.limit = PLENTY_OF_CALLS;
      org.setValidationRule({
        object: 'Opportunity',
        name: 'Large',
        formula: 'Amount > 40000',
        message: 'too large',
        active: false,
      });
    },
    ids: (object) => [...org.table(object).values()].map((row) => String(row['Id'])),
    copy: () => copyOf(org, vendor.dump([...OBJECTS])),
    model: modelOf,
    // What a deleted row's formula would say now is of no use to anybody.
    moot: (_object, row, field) => row.deleted && field === 'Country_Of_Account__c',
    lingers: () => false,
    holds(object, id) {
      const row = org.table(object).get(id);
      return row === undefined || row['IsDeleted'] === true ? null : (row as Record<string, Value>);
    },
  };
}
