/**
 * The records that stand beside a deal: who works on it, quotes and orders, who was in a meeting.
 */
import type { OrgUser, Row } from '../org-types.ts';
import type { NewRecord, Of, RecordContext } from './record.ts';
import { currencyOf, dayOf, fit, SUBJECT_LENGTH } from './values.ts';

/** What a sales engineer is called in a new org's list of team roles. */
const TEAM_ROLES = { 'sales engineer': 'Pre-Sales Consultant' } as const;
const QUOTE_STATES = { draft: 'Draft', presented: 'Presented' } as const;

export function teamMember({ ids }: RecordContext, event: Of<'teamMember'>): NewRecord {
  const dealId = ids.of(event.dealId);
  return {
    object: 'OpportunityTeamMember',
    user: ids.ownerOf(dealId),
    fields: {
      OpportunityId: dealId,
      UserId: ids.of(event.userId),
      TeamMemberRole: TEAM_ROLES[event.role],
      OpportunityAccessLevel: 'Edit',
    },
  };
}

/** The others in a meeting, beside the person that the meeting itself names. */
export function attendeesOf(
  { ids }: RecordContext,
  event: Of<'activity'>,
  eventId: string,
  user: OrgUser,
): NewRecord[] {
  return (event.attendeeIds ?? []).map((id) => ({
    object: 'EventRelation',
    user,
    fields: { EventId: eventId, RelationId: ids.of(id), IsParent: true, IsInvitee: true },
  }));
}

/** Quotes and orders. An order becomes one with the update that activates it. */
export function paper(context: RecordContext, event: Of<'quote'> | Of<'order'>): NewRecord {
  const { ids, org } = context;
  const user = ids.user(event.byId);
  const dealId = ids.of(event.dealId);
  const deal = org.find(dealId, true)?.row;
  const common: Row = {
    OpportunityId: dealId,
    OwnerId: user.id,
    ...currencyOf(context, event.currency),
  };
  if (event.kind === 'quote')
    return {
      object: 'Quote',
      user,
      fields: {
        ...common,
        Name: fit(String(deal?.['Name'] ?? 'Quote'), SUBJECT_LENGTH),
        Status: QUOTE_STATES[event.status],
        GrandTotal: event.amount,
      },
    };
  return {
    object: 'Order',
    user,
    fields: {
      ...common,
      AccountId: deal?.['AccountId'] ?? null,
      EffectiveDate: dayOf(event.atMs),
      TotalAmount: event.amount,
    },
  };
}
