/**
 * A large company for measurements: deals with a history, half of them through partners, most
 * closed; and the CRM that has it.
 */
import { SMALL_BULK_PAGE_ROWS as BULK_PAGE_ROWS } from '../connectors/salesforce/settings.ts';
import type { CrmIdentity, CrmRow, CrmSession, ReadRequest } from '../src/model/connector.ts';
import {
  entityShape,
  type EntityName,
  type EntityValue,
  type MappedRow,
} from '../src/model/entities.ts';
import type { CompiledMapping, CompiledWrite } from '../src/model/mapping.ts';
import { OUTPUTS } from '../src/model/outputs.ts';
import { saveLocal, saveMapped } from '../src/store/rows.ts';
import type { Store } from '../src/store/store.ts';

export const CONNECTION = 'c';
export const NOW_MS = Date.parse('2026-11-16T09:00:00Z');
const DAY_MS = 86_400_000;
/** A deal has this many rows besides itself in a usual org: two events, one activity. */
export const CHILD_ROWS = 3;
const DEALS_A_PARTNER = 100;
/**
 * A customer has four deals and two contacts, as in a usual org; one account in five belongs to a
 * group.
 */
const DEALS_AN_ACCOUNT = 4;
const CONTACTS_AN_ACCOUNT = 2;
const CAMPAIGNS = 200;

const row = (
  entity: EntityName,
  object: string,
  id: string,
  values: Record<string, EntityValue>,
): MappedRow => ({
  entity,
  object,
  id,
  stampMs: 1,
  deleted: false,
  mergedIntoId: null,
  values: Object.fromEntries(
    Object.keys(entityShape(entity).fields).map((name) => [name, values[name] ?? null]),
  ),
});
const dealId = (i: number): string => `d${String(i).padStart(8, '0')}`;
export const partnersOf = (count: number): number =>
  Math.max(50, Math.floor(count / DEALS_A_PARTNER));

const accountsOf = (count: number): number => Math.ceil(count / DEALS_AN_ACCOUNT);

/** Half of the deals come through partners; one in seven is open. */
function dealOf(
  i: number,
  count: number,
): {
  stage: string;
  createdAt: number;
  closedAt: number | null;
  amount: number;
  closeDate: string;
  partnerId: string | null;
  accountId: string;
  campaignId: string | null;
} {
  const createdAt = NOW_MS - ((i * 7919) % 1000) * DAY_MS - DAY_MS;
  const open = i % 7 === 0;
  const closedAt = open ? null : Math.min(NOW_MS - 1, createdAt + ((i * 31) % 200) * DAY_MS);
  return {
    stage: open ? 'open' : i % 3 === 0 ? 'won' : 'lost',
    createdAt,
    closedAt,
    amount: 1000 + ((i * 613) % 90_000),
    closeDate: new Date(closedAt ?? NOW_MS + 40 * DAY_MS).toISOString().slice(0, 10),
    partnerId: i % 2 === 0 ? `p${i % partnersOf(count)}` : null,
    accountId: `a${i % accountsOf(count)}`,
    campaignId: i % 9 === 0 ? `c${i % CAMPAIGNS}` : null,
  };
}

/** Every value that Headwater can write, into a field of the same name. */
function writeOf(object: string, entity: 'partner' | 'deal'): CompiledWrite {
  return {
    object,
    entity,
    fields: Object.entries(OUTPUTS)
      .filter(([, shape]) => shape.entity === entity)
      .map(([output, shape]) => ({
        field: `HW_${output}`,
        output,
        threshold: shape.threshold,
        owner: 'shared',
        whenGone: 'clear',
        spec: {} as never,
        crmField: {
          precision: 18,
          scale: 1,
          length: 4000,
          type: shape.type === 'number' ? 'number' : 'text',
        },
      })),
  };
}
export const WRITES = [writeOf('Company', 'partner'), writeOf('Deal', 'deal')];
const unwritten = (write: CompiledWrite): Record<string, null> =>
  Object.fromEntries(write.fields.map((field) => [field.field, null]));

