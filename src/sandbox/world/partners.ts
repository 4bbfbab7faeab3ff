/**
 * Partners and the truth about each: how well it sells, how often it brings deals, whether it fades
 * away or spams registrations.
 */
import type { RandomStream } from '../random.ts';
import { DAY_MS, isoDate, toWorkingTime, YEAR_MS } from './calendar.ts';
import type { WorldEvent } from './events.ts';
import {
  COUNTRIES,
  HOSTILE_PARTNER_NAMES,
  partnerName,
  PARTNER_TITLES,
  personName,
  slug,
} from './names.ts';
import { portalUserEvents } from './portal-users.ts';
import type { Staff } from './staff.ts';

/**
 * Standard deviation of partner skill on the logit scale: partners differ enough to matter, as
 * measured to be the middling case.
 */
export const SKILL_SPREAD = 0.7;
/** Tail of the size distribution: smaller = a few partners bring more of the deals. */
const SIZE_TAIL = 1.1;
const SIZE_CAP = 40;
const GROWTH_SD = 0.3;
const DORMANT_SHARE = 0.14;
const JUNK_EVERY = 25;
const JUNK_FIRST = 9;
/** What is left of a junk registrant's honest business. */
const JUNK_HONEST_SHARE = 0.12;
const SIGNED_BEFORE_SHARE = 0.6;
/** Longer ago than any record placed by its distance from the end. */
const SETTLED_MS = 77 * DAY_MS;
const HOSTILE_FIRST = 1;
const HOSTILE_STEP = 5;

export interface Partner {
  index: number;
  id: string;
  name: string;
  type: 'reseller' | 'technology' | 'consulting';
  tier: 'registered' | 'silver' | 'gold';
  skill: number;
  /** relative size */
  size: number;
  growthPerYear: number;
  dormantFromMs: number | null;
  /** When it begins to register junk, if it ever does. */
  junkFromMs: number | null;
  signedMs: number;
  onboardedMs: number | null;
  manager: number;
  /** 0 to 1: how much it takes part in the programme */
  engagement: number;
  contacts: number;
}

/** Draws one partner from its own stream. */
export function drawPartner(
  root: RandomStream,
  index: number,
  span: { startMs: number; endMs: number },
  managers: number,
): Partner {
  const stream = root.fork('partner', index);
  const years = (span.endMs - span.startMs) / YEAR_MS;
  const junk = index % JUNK_EVERY === JUNK_FIRST;
  const skill = stream.normal(0, SKILL_SPREAD);
  const pareto = Math.min(SIZE_CAP, (1 - stream.next()) ** (-1 / SIZE_TAIL));
  const growthPerYear = stream.normal(0.05, GROWTH_SD);
  const early = stream.chance(SIGNED_BEFORE_SHARE) || junk;
  const signedMs = early
    ? span.startMs - stream.uniform(0, 5 * YEAR_MS)
    : stream.uniform(span.startMs, span.endMs - 30 * DAY_MS);
  const onboarded = signedMs + stream.lognormal(45, 0.5) * DAY_MS;
  const dormant = stream.chance(DORMANT_SHARE) && !junk;
  const dormantFromMs = stream.uniform(span.startMs + 0.3 * years * YEAR_MS, span.endMs);
  const hostile = (index - HOSTILE_FIRST) / HOSTILE_STEP;
  const size = junk ? pareto * JUNK_HONEST_SHARE : pareto;
  return {
    index,
    id: `p${index}`,
    name: HOSTILE_PARTNER_NAMES[hostile] ?? partnerName(stream, index),
    skill,
    size,
    growthPerYear,
    type:
      (['reseller', 'technology', 'consulting'] as const)[stream.weighted([6, 2, 2])] ?? 'reseller',
    tier: size > 6 ? 'gold' : size > 2.2 ? 'silver' : 'registered',
    dormantFromMs: dormant ? Math.max(dormantFromMs, onboarded + 60 * DAY_MS) : null,
    junkFromMs: junk ? span.endMs - stream.uniform(0.25, 0.45) * years * YEAR_MS : null,
    signedMs,
    onboardedMs: onboarded < span.endMs && !stream.chance(0.04) ? onboarded : null,
    manager: stream.below(managers),
    engagement: 1 / (1 + Math.exp(-stream.normal(0.4 * skill, 1))),
    contacts: 2 + stream.below(5),
  };
}

/**
 * Partners that were there well before the end, for records whose time is
 * fixed from the end backwards.
 */
export function settledPartners(partners: readonly Partner[], endMs: number): Partner[] {
  return partners.filter((partner) => partner.signedMs < endMs - SETTLED_MS);
}

/**
 * The partner's account and people. Those signed before the CRM came in were entered when it did.
 */
export function partnerEvents(
  root: RandomStream,
  partner: Partner,
  staff: Staff,
  crmFromMs: number,
): WorldEvent[] {
  const stream = root.fork('partner', partner.index, 'card');
  const atMs = toWorkingTime(Math.max(partner.signedMs, crmFromMs));
  const domain = `${slug(partner.name)}-p${partner.index}.example`;
  const events: WorldEvent[] = [
    {
      kind: 'account',
      id: partner.id,
      atMs,
      name: partner.name,
      industry: 'Technology',
      country: stream.pick(COUNTRIES),
      website: `https://${domain}`,
      ownerId: staff.managers[partner.manager]?.id ?? 'm0',
      parentId: null,
      partner: {
        type: partner.type,
        tier: partner.tier,
        signedOn: isoDate(partner.signedMs),
        onboardedOn: partner.onboardedMs === null ? null : isoDate(partner.onboardedMs),
      },
    },
  ];
  for (let k = 0; k < partner.contacts; k++) {
    const person = personName(stream);
    events.push({
      kind: 'contact',
      id: `${partner.id}.${k}`,
      atMs,
      accountId: partner.id,
      ...person,
      email: `${slug(person.firstName)}.${slug(person.lastName)}${k}@${domain}`,
      title: stream.pick(PARTNER_TITLES),
    });
  }
  return [...events, ...portalUserEvents(partner, events)];
}
