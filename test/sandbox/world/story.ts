/** Reads a world's events as a CRM would, checking as it goes, for the tests. */
import type { WorldEvent } from '../../../src/sandbox/world/events.ts';

interface DealStory {
  opening: Extract<WorldEvent, { kind: 'deal' }>;
  stage: string;
  changes: Extract<WorldEvent, { kind: 'dealChange' }>[];
  touches: Extract<WorldEvent, { kind: 'activity' }>[];
  deleted: boolean;
}
export interface Story {
  kinds: Record<string, number>;
  deals: Map<string, DealStory>;
  ids: Set<string>;
  lastMs: Map<string, number>;
  gone: Set<string>;
  faults: string[];
}

function emptyStory(): Story {
  return {
    kinds: {},
    deals: new Map(),
    ids: new Set(),
    lastMs: new Map(),
    gone: new Set(),
    faults: [],
  };
}

/** Ids that an event refers to and that must exist and not be deleted or merged away. */
function references(event: WorldEvent): (string | null)[] {
  switch (event.kind) {
    case 'user':
      return [event.contactId ?? null];
    case 'signal':
      return [event.partnerId];
    case 'account':
      return [event.ownerId, event.parentId];
    case 'contact':
      return [event.accountId];
    case 'campaign':
      return [event.partnerId];
    case 'campaignMember':
      return [event.campaignId, event.contactId];
    case 'lead':
      return [event.partnerId, event.convertedDealId];
    case 'deal':
      return [
        event.accountId,
        event.ownerId,
        event.partnerId,
        event.campaignId,
        event.byId ?? null,
      ];
    case 'dealChange':
      return [event.id, event.byId, event.ownerId ?? null];
    case 'activity':
      return [
        event.dealId,
        event.accountId,
        event.contactId,
        event.ownerId,
        event.byId ?? null,
        ...(event.attendeeIds ?? []),
      ];
    case 'teamMember':
      return [event.dealId, event.userId];
    case 'quote':
    case 'order':
      return [event.dealId, event.byId];
    case 'plan':
      return [event.partnerId];
    case 'target':
    case 'milestone':
      return [event.planId];
    case 'milestoneDone':
      return [event.id];
    case 'certification':
      return [event.partnerId, event.contactId];
    case 'cost':
      return [event.partnerId];
    case 'accountMerge':
      return [event.winnerId, event.loserId];
    case 'delete':
      return [event.id];
    case 'undelete':
      return [];
  }
}

const CREATES = new Set<WorldEvent['kind']>([
  'user',
  'account',
  'contact',
  'campaign',
  'campaignMember',
  'lead',
  'deal',
  'activity',
  'plan',
  'target',
  'milestone',
  'certification',
  'cost',
  'signal',
]);

/** Takes one event into the story; what does not hold is noted in `faults`. */
export function tell(story: Story, event: WorldEvent): void {
  story.kinds[event.kind] = (story.kinds[event.kind] ?? 0) + 1;
  const fault: Fault = (text) => {
    story.faults.push(`${text}: ${JSON.stringify(event).slice(0, 300)}`);
  };
  if (!Number.isInteger(event.atMs)) fault('time is no whole number');
  for (const id of references(event)) if (id !== null) tellReference(story, event, id, fault);
  if ('id' in event) tellRecord(story, event, fault);
  if (event.kind === 'delete') story.gone.add(event.id);
  if (event.kind === 'undelete' && !story.gone.delete(event.id)) fault('was not deleted');
  if (event.kind === 'accountMerge') story.gone.add(event.loserId);
  tellDeal(story, event, fault);
}

type Fault = (text: string) => void;

function tellReference(story: Story, event: WorldEvent, id: string, fault: Fault): void {
  if (!story.ids.has(id)) fault(`refers to unknown ${id}`);
  if (story.gone.has(id)) fault(`refers to deleted ${id}`);
  if (CREATES.has(event.kind) && (story.lastMs.get(`born ${id}`) ?? 0) > event.atMs)
    fault(`older than ${id}`);
}

function tellRecord(story: Story, event: WorldEvent & { id: string }, fault: Fault): void {
  if (CREATES.has(event.kind)) {
    if (story.ids.has(event.id)) fault('made twice');
    story.ids.add(event.id);
    story.lastMs.set(`born ${event.id}`, event.atMs);
  }
  if ((story.lastMs.get(event.id) ?? 0) > event.atMs) fault('goes back in time');
  story.lastMs.set(event.id, event.atMs);
}

function tellDeal(story: Story, event: WorldEvent, fault: Fault): void {
  if (event.kind === 'deal')
    story.deals.set(event.id, {
      opening: event,
      stage: event.stage,
      changes: [],
      touches: [],
      deleted: false,
    });
  if (event.kind === 'activity' && event.dealId) {
    const deal = story.deals.get(event.dealId);
    deal?.touches.push(event);
    if (deal && event.atMs < deal.opening.atMs) fault('touch before its deal');
  }
  if (event.kind !== 'dealChange') return;
  const deal = story.deals.get(event.id);
  if (!deal) return;
  if (event.stage !== undefined) {
    if (deal.stage === 'won' || deal.stage === 'lost') fault('moves after its end');
    if (event.stage === deal.stage) fault('moves to where it is');
    deal.stage = event.stage;
  }
  if (Object.keys(event).length <= 4) fault('changes nothing');
  deal.changes.push(event);
}

export function storyOf(events: Iterable<WorldEvent>): Story {
  const story = emptyStory();
  for (const event of events) tell(story, event);
  return story;
}
