import { and, asc, eq, sql } from 'drizzle-orm';
import type {
  ActivityFacts,
  DealFacts,
  DealTeamFacts,
  PartnerLinkFacts,
  QuoteFacts,
  Side,
  TaskFacts,
} from '../model/facts.ts';
import { thereAt, thereOf } from './alive.ts';
import { given, inGiven, preparedRead } from './prepared.ts';
import {
  accounts,
  activities,
  attendees,
  campaigns,
  contacts,
  dealLinks,
  deals,
  dealTeams,
  partners,
  quotes,
  tasks,
  ledger,
  users,
} from './schema.ts';
import type { Store } from './store.ts';
import { sideOf } from './user-sides.ts';

/** Who did what on a page of deals: a fixed number of queries, whatever the size of the page. */

const activitiesOfDeals = preparedRead(
  {
    id: activities.id,
    dealId: activities.dealId,
    at: activities.at,
    kind: activities.kind,
    qualifying: activities.qualifying,
    byId: activities.byId,
    minutes: activities.durationMinutes,
    contactId: activities.contactId,
  },
  (select) =>
    select
      .from(activities)
      .where(thereOf(activities, activities.dealId))
      // Of one moment by kind, so that ids, which are each CRM's own, decide between equals only.
      .orderBy(
        asc(activities.dealId),
        asc(activities.at),
        asc(activities.kind),
        asc(activities.id),
      ),
);
const attendeesOfDeals = preparedRead(
  { activityId: attendees.activityId, contactId: attendees.contactId },
  (select) =>
    select
      .from(attendees)
      .where(
        sql`${attendees.connectionId} = ${given('connectionId')} and ${thereAt(attendees)} and ${attendees.contactId} is not null and ${attendees.activityId} in (select ${activities.id} from ${activities} where ${thereOf(activities, activities.dealId)})`,
      ),
);
/** Whether an account of the row's own table is a partner's. */
const isPartner = (account: string) =>
  sql`exists (select 1 from partners where partners.connection_id = ${given('connectionId')} and coalesce(account_id, id) = coalesce(${sql.raw(account)}, '') and ${thereAt(partners)})`;
const contactsById = preparedRead(
  {
    id: contacts.id,
    accountId: contacts.accountId,
    partner: sql<number>`${isPartner('contacts.account_id')}`,
  },
  (select) => select.from(contacts).where(thereOf(contacts, contacts.id)),
);
const usersBy = (column: typeof users.id | typeof users.loginId) =>
  preparedRead({ id: sql<string>`${column}`, side: users.resolvedSide }, (select) =>
    select.from(users).where(thereOf(users, column)),
  );
