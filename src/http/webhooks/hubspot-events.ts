import { z } from 'zod';

/**
 * HubSpot sends at most this many events in one request
 * (https://developers.hubspot.com/docs/api-reference/webhooks-webhooks-v3/guide).
 */
const MAX_EVENTS = 100;

const id = z.union([z.int().min(0), z.string().regex(/^\d{1,20}$/)]).transform(String);
/** Only what says which record to read again; values that an event carries are not looked at. */
const eventShape = z.object({
  portalId: id,
  subscriptionType: z.string().max(100),
  objectId: id.optional(),
  objectTypeId: z
    .string()
    .regex(/^\d+-\d+$/)
    .optional(),
  fromObjectId: id.optional(),
  toObjectId: id.optional(),
  associationType: z.string().max(100).optional(),
  primaryObjectId: id.optional(),
  mergedObjectIds: z.array(id).max(1000).optional(),
  newObjectId: id.optional(),
});
export const eventsShape = z.array(eventShape).max(MAX_EVENTS);

/** Names of the objects in subscription types and type ids, as the connector calls them. */
const OBJECTS: Record<string, string> = {
  contact: 'contacts',
  company: 'companies',
  deal: 'deals',
  ticket: 'tickets',
  line_item: 'line_items',
  product: 'products',
  lead: 'leads',
  '0-1': 'contacts',
  '0-2': 'companies',
  '0-3': 'deals',
  '0-5': 'tickets',
  '0-8': 'line_items',
  '0-136': 'leads',
  '0-27': 'tasks',
  '0-46': 'notes',
  '0-47': 'meetings',
  '0-48': 'calls',
  '0-49': 'emails',
};

export interface PortalMarks {
  portalId: string;
  marks: { object: string; id: string }[];
}

/**
 * The records that these events speak of, by portal. Events of objects that have no name here mark
 * nothing: the next poll finds them.
 */
export function marksOf(events: z.infer<typeof eventsShape>): PortalMarks[] {
  const byPortal = Map.groupBy(events, (event) => event.portalId);
  return [...byPortal].map(([portalId, own]) => ({
    portalId,
    marks: distinct(own.flatMap(marksOfEvent)),
  }));
}

function marksOfEvent(event: z.infer<typeof eventShape>): PortalMarks['marks'] {
  const named = event.subscriptionType.split('.')[0]!;
  const object = OBJECTS[named === 'object' ? (event.objectTypeId ?? '') : named];
  if (object === undefined) return [];
  const ids = [
    event.objectId,
    event.fromObjectId,
    event.primaryObjectId,
    event.newObjectId,
    ...(event.mergedObjectIds ?? []),
  ];
  // An association changes both of its ends; the other one's kind stands in
  // the type, `DEAL_TO_COMPANY`.
  const other =
    OBJECTS[/_TO_([A-Z_]+)$/.exec(event.associationType ?? '')?.[1]?.toLowerCase() ?? ''];
  return [
    ...ids.filter((each) => each !== undefined).map((each) => ({ object, id: each })),
    ...(other !== undefined && event.toObjectId !== undefined
      ? [{ object: other, id: event.toObjectId }]
      : []),
  ];
}

const distinct = (marks: PortalMarks['marks']): PortalMarks['marks'] => [
  ...new Map(marks.map((mark) => [`${mark.object}/${mark.id}`, mark])).values(),
];
