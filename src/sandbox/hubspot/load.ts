/**
 * Brings a world into a portal: its history with true past stamps and property history, and what
 * happens later as ordinary changes by the people who own the records, heard by webhooks and
 * late in search like any other.
 */
import type { WorldEvent } from '../world/events.ts';
import { linkRecords } from './http/associate.ts';
import { addChannelSchema, type ChannelSchema, stageIdOf } from './load/channel-schema.ts';
import type { NewLink, NewRecord, RecordContext } from './load/record.ts';
import { recordOf } from './load/records.ts';
import { HubSpotError } from './model/errors.ts';
import { COMPANY, CONTACT, DEAL } from './model/object-types.ts';
import { instant } from './model/text.ts';
import type { HubRecord, ObjectType, Source } from './model/types.ts';
import type { Portal } from './portal.ts';
import { mergeRecords } from './records/merge.ts';
import {
  archiveRecord,
  checkChanges,
  createRecord,
  liveRecord,
  restoreRecord,
  updateRecord,
  type WriteContext,
} from './records/write.ts';

export interface LiveReport {
  applied: number;
  /** a person may have changed the record meanwhile; the rest goes on */
  refused: { event: WorldEvent; message: string }[];
}

const FIRST_OWNER = 70_214_000;
/** Older portals' owner ids are not their user ids. */
const USER_OFFSET = 24_611_000;

export class WorldLoader {
  readonly #portal: Portal;
  readonly #schema: ChannelSchema;
  readonly #context: RecordContext;
  /** World id -> HubSpot id. */
  readonly #ids = new Map<string, string>();
  readonly #activityTypes = new Map<string, string>();
  readonly #leavers: string[] = [];
  #loading = true;