const usersById = usersBy(users.id);
const usersByLogin = usersBy(users.loginId);
const quotesOfDeals = preparedRead(
  {
    id: quotes.id,
    dealId: quotes.dealId,
    at: quotes.at,
    state: quotes.state,
    amount: quotes.amount,
    currency: quotes.currency,
    byId: quotes.byId,
  },
  (select) =>
    select
      .from(quotes)
      .where(thereOf(quotes, quotes.dealId))
      .orderBy(asc(quotes.at), asc(quotes.id)),
);
// A task that we made ourselves is nobody's plan for the deal.
const notOurs = sql`not exists (select 1 from ${ledger} where ${ledger.connectionId} = ${tasks.connectionId} and ${ledger.object} = ${tasks.object} and ${ledger.recordId} = ${tasks.id})`;
const tasksOfDeals = preparedRead(
  {
    id: tasks.id,
    dealId: tasks.dealId,
    createdAt: tasks.createdAt,
    dueOn: tasks.dueOn,
    doneAt: tasks.doneAt,
  },
  (select) =>
    select
      .from(tasks)
      .where(and(thereOf(tasks, tasks.dealId), notOurs))
      .orderBy(asc(tasks.createdAt), asc(tasks.id)),
);
const teamsOfDeals = preparedRead(
  {
    dealId: dealTeams.dealId,
    userId: dealTeams.userId,
    role: dealTeams.role,
    side: dealTeams.side,
    createdAt: dealTeams.createdAt,
    seenMs: dealTeams.seenMs,
  },
  (select) =>
    select.from(dealTeams).where(thereOf(dealTeams, dealTeams.dealId)).orderBy(asc(dealTeams.id)),
);
const linksOfDeals = preparedRead(
  {
    dealId: dealLinks.dealId,
    partnerId: sql<string>`coalesce((select r.to_id from redirects r where r.connection_id = deal_links.connection_id and r.from_id = deal_links.partner_id limit 1), deal_links.partner_id)`,
    via: dealLinks.via,
    since: dealLinks.since,
    role: dealLinks.role,
    primary: dealLinks.primary,
    knownMs: dealLinks.knownMs,
    endedMs: dealLinks.endedMs,
  },
  (select) =>
    select
      .from(dealLinks)
      .where(
        sql`${eq(dealLinks.connectionId, given('connectionId'))} and ${dealLinks.dealId} in ${inGiven('ids')}`,
      )
      .orderBy(asc(dealLinks.knownMs), asc(dealLinks.partnerId), asc(dealLinks.via)),
);
const campaignsOfDeals = preparedRead(
  {
    dealId: deals.id,
    id: campaigns.id,
    partnerId: sql<string>`${campaigns.partnerId}`,
    startOn: campaigns.startOn,
  },
  (select) =>
    select
      .from(deals)
      .crossJoin(campaigns)
      .where(
        sql`${thereOf(deals, deals.id)} and ${campaigns.connectionId} = ${deals.connectionId} and ${campaigns.id} = ${deals.campaignId} and ${thereAt(campaigns)} and ${isPartner('campaigns.partner_id')}`,
      ),
);
const customersOfDeals = preparedRead(
  { dealId: deals.id, industry: accounts.industry, country: accounts.country },
  (select) =>
    select
      .from(deals)
      .crossJoin(accounts)
      .where(
        sql`${thereOf(deals, deals.id)} and ${accounts.connectionId} = ${deals.connectionId} and ${accounts.id} = ${deals.accountId} and ${thereAt(accounts)}`,
      ),
);

const STATES: readonly QuoteFacts['state'][] = [
  'draft',
  'presented',
  'accepted',
  'ordered',
  'rejected',
];
/** A state in other words than ours is only an offer being written. */
const stateOf = (text: string): QuoteFacts['state'] =>
  STATES.find((state) => state === text.toLowerCase()) ?? 'draft';

interface DealOfPage {
  id: string;
  createdAt: number;
  currency: string | null;
  /** Units of the deal's currency for one of the reporting currency. */
  rate: number | null;
}

type People = Required<
  Pick<
    DealFacts,
    'activities' | 'quotes' | 'tasks' | 'links' | 'team' | 'campaign' | 'industry' | 'region'
  >
>;
export interface PeopleOfPage {
  of(deal: DealOfPage): People;
  /** Whose user it is; null = not known. */
  side(userId: string | null): Side | null;
}

