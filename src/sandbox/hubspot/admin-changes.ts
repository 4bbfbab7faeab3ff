/**
 * Changes that people make in HubSpot itself, past the API: the control plane's `POST /records`.
 */
import * as z from 'zod';
import type { Site } from './http/site.ts';
import { announceLink, linkRecords } from './http/associate.ts';
import { HubSpotError } from './model/errors.ts';
import { COMPANY, DEAL } from './model/object-types.ts';
import type { Source } from './model/types.ts';
import type { Portal } from './portal.ts';
import { mergeRecords } from './records/merge.ts';
import {
  archiveRecord,
  checkChanges,
  createRecord,
  liveRecord,
  purgeRecord,
  restoreRecord,
  updateRecord,
  type WriteContext,
} from './records/write.ts';
import { changeSetUp, setUpChanges } from './set-up-changes.ts';
import type { WebhookSender } from './webhooks/sender.ts';

const values = z.record(z.string(), z.unknown());
const at = { atMs: z.number().optional(), userId: z.number().int().default(1) };
const change = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('create'), object: z.string(), properties: values, ...at }),
  z.strictObject({
    do: z.literal('update'),
    object: z.string(),
    id: z.string(),
    properties: values,
    ...at,
  }),
  z.strictObject({ do: z.literal('archive'), object: z.string(), id: z.string(), ...at }),
  z.strictObject({ do: z.literal('purge'), object: z.string(), id: z.string() }),
  z.strictObject({ do: z.literal('restore'), object: z.string(), id: z.string(), ...at }),
  z.strictObject({
    do: z.literal('merge'),
    object: z.string(),
    winnerId: z.string(),
    loserId: z.string(),
    ...at,
  }),
  z.strictObject({
    do: z.literal('associate'),
    from: z.string(),
    fromId: z.string(),
    to: z.string(),
    toId: z.string(),
    label: z.string().optional(),
    ...at,
  }),
  z.strictObject({
    do: z.literal('dissociate'),
    from: z.string(),
    fromId: z.string(),
    to: z.string(),
    toId: z.string(),
    ...at,
  }),
  z.strictObject({ do: z.literal('archiveProperty'), object: z.string(), name: z.string() }),
  ...setUpChanges,
  z.strictObject({
    do: z.literal('addRule'),
    object: z.string(),
    require: z.string(),
    when: z.strictObject({ property: z.string(), value: z.string() }).nullable().default(null),
  }),
  z.strictObject({
    do: z.literal('subscribe'),
    eventType: z.string(),
    propertyName: z.string().optional(),
    targetUrl: z.string(),
  }),
  z.strictObject({ do: z.literal('flushWebhooks') }),
]);
type Change = z.infer<typeof change>;

/**
 * One change or a list of them, applied in order. Returns what became of
 * each; throws on wrong input.
 */
export function applyAdminChanges(site: Site, webhooks: WebhookSender, input: unknown): unknown {
  const list = z.array(change).parse(Array.isArray(input) ? input : [input]);
  try {
    return list.map((one) => apply(site, webhooks, one));
  } catch (error) {
    // What HubSpot itself would refuse is wrong input here, not a fault of the sandbox.
    if (error instanceof HubSpotError) throw new RangeError(error.message, { cause: error });
    throw error;
  }
}

function apply(site: Site, webhooks: WebhookSender, one: Change): unknown {
  const { portal } = site;
  switch (one.do) {
    case 'archiveProperty':
      portal.catalog.archive(portal.typeNamed(one.object), one.name, site.clock.nowMs());
      return { name: one.name };
    case 'replaceOption':
    case 'retypeProperty':
    case 'emptyProperty':
    case 'addWorkflow':
      return changeSetUp(portal, one, site.clock.nowMs());
    case 'purge':
      return purge(portal, one);
    case 'addRule':
      portal.rules.push({
        typeId: portal.typeNamed(one.object).id,
        require: one.require,
        when: one.when,
      });
      return { rules: portal.rules.length };
    case 'subscribe':
      return webhooks.subscribe(one.eventType, one.targetUrl, one.propertyName ?? null);
    case 'flushWebhooks':
      void webhooks.flush();
      return { pending: webhooks.pending };
    case 'associate':
    case 'dissociate':
      return associate(site, one);
    default:
      return record(site, one);
  }
}

function purge(portal: Portal, { object, id }: Extract<Change, { do: 'purge' }>): unknown {
  const type = portal.typeNamed(object);
  const record = portal.table(type).get(id);
  if (record === null) throw new RangeError(`No ${type.name} ${id}`);
  purgeRecord(portal, type, record);
  return { id };
}

function contextOf(site: Site, one: { atMs?: number | undefined; userId: number }): WriteContext {
  const source: Source = {
    sourceType: 'CRM_UI',
    sourceId: `userId:${one.userId}`,
    userId: one.userId,
  };
  return { atMs: one.atMs ?? site.clock.nowMs(), source };
}

function record(
  site: Site,
  one: Extract<Change, { do: 'create' | 'update' | 'archive' | 'restore' | 'merge' }>,
): unknown {
  const { portal } = site;
  const type = portal.typeNamed(one.object);
  const context = contextOf(site, one);
  if (one.do === 'create')
    return {
      id: createRecord(portal, type, checkChanges(portal, type, null, one.properties), context).id,
    };
  if (one.do === 'merge')
    return { id: mergeRecords(portal, type, one.winnerId, one.loserId, context).id };
  if (one.do === 'restore') {
    const archived = portal.table(type).get(one.id);
    if (archived === null || archived.archivedMs === null)
      throw new RangeError(`No archived ${type.name} ${one.id}`);
    restoreRecord(portal, type, archived, context);
    return { id: one.id };
  }
  const live = liveRecord(portal, type, one.id);
  if (one.do === 'archive') archiveRecord(portal, type, live, context);
  else updateRecord(portal, type, live, checkChanges(portal, type, live, one.properties), context);
  return { id: one.id };
}

function associate(site: Site, one: Extract<Change, { do: 'associate' | 'dissociate' }>): unknown {
  const { portal } = site;
  const from = portal.typeNamed(one.from);
  const to = portal.typeNamed(one.to);
  if (one.do === 'dissociate') {
    const cut = portal.links.remove(from.id, one.fromId, to.id, one.toId, null);
    for (const kind of cut)
      announceLink(portal, kind, one.fromId, one.toId, true, contextOf(site, one));
    return { cut: cut.length };
  }
  const wanted = one.label ?? (from.id === DEAL && to.id === COMPANY ? 'Primary' : null);
  const kind = portal.associationTypes
    .between(from.id, to.id)
    .find((each) => each.label === wanted);
  if (kind === undefined)
    throw new RangeError(
      `No association '${wanted ?? 'without a label'}' from ${from.name} to ${to.name}`,
    );
  linkRecords(portal, one.fromId, one.toId, [kind], contextOf(site, one));
  return { label: kind.label };
}
