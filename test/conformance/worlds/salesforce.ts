import { salesforce } from '../../../connectors/salesforce/index.ts';
import type { CrmSession } from '../../../src/model/connector.ts';
import { startSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import type { FieldDefinition } from '../../../src/sandbox/salesforce/metadata/definition.ts';
import type { SaveResult } from '../../../src/sandbox/salesforce/org-types.ts';
import type {
  ConformanceWorld,
  OpenOptions,
  WorldFault,
  WorldValues,
} from '../../../connectors/testing/world.ts';

const NOW_MS = Date.UTC(2026, 10, 16, 9);
const OBJECT = 'Account';
const FIELDS = {
  text: 'Words__c',
  number: 'Amount__c',
  boolean: 'Active__c',
  date: 'Start_On__c',
  instant: 'Signed_At__c',
};
/**
 * The connector insists on https or loopback; in process there is no port, so the address is
 * swapped on the way.
 */
const ADDRESS = 'http://127.0.0.1:9999';
/** Faults that outlast all retries. */
const MANY = 100;

const field = (
  name: string,
  type: FieldDefinition['type'],
  more: Partial<FieldDefinition> = {},
): FieldDefinition => ({
  name,
  label: name,
  type,
  nillable: true,
  createable: true,
  updateable: true,
  filterable: true,
  sortable: true,
  groupable: true,
  permissionable: true,
  defaultedOnCreate: false,
  custom: true,
  ...more,
});

/**
 * An empty org in the sandbox, spoken to over its wire protocol. `settings`: another way of
 * reading.
 */
export async function salesforceWorld(
  settings: Record<string, unknown> = {},
): Promise<ConformanceWorld> {
  const sandbox = await startSandbox({
    port: null,
    nowMs: NOW_MS,
    ticking: false,
    seeder: () => null,
  });
  const { org, clock } = sandbox;
  addFields(sandbox, [
    field(FIELDS.text, 'string', { length: 200 }),
    field(FIELDS.number, 'double', { precision: 18, scale: 2 }),
    field(FIELDS.boolean, 'boolean', {
      nillable: false,
      defaultedOnCreate: true,
      defaultValue: false,
    }),
    field(FIELDS.date, 'date'),
    field(FIELDS.instant, 'datetime'),
  ]);
  let extra = 0;
  const open = async ({
    pageRows,
    wire = (inner) => inner,
  }: OpenOptions = {}): Promise<CrmSession> => {
    const inProcess: typeof fetch = async (input, init) =>
      await sandbox.fetch(
        String(input instanceof Request ? input.url : input).replace(ADDRESS, sandbox.url),
        init,
      );
    const deps = {
      fetch: wire(inProcess),
      nowMs: () => clock.nowMs(),
      sleep: async () => {},
      random: () => 0.5,
      log: () => {},
      saveSecret: async () => {},
    };
    return await salesforce.open(
      {
        auth: 'access-token',
        instanceUrl: ADDRESS,
        ...settings,
        ...(pageRows === undefined ? {} : { pageRows, bulkPageRows: pageRows }),
      },
      { accessToken: sandbox.accessToken },
      deps,
    );
  };
  return {
    object: OBJECT,
    fields: FIELDS,
    writable: { text: FIELDS.text, number: FIELDS.number },
    open,
    overWire: true,
    nowMs: () => clock.nowMs(),
    advance: async (ms) => {
      clock.advance(ms);
    },
    close: async () => await sandbox.close(),
    create: async (rows, options = {}) =>
      rows.map((row, n) =>
        done(
          org.insert(
            org.admin,
            OBJECT,
            { Name: `Account ${n}`, ...named(row) },
            { allowDuplicates: true, ...options },
          ),
        ),
      ),
    update: async (id, values) => {
      done(org.update(org.admin, OBJECT, id, named(values)));
    },
    destroy: async (id) => {
      done(org.remove(org.admin, id, { hard: true }));
    },
    remove: async (id) => {
      done(org.remove(org.admin, id));
    },
    undelete: async (id) => {
      done(org.undelete(org.admin, id));
    },
    merge: async (winner, loser) => {
      done(org.merge(org.admin, winner, [loser]));
    },
    async addField() {
      const name = `Extra_${++extra}__c`;
      addFields(sandbox, [field(name, 'string', { length: 80 })]);
      return name;
    },
    removeField: async (name) => {
      done(org.deleteField(OBJECT, name));
    },
    hideField: async (name) => hide(sandbox, name),
    async refuse(id) {
      done(org.update(org.admin, OBJECT, id, { AccountNumber: 'locked' }));
      org.setValidationRule({
        object: OBJECT,
        name: 'Closed',
        active: true,
        message: 'The quarter is closed',
        formula: 'AccountNumber = "locked"',
      });
    },
    fail: async (fault) => bringAbout(sandbox, fault),
    heal: async () => sandbox.faults.clear(),
    shrinkPages: async (rows) => {
      sandbox.vendor.configure({ pageSizeMax: rows });
    },
    faults: ['busy', 'signedOut', 'overBudget', 'garbled', 'lostAnswer'],
  };
}

function named(values: WorldValues): Record<string, string | number | boolean | null> {
  return Object.fromEntries(
    Object.entries(values).map(([role, value]) => [
      FIELDS[role as keyof typeof FIELDS],
      role === 'instant' && typeof value === 'string' ? Date.parse(value) : value,
    ]),
  );
}

function done(result: SaveResult): string {
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.id;
}

function addFields({ org }: Sandbox, fields: FieldDefinition[]): void {
  const set = org.profileSet('System Administrator') ?? '';
  for (const each of fields) {
    done(org.createField(OBJECT, each));
    org.grantField(set, OBJECT, each.name, { edit: true });
  }
}

function hide({ org }: Sandbox, name: string): void {
  for (const row of [...org.table('FieldPermissions').values()]) {
    if (row['Field'] === `${OBJECT}.${name}`)
      done(org.remove(org.system, String(row['Id']), { hard: true }));
  }
}

function bringAbout(sandbox: Sandbox, fault: WorldFault): void {
  switch (fault) {
    case 'busy':
      sandbox.faults.add({ kind: 'serverError', status: 503, times: MANY });
      break;
    case 'garbled':
      sandbox.faults.add({ kind: 'truncated', match: { method: 'GET' }, times: MANY });
      break;
    case 'lostAnswer':
      sandbox.faults.add({ kind: 'reset', when: 'after', match: { method: 'PATCH' }, times: 1 });
      break;
    case 'signedOut':
      sandbox.vendor.configure({ endSessions: true });
      break;
    case 'overBudget':
      sandbox.faults.add({ kind: 'dailyLimit', times: MANY });
      break;
    case 'links':
      throw new RangeError('Salesforce has no association reads');
  }
}
