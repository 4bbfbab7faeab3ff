/**
 * Brings a world into a Salesforce org: its history as seeded rows with their true stamps, and what
 * happens later as ordinary saves by the people who own the records, so that rules, history, merges
 * and refusals are the org's own.
 */
import type { World, WorldEvent } from '../world/events.ts';
import { attendeesOf } from './load/deal-records.ts';
import { WorldIds } from './load/ids.ts';
import type { NewRecord, RecordContext } from './load/record.ts';
import { dealPartner, recordOf, stageName } from './load/records.ts';
import { addChannelSchema, assignChannel } from './load/schema.ts';
import { channelNames, type ChannelNames, type OrgStyle } from './load/style.ts';
import type { OrgUser, Row, SalesforceFault, SaveOptions, SaveResult } from './org-types.ts';
import type { SandboxOrg } from './org.ts';

/** Activities older than this are never named again, so their ids need not be kept. */
const ACTIVITY_MEMORY_MS = 60 * 86_400_000;
/** Kinds that no later event names. */
const FORGOTTEN = new Set<WorldEvent['kind']>([
  'campaignMember',
  'lead',
  'target',
  'certification',
  'cost',
  'signal',
  'teamMember',
  'quote',
  'order',
]);

export interface LoadOptions {
  /** told after every so many events how many events and deals there are */
  onProgress?: (events: number, deals: number) => void;
  /** What the channel's schema looks like in this org. */
  style?: OrgStyle;
}
export interface LoadedWorld {
  /** events applied */
  events: number;
  /** to be given to users who come later, so that they see the channel's fields */
  permissionSetId: string;
  provenance: string;
}
/**
 * What the org made of live events; a refusal leaves the rest to go on, for a person may have
 * changed the record meanwhile.
 */
export interface AppliedEvents {
  applied: number;
  refused: { event: WorldEvent; faults: SalesforceFault[] }[];
}

const PROGRESS_EVERY = 10_000;
const loaded = new WeakMap<SandboxOrg, Applier>();

/** Applies events to one org; `seeding` says whether as history or as live changes. */
class Applier {
  readonly #org: SandboxOrg;
  readonly #context: RecordContext;
  readonly #names: ChannelNames;
  readonly #leavers: string[] = [];
  seeding = true;

  constructor(org: SandboxOrg, provenance: string, style: OrgStyle) {
    this.#org = org;
    this.#names = channelNames(org, style);
    const multiCurrency =
      org.object('Opportunity')?.fields.some((field) => field.name === 'CurrencyIsoCode') === true;
    const prm =
      org.object('Opportunity')?.fields.some((field) => field.name === 'PartnerAccountId') === true;
    this.#context = {
      org,
      ids: new WorldIds(org, addChannelSchema(org, this.#names)),
      provenance,
      prm,
      multiCurrency,
    };
  }

  get permissionSetId(): string {
    return this.#context.ids.permissionSetId;
  }

  #options(atMs: number): SaveOptions {
    return this.seeding ? { atMs, seeding: true } : { atMs };
  }