  constructor(portal: Portal, provenance: string) {
    this.#portal = portal;
    this.#schema = addChannelSchema(portal);
    this.#context = {
      portal,
      schema: this.#schema,
      provenance,
      idOf: (worldId) => this.idOf(worldId),
    };
  }

  /** The HubSpot id of a thing of the world. Throws when it does not exist yet. */
  idOf(worldId: string): string {
    const id = this.#ids.get(worldId);
    if (id === undefined) throw new Error(`the world names ${worldId} before it exists`);
    return id;
  }

  /**
   * Seeds a new portal. Throws when an event is refused: history that the portal will not take is a
   * fault of the world. Returns the number of events.
   */
  seed(events: Iterable<WorldEvent>): number {
    let count = 0;
    for (const event of events) {
      this.#apply(event);
      count += 1;
    }
    // Those who have left are switched off once their records are in.
    for (const id of this.#leavers.splice(0)) this.#deactivate(id);
    this.#loading = false;
    return count;
  }

  /** Lets events happen now. */
  live(events: Iterable<WorldEvent>): LiveReport {
    const report: LiveReport = { applied: 0, refused: [] };
    for (const event of events) {
      try {
        this.#apply(event);
        report.applied += 1;
      } catch (error) {
        if (!(error instanceof HubSpotError)) throw error;
        report.refused.push({ event, message: error.message });
      }
    }
    return report;
  }

  #apply(event: WorldEvent): void {
    switch (event.kind) {
      case 'user':
        return this.#user(event);
      case 'dealChange':
        return this.#dealChange(event);
      case 'teamMember':
        return this.#change(
          this.#portal.types.get(DEAL),
          event.dealId,
          { sales_engineer: this.idOf(event.userId) },
          event.atMs,
          null,
        );
      case 'milestoneDone':
        return this.#change(
          this.#portal.typeNamed('plan_milestone'),
          event.id,
          { done_on: event.doneOn },
          event.atMs,
          null,
        );
      case 'campaignMember':
        return this.#campaignMember(event);
      case 'accountMerge': {
        mergeRecords(
          this.#portal,
          this.#portal.types.get(COMPANY),
          this.idOf(event.winnerId),
          this.idOf(event.loserId),
          this.#writeContext(event.atMs, null),
        );
        return;
      }
      case 'delete': {
        const type = this.#typeOf(event);
        return archiveRecord(
          this.#portal,
          type,
          liveRecord(this.#portal, type, this.idOf(event.id)),
          this.#writeContext(event.atMs, null),
        );
      }
      case 'undelete': {
        const type = this.#typeOf(event);
        const record = this.#portal.table(type).get(this.idOf(event.id));
        if (record === null)
          throw new HubSpotError(
            404,
            'OBJECT_NOT_FOUND',
            `${event.of} ${event.id} is gone for good`,
          );
        return restoreRecord(this.#portal, type, record, this.#writeContext(event.atMs, null));
      }
      default:
        return this.#create(event);
    }
  }

  #writeContext(atMs: number, ownerId: string | null): WriteContext {
    const userId = (ownerId === null ? undefined : this.#portal.owners.get(ownerId)?.userId) ?? 1;
    return { atMs, source: sourceOf(userId), loading: this.#loading };
  }

  #user(event: Extract<WorldEvent, { kind: 'user' }>): void {
    const number = FIRST_OWNER + this.#portal.owners.size * 7;
    const [firstName = '', ...rest] = event.name.split(' ');
    const id = String(number);
    this.#portal.owners.set(id, {
      id,
      email: event.email,
      firstName,
      lastName: rest.join(' '),
      userId: number - USER_OFFSET,
      createdMs: event.atMs,
      updatedMs: event.atMs,
      archived: false,
    });
    this.#ids.set(event.id, id);
    if (event.active) return;
    if (this.#loading) this.#leavers.push(id);
    else this.#deactivate(id);
  }

  #deactivate(ownerId: string): void {
    const owner = this.#portal.owners.get(ownerId);
    if (owner !== undefined) owner.archived = true;
  }

  #create(event: WorldEvent): void {
    const made = recordOf(this.#context, event);
    if (made === null) throw new Error(`no record for an event of kind ${event.kind}`);
    const record = this.#insert(made, event.atMs);
    if ('id' in event) this.#ids.set(event.id, record.id);
    if (event.kind === 'activity') this.#activityTypes.set(event.id, made.type.id);
  }

  #insert({ type, properties, links, ownerId }: NewRecord, atMs: number): HubRecord {
    const set = Object.fromEntries(
      Object.entries(properties).filter(([, value]) => value !== null && value !== ''),
    );
    const context = this.#writeContext(atMs, ownerId);
    const record = createRecord(
      this.#portal,
      type,
      checkChanges(this.#portal, type, null, set),
      context,
    );
    for (const link of links) this.#link(type, record.id, link, context);
    return record;
  }

  #link(
    from: ObjectType,
    fromId: string,
    { toTypeId, toId, kinds }: NewLink,
    context: WriteContext,
  ): void {
    const to = this.#portal.types.get(toTypeId);
    // A thing that was merged away since is linked where it lives on.
    const target = this.#portal.table(to).mergedInto(toId) ?? toId;
    linkRecords(
      this.#portal,
      fromId,
      target,
      kinds ?? [this.#portal.associationTypes.plain(from, to)],
      context,
    );
  }

  #dealChange(event: Extract<WorldEvent, { kind: 'dealChange' }>): void {
    const properties: Record<string, unknown> = {};
    if (event.stage !== undefined)
      properties['dealstage'] = stageIdOf(this.#portal, this.#schema, event.stage);
    if (event.amount !== undefined) properties['amount'] = event.amount;
    if (event.closeOn !== undefined) properties['closedate'] = event.closeOn;
    if (event.ownerId !== undefined) properties['hubspot_owner_id'] = this.idOf(event.ownerId);
    if (event.registrationStatus !== undefined) {
      properties['registration_status'] = event.registrationStatus;
      properties['registration_decided_at'] = instant(event.atMs);
    }
    if (event.protectedUntil !== undefined) properties['protected_until'] = event.protectedUntil;
    if (event.name !== undefined) properties['dealname'] = event.name;
    this.#change(
      this.#portal.types.get(DEAL),
      event.id,
      properties,
      event.atMs,
      this.#ids.get(event.byId) ?? null,
    );
  }

  #change(
    type: ObjectType,
    worldId: string,
    properties: Record<string, unknown>,
    atMs: number,
    byOwnerId: string | null,
  ): void {
    const record = liveRecord(this.#portal, type, this.idOf(worldId));
    updateRecord(
      this.#portal,
      type,
      record,
      checkChanges(this.#portal, type, record, properties),
      this.#writeContext(atMs, byOwnerId),
    );
  }

  #campaignMember(event: Extract<WorldEvent, { kind: 'campaignMember' }>): void {
    // Whether the person answered has no place on a plain association.
    this.#link(
      this.#portal.typeNamed('partner_campaign'),
      this.idOf(event.campaignId),
      { toTypeId: CONTACT, toId: this.idOf(event.contactId) },
      this.#writeContext(event.atMs, null),
    );
  }

  #typeOf(event: { of: 'account' | 'deal' | 'activity' | 'contact'; id: string }): ObjectType {
    const typeId = {
      account: COMPANY,
      deal: DEAL,
      contact: CONTACT,
      activity: this.#activityTypes.get(event.id) ?? '',
    }[event.of];
    return this.#portal.types.get(typeId);
  }
}

const sources = new Map<number, Source>();

/** One object per user, shared by all the versions that they made. */
function sourceOf(userId: number): Source {
  let source = sources.get(userId);
  if (source === undefined)
    sources.set(userId, (source = { sourceType: 'CRM_UI', sourceId: `userId:${userId}`, userId }));
  return source;
}
