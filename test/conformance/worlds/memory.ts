import { connectTo, MemoryCrm } from '../../../connectors/memory/index.ts';
import type { Connector, CrmSession, CrmValue } from '../../../src/model/connector.ts';
import type {
  ConformanceWorld,
  WorldFault,
  WorldValues,
} from '../../../connectors/testing/world.ts';

const NOW_MS = Date.UTC(2026, 10, 16, 9);
const FIELDS = {
  text: 'Name',
  number: 'Amount',
  boolean: 'Active',
  date: 'StartOn',
  instant: 'SignedAt',
};
const OBJECT = 'Deal';

/** `connect` stands between, for tests of the suite itself. */
export async function memoryWorld(
  connect: (crm: MemoryCrm) => Connector = connectTo,
): Promise<ConformanceWorld> {
  const clock = { nowMs: NOW_MS };
  const crm = new MemoryCrm({ id: 'conformance', nowMs: () => clock.nowMs });
  crm.defineObject('Partner', [{ name: 'Name', type: 'text' }]);
  crm.defineObject(OBJECT, [
    { name: FIELDS.text, type: 'text', length: 200 },
    { name: FIELDS.number, type: 'number', precision: 18, scale: 2 },
    { name: FIELDS.boolean, type: 'boolean' },
    { name: FIELDS.date, type: 'date' },
    { name: FIELDS.instant, type: 'datetime' },
  ]);
  const deps = {
    fetch: globalThis.fetch,
    nowMs: () => clock.nowMs,
    sleep: async () => {},
    random: () => 0.5,
    log: () => {},
    saveSecret: async () => {},
  };
  let extra = 0;
  return {
    object: OBJECT,
    fields: FIELDS,
    writable: { text: FIELDS.text, number: FIELDS.number },
    nowMs: () => clock.nowMs,
    advance: async (ms) => {
      clock.nowMs += ms;
    },
    open: async ({ pageRows } = {}): Promise<CrmSession> =>
      await connect(crm).open(pageRows === undefined ? {} : { pageRows }, {}, deps),
    close: async () => {},
    create: async (rows, options = {}) =>
      rows.map((row) => crm.create(OBJECT, named(row), options)),
    update: async (id, values) => crm.update(OBJECT, id, named(values)),
    destroy: async (id) => crm.remove(OBJECT, id, { hard: true }),
    remove: async (id) => crm.remove(OBJECT, id),
    undelete: async (id) => crm.undelete(OBJECT, id),
    merge: async (winner, loser) => crm.merge(OBJECT, winner, [loser]),
    async link(id) {
      const toId = crm.create('Partner', { Name: 'P' });
      crm.link(OBJECT, id, 'Partner', toId, ['reseller']);
      return { type: 'Partner', toId };
    },
    unlink: async (id, { type, toId }) => crm.unlink(OBJECT, id, type, toId),
    async addField() {
      const name = `Extra${++extra}`;
      crm.addField(OBJECT, { name, type: 'text' });
      return name;
    },
    removeField: async (name) => crm.removeField(OBJECT, name),
    hideField: async (name) => crm.hideField(OBJECT, name),
    refuse: async (id) =>
      crm.refuse(OBJECT, id, {
        code: 'VALIDATION',
        message: 'the quarter is closed',
        retryable: false,
      }),
    fail: async (fault) => bringAbout(crm, fault),
    heal: async () => {
      crm.heal();
      crm.signedIn = true;
      crm.budget.limit = crm.budget.used + 1_000;
    },
    shrinkPages: async (rows) => {
      crm.pageMax = rows;
    },
  };
}

const named = (values: WorldValues): Record<string, CrmValue> =>
  Object.fromEntries(
    Object.entries(values).map(([role, value]) => [
      FIELDS[role as keyof typeof FIELDS],
      value as CrmValue,
    ]),
  );

function bringAbout(crm: MemoryCrm, fault: WorldFault): void {
  switch (fault) {
    case 'busy':
    case 'garbled':
      crm.fail({ call: 'read', code: 'BUSY', times: 100 });
      break;
    case 'lostAnswer':
      crm.fail({ call: 'write', code: 'LOST_ANSWER', when: 'after' });
      break;
    case 'links':
      crm.fail({ call: 'links', code: 'BUSY' });
      break;
    case 'signedOut':
      crm.signedIn = false;
      break;
    case 'overBudget':
      crm.budget.limit = crm.budget.used;
      break;
  }
}