  /** Applies one event. Throws only when the world contradicts itself. */
  apply(event: WorldEvent): SaveResult {
    const { ids } = this.#context;
    switch (event.kind) {
      case 'user':
        return this.#user(event);
      case 'dealChange':
        return this.#change(event);
      case 'milestoneDone':
        return this.#done(event);
      case 'accountMerge':
        return this.#org.merge(
          ids.ownerOf(ids.of(event.winnerId)),
          ids.of(event.winnerId),
          [ids.of(event.loserId)],
          this.#options(event.atMs),
        );
      case 'delete':
        return this.#org.remove(
          ids.ownerOf(ids.of(event.id)),
          ids.of(event.id),
          this.#options(event.atMs),
        );
      case 'undelete':
        return this.#org.undelete(
          ids.ownerOf(ids.of(event.id)),
          ids.of(event.id),
          this.#options(event.atMs),
        );
      default:
        return this.#create(event);
    }
  }

  #done({ id, doneOn, atMs }: Extract<WorldEvent, { kind: 'milestoneDone' }>): SaveResult {
    const object = 'Plan_Milestone__c';
    const recordId = this.#context.ids.find(id);
    // An org without plans has no milestones either.
    if (recordId === undefined) return { ok: true, id: '', created: false };
    return this.#org.update(
      this.#context.ids.ownerOf(recordId),
      this.#names.object(object),
      recordId,
      this.#names.row(object, { Done_On__c: doneOn }),
      this.#options(atMs),
    );
  }

  #user(event: Extract<WorldEvent, { kind: 'user' }>): SaveResult {
    const [firstName = '', ...rest] = event.name.split(' ');
    const user = this.#org.addUser({
      username: event.email,
      firstName,
      lastName: rest.join(' ') || firstName,
      email: event.email,
      ...this.#access(event.contactId),
      permissionSetIds: [this.permissionSetId],
      atMs: event.atMs,
    });
    this.#context.ids.rememberUser(event.id, user);
    if (!event.active) this.#leavers.push(user.id);
    return { ok: true, id: user.id, created: true };
  }

  /** A partner's person is a portal user; without partner management one with a licence of ours. */
  #access(contactId: string | undefined): { profile: string; contactId?: string } {
    return contactId === undefined || !this.#context.prm
      ? { profile: 'Standard User' }
      : { profile: 'Partner Community User', contactId: this.#context.ids.of(contactId) };
  }

  #create(event: WorldEvent): SaveResult {
    const usual = this.#lacks(event) ? null : recordOf(this.#context, event);
    if (usual === null) return { ok: true, id: '', created: false };
    if (!usual) throw new Error(`no record for an event of kind ${event.kind}`);
    const record: NewRecord = {
      ...usual,
      object: this.#names.object(usual.object),
      fields: this.#names.row(usual.object, usual.fields),
    };
    // An org without teams or quotes knows nothing of them.
    if (!this.#org.object(record.object)) return { ok: true, id: '', created: false };
    const result = this.#insert(record, event.atMs);
    if (!result.ok || !('id' in event)) return result;
    const old = event.kind === 'activity' && event.atMs < this.#org.nowMs() - ACTIVITY_MEMORY_MS;
    if (!old && !FORGOTTEN.has(event.kind)) this.#context.ids.remember(event.id, result.id);
    return this.#besides(event, record, result);
  }

  /**
   * Rows that stand beside the new one: a deal's partner, the others in a meeting, an order's
   * activation.
   */
  #besides(
    event: WorldEvent,
    { user, object }: NewRecord,
    made: SaveResult & { ok: true },
  ): SaveResult {
    if (event.kind === 'order')
      return this.#org.update(
        user,
        object,
        made.id,
        { Status: 'Activated' },
        this.#options(event.atMs),
      );
    const rows =
      event.kind === 'activity'
        ? attendeesOf(this.#context, event, made.id, user)
        : event.kind === 'deal'
          ? [dealPartner(this.#context, event)].filter((row) => row !== null)
          : [];
    let last: SaveResult = made;
    for (const row of rows) {
      last = this.#insert(row, event.atMs);
      if (!last.ok) return last;
    }
    return last;
  }

  /**
   * Live, a person sets what people may set; the rest (such as the partner of a partner's own deal)
   * the server fills in at the same second.
   */
  #insert({ object, fields, user }: NewRecord, atMs: number): SaveResult {
    if (this.seeding) return this.#org.insert(user, object, fields, { atMs, seeding: true });
    const createable = new Set(
      this.#org
        .object(object)
        ?.fields.filter((field) => field.createable)
        .map((field) => field.name),
    );
    const byPerson: Row = {};
    const byServer: Row = {};
    for (const [name, value] of Object.entries(fields))
      (createable.has(name) ? byPerson : byServer)[name] = value;
    const result = this.#org.insert(user, object, byPerson, { atMs });
    if (result.ok && Object.keys(byServer).length > 0)
      this.#org.update(user, object, result.id, byServer, { atMs, seeding: true });
    return result;
  }

  /** Parts of something that an org without the channel's schema does not have. */
  #lacks(event: WorldEvent): boolean {
    const part = event.kind === 'target' || event.kind === 'milestone';
    return part && this.#context.ids.find(event.planId) === undefined;
  }

  #change(event: Extract<WorldEvent, { kind: 'dealChange' }>): SaveResult {
    const { ids } = this.#context;
    const fields: Row = {};
    if (event.stage !== undefined) fields['StageName'] = stageName(event.stage);
    if (event.amount !== undefined) fields['Amount'] = event.amount;
    if (event.closeOn !== undefined) fields['CloseDate'] = event.closeOn;
    if (event.ownerId !== undefined) fields['OwnerId'] = ids.of(event.ownerId);
    if (event.registrationStatus !== undefined) {
      fields['Registration_Status__c'] = event.registrationStatus;
      fields['Registration_Decided_At__c'] = Math.floor(event.atMs / 1000) * 1000;
    }
    if (event.protectedUntil !== undefined) fields['Protected_Until__c'] = event.protectedUntil;
    if (event.name !== undefined) fields['Name'] = event.name;
    return this.#org.update(
      this.#acting(event.byId),
      'Opportunity',
      ids.of(event.id),
      this.#names.row('Opportunity', fields),
      this.#options(event.atMs),
    );
  }

  #acting(worldId: string): OrgUser {
    return this.#context.ids.user(worldId);
  }

  /**
   * Those who have left are switched off once their records are in: an
   * inactive user cannot be given any.
   */
  endSeeding(): void {
    for (const id of this.#leavers.splice(0))
      this.#org.update(this.#org.admin, 'User', id, { IsActive: false }, { seeding: true });
    for (const user of this.#org.users())
      if (!user.permissionSetIds.has(this.permissionSetId))
        assignChannel(this.#org, this.permissionSetId, user.id);
    this.seeding = false;
  }
}

/**
 * Seeds a new org with a world's history. Adds the channel's custom fields and objects first.
 * Throws when an event is refused:
 * history that the org will not take is a fault of the world.
 */
export function loadWorld(org: SandboxOrg, world: World, options: LoadOptions = {}): LoadedWorld {
  const applier = new Applier(org, world.provenance, options.style ?? 'usual');
  let events = 0;
  let deals = 0;
  for (const event of world.events()) {
    const result = applier.apply(event);
    if (!result.ok)
      throw new Error(
        `the org refused a seeded ${event.kind} (${JSON.stringify(event).slice(0, 200)}): ${result.faults.map((fault) => `${fault.errorCode} ${fault.message}`).join('; ')}`,
      );
    events += 1;
    if (event.kind === 'deal') deals += 1;
    if (events % PROGRESS_EVERY === 0) options.onProgress?.(events, deals);
  }
  applier.endSeeding();
  loaded.set(org, applier);
  return { events, permissionSetId: applier.permissionSetId, provenance: world.provenance };
}

/**
 * Lets what the world did happen in the org, as saves of the people concerned, stamped with the
 * time of each event. The org must have been seeded by `loadWorld`.
 */
export function applyEvents(org: SandboxOrg, events: Iterable<WorldEvent>): AppliedEvents {
  const applier = loaded.get(org);
  if (!applier) throw new Error('this org holds no world: call loadWorld first');
  const report: AppliedEvents = { applied: 0, refused: [] };
  for (const event of events) {
    const result = applier.apply(event);
    if (result.ok) report.applied += 1;
    else report.refused.push({ event, faults: result.faults });
  }
  return report;
}
