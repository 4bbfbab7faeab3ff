/** A partner's own people who may sign in and write into the CRM. */
import type { WorldEvent } from './events.ts';

/** Partners that take no part in the programme have nobody who signs in. */
const LEAST_ENGAGEMENT = 0.3;
/** From this size on, a second person does. */
const SECOND_FROM_SIZE = 2.2;

/** What of a partner decides who signs in. */
interface Engaged {
  id: string;
  size: number;
  engagement: number;
  junkFromMs: number | null;
}

/** One or two of its contacts; none where the partner hardly takes part. */
export function portalUsers(partner: Engaged): { id: string; contactId: string }[] {
  if (partner.junkFromMs === null && partner.engagement < LEAST_ENGAGEMENT) return [];
  return Array.from({ length: partner.size > SECOND_FROM_SIZE ? 2 : 1 }, (_, k) => ({
    id: `${partner.id}.u${k}`,
    contactId: `${partner.id}.${k}`,
  }));
}

/** They get their access with the partner's own entry, after their contacts. */
export function portalUserEvents(partner: Engaged, events: readonly WorldEvent[]): WorldEvent[] {
  return portalUsers(partner).flatMap(({ id, contactId }) => {
    const person = events.find((event) => event.kind === 'contact' && event.id === contactId);
    return person?.kind !== 'contact'
      ? []
      : [
          {
            kind: 'user' as const,
            id,
            atMs: person.atMs,
            name: `${person.firstName} ${person.lastName}`,
            email: person.email,
            active: true,
            contactId,
          },
        ];
  });
}
