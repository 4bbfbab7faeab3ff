/** Co-marketing campaigns of a partner and who was in them. */
import { DAY_MS, isoDate, toWorkingTime } from './calendar.ts';
import type { Channel } from './channel.ts';
import { contactId } from './customers.ts';
import type { WorldEvent } from './events.ts';
import type { Partner } from './partners.ts';

const CAMPAIGNS_PER_PARTNER = 0.8;
const LASTS_DAYS = 60;
/** A deal may still be credited to a campaign this long after its start. */
const CREDIT_MS = 120 * DAY_MS;
const KINDS = ['Webinar', 'Trade show', 'Customer day', 'Mailing', 'Roadshow'];

interface Campaign {
  id: string;
  name: string;
  startMs: number;
  cost: number;
}

function campaignsOf(channel: Channel, partner: Partner): Campaign[] {
  const stream = channel.root.fork('campaigns', partner.index);
  const fromMs = Math.max(channel.startMs, partner.signedMs);
  return Array.from({ length: stream.poisson(CAMPAIGNS_PER_PARTNER) }, (_, k) => ({
    id: `g${partner.index}.${k}`,
    name: `${stream.pick(KINDS)} with ${partner.name}`,
    startMs: toWorkingTime(stream.uniform(fromMs, channel.endMs)),
    cost: Math.round(stream.lognormal(6000, 0.6)),
  })).filter((campaign) => campaign.startMs <= channel.endMs);
}

/** The partner's campaign that a deal opened at this time may come from. */
export function campaignAt(channel: Channel, partner: Partner, atMs: number): string | null {
  return (
    campaignsOf(channel, partner).find(
      (campaign) => campaign.startMs <= atMs && atMs < campaign.startMs + CREDIT_MS,
    )?.id ?? null
  );
}

/** A partner's campaigns with their members. */
export function campaignEvents(channel: Channel, partner: Partner): WorldEvent[] {
  const events: WorldEvent[] = [];
  for (const campaign of campaignsOf(channel, partner)) {
    const stream = channel.root.fork('campaign', campaign.id);
    events.push({
      kind: 'campaign',
      id: campaign.id,
      atMs: campaign.startMs,
      name: campaign.name,
      partnerId: partner.id,
      startOn: isoDate(campaign.startMs),
      endOn: isoDate(campaign.startMs + LASTS_DAYS * DAY_MS),
      cost: campaign.cost,
    });
    const invited = new Set<string>();
    for (let n = 3 + stream.below(8); n > 0; n--) {
      const member = contactId(
        channel.customers.pickBefore(stream, campaign.startMs),
        stream.below(3),
      );
      if (invited.has(member)) continue;
      invited.add(member);
      events.push({
        kind: 'campaignMember',
        id: `${campaign.id}.${invited.size}`,
        atMs: campaign.startMs,
        campaignId: campaign.id,
        contactId: member,
        responded: stream.chance(0.3),
      });
    }
  }
  return events;
}
