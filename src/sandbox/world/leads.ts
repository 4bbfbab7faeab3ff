/** Leads: some became the deal that they stand beside, others went nowhere. */
import type { RandomStream } from '../random.ts';
import type { WorldEvent } from './events.ts';
import { companyName, personName } from './names.ts';

const CONVERTED_SHARE = 0.08;
const OPEN_STATUSES = ['Open - Not Contacted', 'Working - Contacted', 'Closed - Not Converted'];

/** The lead that a deal was converted from, for some of a partner's deals. */
export function dealLead(
  stream: RandomStream,
  deal: Extract<WorldEvent, { kind: 'deal' }>,
  company: string,
): WorldEvent | null {
  if (deal.partnerId === null || !stream.chance(CONVERTED_SHARE)) return null;
  return {
    kind: 'lead',
    id: `${deal.id}l`,
    atMs: deal.atMs,
    company,
    lastName: personName(stream).lastName,
    partnerId: deal.partnerId,
    status: 'Closed - Converted',
    convertedDealId: deal.id,
  };
}

export function looseLead(
  stream: RandomStream,
  id: string,
  partnerId: string,
  atMs: number,
): WorldEvent {
  return {
    kind: 'lead',
    id,
    atMs,
    company: companyName(stream),
    lastName: personName(stream).lastName,
    partnerId,
    status: stream.pick(OPEN_STATUSES),
    convertedDealId: null,
  };
}