const FED = [
  ['Deal', 'deal'],
  ['Company', 'partner'],
  ['Stage', 'stage'],
  ['History', 'dealEvent'],
  ['Task', 'activity'],
  ['Account', 'account'],
  ['Contact', 'contact'],
  ['Campaign', 'campaign'],
].map(([object, entity]) => ({ object, entities: [entity], where: [] }));

export const mappingOf = (count: number, version: string): CompiledMapping =>
  ({
    crm: 'company',
    version,
    settings: {
      timeZone: 'UTC',
      fiscalYearStartMonth: 1,
      reportingCurrency: 'USD',
      horizonDays: 90,
      staleDays: 30,
    },
    streams: FED,
    writes: WRITES,
    fixedStages: [],
    dealPartner: [
      { by: 'field' },
      { by: 'role' },
      { by: 'registration' },
      { by: 'campaign' },
      { by: 'accountParent' },
    ],
    mapRow: (crm: CrmRow) => ({
      rows: [
        row('deal', 'Deal', crm.id, {
          name: String(crm.fields['Name']),
          currency: 'USD',
          ...dealOf(Number(crm.fields['I']), count),
        }),
      ],
      rejects: [],
    }),
  }) as unknown as CompiledMapping;

/** A deal as the CRM has it, with twenty fields that nobody asked for but the mapping. */
function crmDeal(i: number, count: number): CrmRow {
  const deal = dealOf(i, count);
  return {
    object: 'Deal',
    id: dealId(i),
    stampMs: deal.createdAt,
    deleted: false,
    mergedIntoId: null,
    fields: {
      Name: `Deal number ${i}`,
      Stage: deal.stage,
      Amount: deal.amount,
      CloseDate: deal.closeDate,
      Partner: deal.partnerId,
      I: i,
      ...unwritten(WRITES[1]!),
      ...Object.fromEntries(
        Array.from({ length: 20 }, (_x, f) => [`Field_${f}`, `some value ${f} of ${i}`]),
      ),
    },
  };
}

/** The settings of the mapping, as the CRM has them. */
const IDENTITY: CrmIdentity = {
  orgId: 'o',
  userId: 'u',
  userName: 'U',
  orgName: 'O',
  instanceUrl: 'u',
  apiVersion: '1',
  currency: 'USD',
  multiCurrency: false,
  timeZone: 'UTC',
};

/**
 * The CRM's side: pages as the Worker asks for them; writes always work. `lied`: its count of a
 * window is one more than there is.
 */
export function sessionOf(
  count: number,
  lied: () => boolean,
  countLocal: (untilMs: number) => Promise<number>,
): CrmSession & { calls: () => number } {
  let calls = 0;
  const page = (request: ReadRequest, next: string | null) => {
    const from = Number(next ?? 0);
    const total = request.range.kind === 'changed' ? Math.min(count, 6 * BULK_PAGE_ROWS) : count;
    if (request.range.kind === 'changed' && request.range.fromMs > 0)
      return { rows: [], next: null };
    const rows = Array.from({ length: Math.min(BULK_PAGE_ROWS, total - from) }, (_, k) =>
      crmDeal(from + k, count),
    );
    return { rows, next: from + BULK_PAGE_ROWS >= total ? null : String(from + BULK_PAGE_ROWS) };
  };
  return {
    calls: () => calls,
    serverTimeMs: async () => NOW_MS,
    identity: async () => IDENTITY,
    describe: async () => ({ tracksDeletes: true, stampField: 'S', fields: [] }),
    count: async (request: { range: { kind: string; untilMs?: number } }) => {
      calls++;
      return request.range.kind === 'all'
        ? count
        : (await countLocal(request.range.untilMs ?? 0)) + (lied() ? 1 : 0);
    },
    read: async (request: ReadRequest, next: string | null) => {
      calls++;
      const found =
        request.range.kind === 'ids'
          ? {
              rows: request.range.ids.map((id) => ({
                ...crmDeal(Number(id.replace(/\D/g, '')), count),
                id,
                object: request.object,
                fields: Object.fromEntries(request.fields.map((field) => [field, null])),
              })),
              next: null,
            }
          : page(request, next);
      return { ...found, transport: 'bulk', totalRows: count };
    },
    write: async (_object: string, rows: { id: string }[]) => {
      calls++;
      return rows.map(({ id }) => ({ id, status: 'done' }));
    },
  } as unknown as CrmSession & { calls: () => number };
}

