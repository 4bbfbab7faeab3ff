import { HubSpotError } from '../../../src/sandbox/hubspot/model/errors.ts';
import { CALL, COMPANY, DEAL } from '../../../src/sandbox/hubspot/model/object-types.ts';
import type { HubRecord } from '../../../src/sandbox/hubspot/model/types.ts';
import type { Portal } from '../../../src/sandbox/hubspot/portal.ts';
import { optionList } from '../../../src/sandbox/hubspot/properties/compact.ts';
import { mergeRecords } from '../../../src/sandbox/hubspot/records/merge.ts';
import {
  archiveRecord,
  purgeRecord,
  restoreRecord,
} from '../../../src/sandbox/hubspot/records/write.ts';
import type { Change, Mutation } from '../schedule.ts';
import { COUNTRIES, DAY_MS } from '../world.ts';
import { WRITTEN } from './mapping.ts';
import {
  addProperty,
  create,
  link,
  MOVING,
  people,
  STAGES,
  TIERS,
  type Records,
  typeOf,
  update,
} from './rows.ts';
import type { PortalWatch } from './watch.ts';

const OBJECT = { account: 'companies', deal: 'deals', activity: 'calls' } as const;
const PARTNER_LABELS = ['Partner', 'Influencer'];
/**
 * The rule of the portal's admin that comes and goes; it names the properties that a write needs.
 */
const RULE = { typeId: DEAL, require: 'product', when: null };

/**
 * What people do in HubSpot. A change is there at once; what a late one delays is the search index.
 */
export class People {
  readonly #portal: Portal;
  readonly #watch: PortalWatch;

  constructor(portal: Portal, watch: PortalWatch) {
    this.#portal = portal;
    this.#watch = watch;
  }