/** `authors`: users that the page's own rows name besides. */
export async function readPeople(
  store: Store,
  connectionId: string,
  dealIds: string[],
  authors: (string | null)[],
): Promise<PeopleOfPage> {
  const own = { connectionId, ids: dealIds };
  const touched = await activitiesOfDeals(store, own);
  const attending = Map.groupBy(await attendeesOfDeals(store, own), (row) => row.activityId);
  const offered = await quotesOfDeals(store, own);
  const working = await teamsOfDeals(store, own);
  const people = await readContacts(store, connectionId, [
    ...touched.map((row) => row.contactId),
    ...[...attending.values()].flat().map((row) => row.contactId),
  ]);
  const sides = await readSides(store, connectionId, [
    ...authors,
    ...touched.map((row) => row.byId),
    ...offered.map((row) => row.byId),
    ...working.map((row) => row.userId),
  ]);
  const activitiesOf = Map.groupBy(touched, (row) => row.dealId);
  const quotesOf = Map.groupBy(offered, (row) => row.dealId);
  const teamOf = Map.groupBy(working, (row) => row.dealId);
  const tasksOf = Map.groupBy(await tasksOfDeals(store, own), (row) => row.dealId);
  const linksOf = Map.groupBy(await linksOfDeals(store, own), (row) => row.dealId);
  const campaignOf = new Map(
    (await campaignsOfDeals(store, own)).map(({ dealId, ...campaign }) => [dealId, campaign]),
  );
  const customerOf = new Map((await customersOfDeals(store, own)).map((row) => [row.dealId, row]));
  const side = (userId: string | null): Side | null =>
    userId === null ? null : (sides.get(userId) ?? null);
  return {
    side,
    of: (deal) => ({
      activities: (activitiesOf.get(deal.id) ?? []).map(
        (row): ActivityFacts => ({
          atMs: row.at,
          kind: row.kind,
          qualifying: row.qualifying === 1,
          by: side(row.byId),
          byId: row.byId,
          minutes: row.minutes,
          ...people([row.contactId, ...(attending.get(row.id) ?? []).map((one) => one.contactId)]),
        }),
      ),
      quotes: (quotesOf.get(deal.id) ?? []).map(
        (row): QuoteFacts => ({
          id: row.id,
          atMs: row.at,
          state: stateOf(row.state),
          amount: inReporting(row.amount, row.currency, deal),
          by: side(row.byId),
        }),
      ),
      tasks: (tasksOf.get(deal.id) ?? []).map(
        (row): TaskFacts => ({
          id: row.id,
          createdMs: row.createdAt,
          dueMs: row.dueOn === null ? null : Date.parse(row.dueOn),
          doneMs: row.doneAt,
        }),
      ),
      team: (teamOf.get(deal.id) ?? []).map(
        (row): DealTeamFacts => ({
          userId: row.userId,
          side: sideOf(row.side) ?? side(row.userId),
          role: row.role,
          sinceMs: row.createdAt ?? deal.createdAt,
        }),
      ),
      links: (linksOf.get(deal.id) ?? []).map(linkFacts),
      campaign: campaignOf.get(deal.id) ?? null,
      industry: customerOf.get(deal.id)?.industry ?? null,
      region: customerOf.get(deal.id)?.country ?? null,
    }),
  };
}

const linkFacts = ({
  dealId: _,
  primary,
  role,
  ...link
}: Awaited<ReturnType<typeof linksOfDeals>>[number]): PartnerLinkFacts => ({
  ...link,
  via: link.via as PartnerLinkFacts['via'],
  since: link.since as PartnerLinkFacts['since'],
  role: role === '' ? null : role,
  primary: primary === 1,
});

/**
 * An offer in another currency than its deal has no rate of its own: its amount counts as unknown.
 * Where deals name no currency there is only one, whatever offers call it.
 */
const inReporting = (
  amount: number | null,
  currency: string | null,
  deal: DealOfPage,
): number | null =>
  amount === null ||
  deal.rate === null ||
  (deal.currency !== null && (currency ?? deal.currency) !== deal.currency)
    ? null
    : amount / deal.rate;

async function readSides(
  store: Store,
  connectionId: string,
  named: (string | null)[],
): Promise<Map<string, Side | null>> {
  const ids = distinct(named);
  if (ids.length === 0) return new Map();
  const found = [
    ...(await usersByLogin(store, { connectionId, ids })),
    ...(await usersById(store, { connectionId, ids })),
  ];
  return new Map(found.map((user) => [user.id, sideOf(user.side)]));
}

type Attendance = Required<Pick<ActivityFacts, 'buyer' | 'people' | 'partnerIds'>>;

/** Somebody of a company that is no partner is the buyer's; who has no company is nobody's. */
async function readContacts(
  store: Store,
  connectionId: string,
  named: (string | null)[],
): Promise<(ids: (string | null)[]) => Attendance> {
  const ids = distinct(named);
  const found = ids.length === 0 ? [] : await contactsById(store, { connectionId, ids });
  const known = new Map(found.map((contact) => [contact.id, contact]));
  return (there) => {
    const own = distinct(there);
    const met = own.flatMap((id) => known.get(id) ?? []);
    return {
      people: own.length === 0 ? null : own.length,
      buyer: met.some((contact) => contact.accountId !== null && contact.partner === 0),
      partnerIds: distinct(
        met.map((contact) => (contact.partner === 1 ? contact.accountId : null)),
      ).sort(),
    };
  };
}

const distinct = (ids: (string | null)[]): string[] => [
  ...new Set(ids.filter((id) => id !== null)),
];
