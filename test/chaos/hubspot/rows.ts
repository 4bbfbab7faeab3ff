import { linkRecords } from '../../../src/sandbox/hubspot/http/associate.ts';
import { CALL, COMPANY, DEAL } from '../../../src/sandbox/hubspot/model/object-types.ts';
import type { HubRecord, ObjectType, Source } from '../../../src/sandbox/hubspot/model/types.ts';
import type { Portal } from '../../../src/sandbox/hubspot/portal.ts';
import { optionList } from '../../../src/sandbox/hubspot/properties/compact.ts';
import { definitionFrom } from '../../../src/sandbox/hubspot/properties/definition.ts';
import {
  checkChanges,
  createRecord,
  updateRecord,
  type WriteContext,
} from '../../../src/sandbox/hubspot/records/write.ts';
import { random } from '../random.ts';
import { DAY_MS, START_MS } from '../world.ts';

/** Objects of records, as the connector names them, and their types. */
export const TYPES = { companies: COMPANY, deals: DEAL, calls: CALL } as const;
export type Records = keyof typeof TYPES;
export const TIERS = ['Registered', 'Silver', 'Gold'];
export const STAGES = [
  'appointmentscheduled',
  'qualifiedtobuy',
  'presentationscheduled',
  'decisionmakerboughtin',
  'contractsent',
  'closedwon',
  'closedlost',
];

/** Properties that come and go while syncs run; the mapping calls them optional. */
export const MOVING = [
  ['deals', 'product'],
  ['companies', 'partner_tier'],
  ['deals', 'registered_at'],
  ['deals', 'deal_source'],
] as const;

const TEXT = { type: 'string', fieldType: 'text' };
const LONG = { type: 'string', fieldType: 'textarea' };
const NUMBER = { type: 'number', fieldType: 'number' };
const DEFINITIONS: Record<string, Record<string, Record<string, unknown>>> = {
  companies: {
    is_partner: {
      type: 'bool',
      fieldType: 'booleancheckbox',
      options: optionList(['true=Yes', 'false=No']),
    },
    partner_tier: { type: 'enumeration', fieldType: 'select', options: optionList(TIERS) },
    hw_score: NUMBER,
    hw_reasons: LONG,
    hw_next: TEXT,
    hw_forecast: NUMBER,
  },
  deals: {
    product: TEXT,
    registered_at: { type: 'datetime', fieldType: 'date' },
    deal_source: TEXT,
    hw_win: NUMBER,
    hw_win_reasons: LONG,
    hw_health: TEXT,
    hw_deal_next: TEXT,
  },
};
const GROUP = 'chaos';

export const typeOf = (portal: Portal, object: string): ObjectType =>
  portal.types.get(TYPES[object as Records]);
export const people = (atMs: number): WriteContext => ({ atMs, source: PERSON });
const PERSON: Source = { sourceType: 'CRM_UI', sourceId: 'userId:1', userId: 1 };

/** Makes a property of the list above. */
export function addProperty(portal: Portal, object: string, name: string): void {
  const type = typeOf(portal, object);
  if (!portal.catalog.hasGroup(type, GROUP))
    portal.catalog.createGroup(type, {
      name: GROUP,
      label: 'Chaos',
      displayOrder: -1,
      archived: false,
    });
  portal.catalog.create(
    type,
    definitionFrom(
      { name, label: name, groupName: GROUP, ...DEFINITIONS[object]![name] },
      portal.nowMs(),
    ),
  );
}

export function link(
  portal: Portal,
  fromType: string,
  fromId: string,
  toType: string,
  toId: string,
  label: string | null,
  atMs: number,
): void {
  const kind = portal.associationTypes
    .between(fromType, toType)
    .find((each) => each.label === label);
  if (kind === undefined) throw new Error(`no association ${label} from ${fromType} to ${toType}`);
  linkRecords(portal, fromId, toId, [kind], { atMs, source: PERSON });
}

export const create = (
  portal: Portal,
  object: Records,
  properties: Record<string, unknown>,
  context: WriteContext,
): HubRecord => {
  const type = typeOf(portal, object);
  return createRecord(portal, type, checkChanges(portal, type, null, properties), context);
};

export const update = (
  portal: Portal,
  object: Records,
  record: HubRecord,
  properties: Record<string, unknown>,
  context: WriteContext,
): HubRecord => {
  const type = typeOf(portal, object);
  return updateRecord(
    portal,
    type,
    record,
    checkChanges(portal, type, record, properties),
    context,
  );
};

/** The schema, and about thirty records with their histories and links. */
export function fillPortal(portal: Portal, seed: number): void {
  for (const [object, properties] of Object.entries(DEFINITIONS))
    for (const name of Object.keys(properties)) addProperty(portal, object, name);
  for (const label of ['Partner', 'Influencer'])
    portal.associationTypes.define(portal.types.get(DEAL), portal.types.get(COMPANY), {
      name: label.toLowerCase(),
      label,
      inverseLabel: `${label} of`,
    });
  const dice = random(seed);
  let atMs = START_MS - 300 * DAY_MS;
  const context = (): WriteContext => ({ ...people(atMs), loading: true });
  const later = (): number =>
    (atMs += dice.chance(0.3) ? 0 : dice.between(1, 9) * DAY_MS + dice.int(3_600_000));
  const partners = Array.from({ length: 3 }, (_, i) => {
    later();
    return create(
      portal,
      'companies',
      {
        name: `Partner ${i}`,
        is_partner: true,
        country: 'DE',
        industry: 'MACHINERY',
        partner_tier: 'Gold',
      },
      context(),
    ).id;
  });
  const customers = Array.from(
    { length: 4 },
    (_, i) =>
      create(
        portal,
        'companies',
        { name: `Customer ${i}`, country: dice.pick(['DE', 'US', 'FR']) },
        context(),
      ).id,
  );
  link(portal, COMPANY, customers[0]!, COMPANY, partners[0]!, 'Parent Company', atMs);
  for (let i = 0; i < 9; i++) {
    later();
    const named = dice.chance(0.5) ? dice.pick(partners) : null;
    let deal = create(
      portal,
      'deals',
      {
        dealname: `Deal ${i}`,
        dealstage: 'appointmentscheduled',
        amount: dice.between(1, 90) * 1000,
        closedate: atMs + dice.between(20, 120) * DAY_MS,
        createdate: atMs,
        product: dice.pick(['Pump', 'Valve']),
        registered_at: named === null ? null : atMs,
      },
      context(),
    );
    link(portal, DEAL, deal.id, COMPANY, dice.pick(customers), 'Primary', atMs);
    if (named !== null) link(portal, DEAL, deal.id, COMPANY, named, 'Partner', atMs);
    if (dice.chance(0.4))
      link(portal, DEAL, deal.id, COMPANY, dice.pick(partners), 'Influencer', atMs);
    for (let moves = dice.between(0, 2); moves > 0; moves--) {
      later();
      deal = update(portal, 'deals', deal, { dealstage: dice.pick(STAGES) }, context());
    }
    if (!dice.chance(0.7)) continue;
    const call = create(
      portal,
      'calls',
      {
        hs_call_title: `Call ${i}`,
        hs_timestamp: atMs,
        hs_call_status: dice.pick(['COMPLETED', 'QUEUED']),
      },
      context(),
    );
    link(portal, CALL, call.id, DEAL, deal.id, null, atMs);
  }
}