const STAGES = [
  stage('s1', { key: 'open', label: 'Open', order: 1, probability: 0.3 }),
  stage('s2', { key: 'won', label: 'Won', order: 2, closed: true, won: true, probability: 1 }),
  stage('s3', { key: 'lost', label: 'Lost', order: 3, closed: true, probability: 0 }),
];

function stage(id: string, values: Record<string, EntityValue>): MappedRow {
  return row('stage', 'Stage', id, { closed: false, won: false, ...values });
}

/** Everything but the deals themselves, which the first pull brings. */
export async function fillCompany(store: Store, count: number): Promise<void> {
  const partners = Array.from({ length: partnersOf(count) }, (_, i) => `p${i}`);
  await store.batch(
    saveMapped(
      store,
      CONNECTION,
      [
        ...STAGES,
        ...partners.map((id, i) => row('partner', 'Company', id, { name: `Partner ${i}` })),
      ],
      1,
    ),
  );
  await store.batch(
    saveLocal(
      store,
      CONNECTION,
      partners.map((id) => ({
        row: {
          object: 'Company',
          id,
          fields: unwritten(WRITES[0]!),
          stampMs: 1,
          deleted: false,
          mergedIntoId: null,
        },
        hash: 'h',
      })),
      'm',
      1,
    ),
  );
  await fillCustomers(store, count);
  for (let from = 0; from < count; from += BULK_PAGE_ROWS) {
    const page = Array.from({ length: Math.min(BULK_PAGE_ROWS, count - from) }, (_, k) => from + k);
    const rows = page.flatMap((i) => happenedTo(i, count));
    await store.batch(saveMapped(store, CONNECTION, rows, 1));
  }
}

/** What stands beside a deal: its opening, a call, and its end if it has one. */
function happenedTo(i: number, count: number): MappedRow[] {
  const deal = dealOf(i, count);
  const event = (suffix: string, at: number, stageKey: string) =>
    row('dealEvent', 'History', `${dealId(i)}${suffix}`, {
      dealId: dealId(i),
      at,
      stage: stageKey,
      amount: deal.amount,
      closeDate: deal.closeDate,
    });
  return [
    event('a', deal.createdAt, 'open'),
    row('activity', 'Task', `${dealId(i)}c`, {
      dealId: dealId(i),
      kind: 'call',
      at: deal.createdAt + DAY_MS,
      qualifying: true,
    }),
    ...(deal.closedAt === null ? [] : [event('b', deal.closedAt, deal.stage)]),
  ];
}

/**
 * Accounts with their contacts, and the campaigns that deals came from; some of them are a
 * partner's.
 */
async function fillCustomers(store: Store, count: number): Promise<void> {
  const partners = partnersOf(count);
  const campaigns = Array.from({ length: CAMPAIGNS }, (_, i) =>
    row('campaign', 'Campaign', `c${i}`, {
      name: `Campaign ${i}`,
      partnerId: i % 3 === 0 ? `p${i % partners}` : null,
    }),
  );
  await store.batch(saveMapped(store, CONNECTION, campaigns, 1));
  const accounts = accountsOf(count);
  for (let from = 0; from < accounts; from += BULK_PAGE_ROWS) {
    const page = Array.from(
      { length: Math.min(BULK_PAGE_ROWS, accounts - from) },
      (_, k) => from + k,
    );
    await store.batch(
      saveMapped(
        store,
        CONNECTION,
        page.flatMap((i) => [
          row('account', 'Account', `a${i}`, {
            name: `Account ${i}`,
            parentId: i % 5 === 0 ? `p${i % partners}` : null,
          }),
          ...Array.from({ length: CONTACTS_AN_ACCOUNT }, (_, n) =>
            row('contact', 'Contact', `k${i}.${n}`, { name: `Contact ${n}`, accountId: `a${i}` }),
          ),
        ]),
        1,
      ),
    );
  }
}
