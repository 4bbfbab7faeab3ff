import * as z from 'zod';
import type { OrgMarks } from '../../src/model/webhook.ts';

/**
 * HubSpot sends at most this many events in one request
 * (https://developers.hubspot.com/docs/api-reference/webhooks-webhooks-v3/guide).
 */
const MAX_EVENTS = 100;

const id = z.union([z.int().min(0), z.string().regex(/^\d{1,20}$/)]).transform(String);
/** One field of a form that is not known here must not cost the other ninety-nine events. */
const lenient = <T>(shape: z.ZodType<T>) => shape.optional().catch(undefined);
const word = lenient(z.string().max(100));
/**
 * Only what says which record to read again; values that an event carries are not looked at. The
 * newer form of subscriptions (`object.*`) names the kind of record in fields of its own, and for
 * associations both kinds (https://developers.hubspot.com/docs/apps/legacy-apps/public-apps/create-generic-webhook-subscriptions).
 */
const eventShape = z.object({
  portalId: id,
  subscriptionType: z.string().max(100),
  objectId: lenient(id),
  objectTypeId: word,
  fromObjectId: lenient(id),
  fromObjectTypeId: word,
  toObjectId: lenient(id),
  toObjectTypeId: word,
  associationType: word,
  primaryObjectId: lenient(id),
  mergedObjectIds: lenient(z.array(id).max(1000)),
  newObjectId: lenient(id),
});
type Event = z.infer<typeof eventShape>;
/** An event without portal or type must not cost the others, which HubSpot would send for a day. */
export const eventsShape = z
  .array(z.unknown())
  .max(MAX_EVENTS)
  .transform((items, context): Event[] => {
    const read = items.map((item) => eventShape.safeParse(item));
    const [first] = read;
    if (first?.success === false && read.every(({ success }) => !success))
      context.addIssue({ code: 'custom', message: first.error.issues[0]?.message ?? 'no event' });
    return read.flatMap(({ data }) => data ?? []);
  });

/** Names of the objects in subscription types and type ids, as the connector calls them. */
const OBJECTS: Record<string, string> = {
  contact: 'contacts',
  company: 'companies',
  deal: 'deals',
  ticket: 'tickets',
  line_item: 'line_items',
  product: 'products',
  lead: 'leads',
  quote: 'quotes',
  order: 'orders',
  task: 'tasks',
  note: 'notes',
  meeting: 'meetings',
  meeting_event: 'meetings',
  call: 'calls',
  email: 'emails',
  '0-1': 'contacts',
  '0-2': 'companies',
  '0-3': 'deals',
  '0-5': 'tickets',
  '0-7': 'products',
  '0-8': 'line_items',
  '0-14': 'quotes',
  '0-123': 'orders',
  '0-136': 'leads',
  '0-27': 'tasks',
  '0-46': 'notes',
  '0-47': 'meetings',
  '0-48': 'calls',
  '0-49': 'emails',
};

/** Subscriptions to what is no record of the CRM. */
const NO_RECORDS = new Set(['conversation', 'event', 'engagement']);
const TYPE_ID = /^\d+-\d+$/;
/** A custom object's name, short or long. */
const NAME = /^[a-z][a-z0-9_-]*$/;

/**
 * An object as the connector calls it; a custom one by its type id or name, which the connector
 * knows it by as well. null = no record of the CRM.
 */
function objectOf(said: string | undefined): string | null {
  const name = said?.trim().toLowerCase() ?? '';
  if (NO_RECORDS.has(name)) return null;
  if (Object.hasOwn(OBJECTS, name)) return OBJECTS[name]!;
  return TYPE_ID.test(name) || NAME.test(name) ? name : null;
}

/** The records that these events speak of, by portal. */
export function marksOf(events: z.infer<typeof eventsShape>): OrgMarks[] {
  const byPortal = Map.groupBy(events, (event) => event.portalId);
  return [...byPortal].map(([orgId, own]) => ({
    orgId,
    marks: distinct(own.flatMap(marksOfEvent)),
  }));
}

/** `DEAL_TO_COMPANY`: the kinds at both ends, where no field of their own names them. */
const endsOf = ({ associationType }: Event): (string | undefined)[] =>
  /^(.+)_TO_(.+)$/.exec(associationType ?? '')?.slice(1) ?? [];

function marksOfEvent(event: Event): OrgMarks['marks'] {
  const [named] = event.subscriptionType.split('.');
  const [fromEnd, toEnd] = endsOf(event);
  const kind = named === 'object' ? event.objectTypeId : named;
  const object = objectOf(event.fromObjectTypeId ?? kind ?? fromEnd);
  const other = objectOf(event.toObjectTypeId ?? toEnd);
  const mark = (of: string | null, ids: (string | undefined)[]): OrgMarks['marks'] =>
    of === null
      ? []
      : ids.flatMap((each) => (each === undefined ? [] : [{ object: of, id: each }]));
  return [
    ...mark(objectOf(kind ?? event.fromObjectTypeId ?? fromEnd), [
      event.objectId,
      event.primaryObjectId,
      event.newObjectId,
      ...(event.mergedObjectIds ?? []),
    ]),
    // An association changes both of its ends.
    ...mark(object, [event.fromObjectId]),
    ...mark(other, [event.toObjectId]),
  ];
}

const distinct = (marks: OrgMarks['marks']): OrgMarks['marks'] => [
  ...new Map(marks.map((mark) => [`${mark.object}/${mark.id}`, mark])).values(),
];