  do({ mutation, delayMs }: Change): void {
    const { switches } = this.#portal.settings;
    const usual = switches.searchLagMs;
    const before = delayMs > this.#watch.settleMs ? this.#watch.stamps() : null;
    switches.searchLagMs = Math.max(usual, delayMs);
    try {
      mutate(this.#portal, mutation, this.#portal.nowMs());
    } catch (error) {
      // A mutation that HubSpot refuses is no mutation.
      if (!(error instanceof HubSpotError)) throw error;
    } finally {
      switches.searchLagMs = usual;
    }
    if (before !== null) this.#watch.excuse(before);
    this.#watch.observe();
  }
}

/** The record that `share` of the way through them points at, in id order. */
function pick(
  portal: Portal,
  object: Records,
  share: number,
  archived = false,
): HubRecord | undefined {
  const records = [...portal.table(typeOf(portal, object)).all()]
    .filter((record) => (record.archivedMs !== null) === archived)
    .sort((a, b) => a.number - b.number);
  return records[Math.floor(share * records.length)];
}

function mutate(portal: Portal, mutation: Mutation, atMs: number): void {
  const context = people(atMs);
  const change = (object: Records, share: number, properties: Record<string, unknown>): void => {
    const record = pick(portal, object, share);
    if (record !== undefined) update(portal, object, record, properties, context);
  };
  switch (mutation.op) {
    case 'edit':
      return edit(portal, mutation, atMs);
    case 'stage':
      return change('deals', mutation.pick, { dealstage: STAGES[mutation.what % STAGES.length] });
    case 'add':
      return add(portal, mutation, atMs);
    case 'remove':
      return remove(portal, mutation, atMs);
    case 'undelete':
      return restore(portal, mutation.pick, atMs);
    case 'merge':
      return merge(portal, mutation, atMs);
    case 'retype':
      return change('companies', mutation.pick, { is_partner: mutation.what % 2 === 0 });
    case 'human': {
      const { field, numeric } = WRITTEN[OBJECT[mutation.thing]]![mutation.what % 4]!;
      const value =
        mutation.what % 7 === 0
          ? ''
          : numeric
            ? 1 + (mutation.what % 90) + 0.5
            : `typed ${mutation.what}`;
      return change(OBJECT[mutation.thing], mutation.pick, { [field]: value });
    }
    case 'sameInstant': {
      const object = OBJECT[mutation.thing];
      for (const record of [...portal.table(typeOf(portal, object)).all()])
        if (record.archivedMs === null)
          update(
            portal,
            object,
            record,
            object === 'calls'
              ? { hs_call_duration: atMs % 100_000 }
              : { hs_next_step: `call ${atMs}` },
            context,
          );
      return;
    }
    case 'field':
      return moveProperty(portal, mutation.what, atMs);
    case 'picklist':
      return mutation.what % 2 === 0
        ? moveOption(portal, mutation.what)
        : reweigh(portal, mutation.what, atMs);
    case 'rule':
      portal.rules.splice(0, portal.rules.length, ...(mutation.on ? [RULE] : []));
      return;
    // No jobs here: pages come short instead.
    case 'jobsGone':
      portal.settings.switches.pageShrink = 3;
      return;
  }
}

function edit(
  portal: Portal,
  { thing, pick: share, what }: Extract<Mutation, { op: 'edit' }>,
  atMs: number,
): void {
  const record = pick(portal, OBJECT[thing], share);
  if (record === undefined) return;
  const has = (name: string): boolean =>
    portal.catalog.find(typeOf(portal, OBJECT[thing]), name) !== null;
  if (thing === 'account' && what % 5 === 2) {
    const parent = pick(portal, 'companies', (what % 97) / 97);
    if (parent !== undefined && parent !== record)
      link(portal, COMPANY, record.id, COMPANY, parent.id, 'Parent Company', atMs);
    return;
  }
  const properties: Record<string, unknown> =
    thing === 'activity'
      ? what % 2 === 0
        ? { hs_call_status: what % 4 === 0 ? 'COMPLETED' : 'NO_ANSWER' }
        : { hs_timestamp: atMs - (what % 40) * DAY_MS }
      : thing === 'account'
        ? [
            { name: `Renamed ${what}` },
            { country: COUNTRIES[what % COUNTRIES.length] },
            {},
            has('partner_tier') ? { partner_tier: TIERS[what % 3] } : {},
            {},
          ][what % 5]!
        : [
            { amount: (what % 90) * 1000 },
            { closedate: atMs + (what % 100) * DAY_MS },
            has('product') ? { product: `P${what % 7}` } : {},
            { dealname: `Deal renamed ${what}` },
            { amount: '' },
          ][what % 5]!;
  update(portal, OBJECT[thing], record, properties, people(atMs));
}

function add(
  portal: Portal,
  { thing, pick: share, what }: Extract<Mutation, { op: 'add' }>,
  atMs: number,
): void {
  const company = pick(portal, 'companies', share);
  const deal = pick(portal, 'deals', share);
  const context = people(atMs);
  switch (thing) {
    case 'account':
      create(
        portal,
        'companies',
        {
          name: `New ${what}`,
          is_partner: what % 2 === 0,
          country: COUNTRIES[what % COUNTRIES.length],
        },
        context,
      );
      return;
    case 'deal': {
      const made = create(
        portal,
        'deals',
        {
          dealname: `New deal ${what}`,
          dealstage: STAGES[what % STAGES.length],
          amount: what * 100,
          closedate: atMs + 30 * DAY_MS,
        },
        context,
      );
      if (company !== undefined)
        link(
          portal,
          DEAL,
          made.id,
          COMPANY,
          company.id,
          what % 3 === 0 ? 'Partner' : 'Primary',
          atMs,
        );
      return;
    }
    case 'activity': {
      const made = create(
        portal,
        'calls',
        {
          hs_call_title: `New call ${what}`,
          hs_timestamp: atMs,
          hs_call_status: what % 2 === 0 ? 'COMPLETED' : 'QUEUED',
        },
        context,
      );
      if (deal !== undefined) link(portal, CALL, made.id, DEAL, deal.id, null, atMs);
      return;
    }
    // Nobody's stamp moves.
    case 'role':
      if (company !== undefined && deal !== undefined)
        link(portal, DEAL, deal.id, COMPANY, company.id, PARTNER_LABELS[what % 2]!, atMs);
  }
}

function remove(
  portal: Portal,
  { thing, pick: share, hard }: Extract<Mutation, { op: 'remove' }>,
  atMs: number,
): void {
  if (thing === 'role') {
    const deals = [...portal.table(typeOf(portal, 'deals')).all()].flatMap((deal) =>
      portal.links.of(DEAL, deal.id, COMPANY).map((to) => ({ deal, to })),
    );
    const found = deals[Math.floor(share * deals.length)];
    if (found !== undefined)
      portal.links.remove(
        DEAL,
        found.deal.id,
        COMPANY,
        found.to.toId,
        hard ? null : found.to.types.filter((type) => PARTNER_LABELS.includes(type.label ?? '')),
      );
    return;
  }
  const type = typeOf(portal, OBJECT[thing]);
  const record = pick(portal, OBJECT[thing], share);
  if (record === undefined) return;
  if (hard) purgeRecord(portal, type, record);
  else archiveRecord(portal, type, record, people(atMs));
}

function restore(portal: Portal, share: number, atMs: number): void {
  const archived = (['companies', 'deals', 'calls'] as const).flatMap((object) =>
    [...portal.table(typeOf(portal, object)).all()]
      .filter((record) => record.archivedMs !== null)
      .map((record) => ({ object, record })),
  );
  const found = archived[Math.floor(share * archived.length)];
  if (found !== undefined)
    restoreRecord(portal, typeOf(portal, found.object), found.record, people(atMs));
}

function merge(
  portal: Portal,
  { pick: share, other }: Extract<Mutation, { op: 'merge' }>,
  atMs: number,
): void {
  const object = Math.floor(share * 1000) % 4 === 0 ? 'deals' : 'companies';
  const [winner, loser] = [pick(portal, object, share), pick(portal, object, other)];
  if (winner !== undefined && loser !== undefined && winner !== loser)
    mergeRecords(portal, typeOf(portal, object), winner.id, loser.id, people(atMs));
}

/** An optional property is archived, or made anew. */
function moveProperty(portal: Portal, what: number, atMs: number): void {
  const [object, name] = MOVING[what % MOVING.length]!;
  if (portal.catalog.find(typeOf(portal, object), name) !== null)
    portal.catalog.archive(typeOf(portal, object), name, atMs);
  else addProperty(portal, object, name);
}

/** An option of a tier goes, though records hold it; or all come back. */
function moveOption(portal: Portal, what: number): void {
  const type = typeOf(portal, 'companies');
  const tier = portal.catalog.find(type, 'partner_tier');
  if (tier !== null)
    portal.catalog.replace(type, {
      ...tier,
      options: optionList(
        tier.options.length < TIERS.length
          ? TIERS
          : TIERS.filter((_, i) => i !== what % TIERS.length),
      ),
    });
}

/** An open stage is given other odds and another name. */
function reweigh(portal: Portal, what: number, atMs: number): void {
  portal.pipelines.changeStage(
    'default',
    STAGES[what % 5]!,
    { label: `Stage ${what}`, metadata: { probability: (1 + (what % 8)) / 10 } },
    atMs,
  );
}
