import type { Speech } from '../../model/language/languages.ts';
import { say } from '../../model/language/say.ts';
import type { ClosingDeal, NextAction } from '../../model/score.ts';
import { CLOSE_RULE } from '../../predict/index.ts';
import {
  dealsToAttend,
  dealsToClose,
  ownersOf,
  partnersNamed,
  partnersToAttend,
  type AttentionPlace,
  type DealRow,
  type OwnerRow,
  type PartnerRow,
} from '../../store/attention.ts';
import type { Store } from '../../store/store.ts';

/** A partner, a deal, or deals to be closed in one go, with what it is about and what to do. */
export interface AttentionItem {
  kind: 'partner' | 'deal' | 'bulk';
  id: string | null;
  name: string;
  /** The partner that a deal belongs to. */
  partner: string | null;
  type: string | null;
  region: string | null;
  /** Null = nobody owns it. */
  owner: OwnerRow | null;
  /** Reporting currency. */
  moneyAtStake: number;
  /** What the partner is short of its goal; null = no partner, thus no goal. */
  gap: number | null;
  /** Open deals that would close the gap if they were won. */
  closing: ClosingDeal[];
  action: Pick<NextAction, 'rule' | 'text'> & Partial<NextAction>;
  /** False = its owner has enough to do today. */
  today: boolean;
}

export interface AttentionFilter {
  /** Id of the owner, or a part of the name. */
  owner?: string | undefined;
  region?: string | undefined;
  type?: string | undefined;
  /** With what waits, since its owner has enough to do today. */
  all: boolean;
}

type Owners = Map<string, OwnerRow>;

const ownerOf = (owners: Owners, id: string | null): OwnerRow | null =>
  // An owner that the CRM no longer shows has left.
  id === null ? null : (owners.get(id) ?? { id, name: id, active: false });

const partnerItem = (row: PartnerRow, owners: Owners): AttentionItem => ({
  kind: 'partner',
  id: row.id,
  name: row.name,
  partner: row.name,
  type: row.type,
  region: row.region,
  owner: ownerOf(owners, row.ownerId),
  moneyAtStake: row.score.moneyAtStake,
  gap: row.score.gap,
  closing: row.score.closing ?? [],
  action: (row.score.nextAction ?? row.score.candidate)!,
  today: row.score.nextAction !== null,
});

function dealItem(row: DealRow, partner: PartnerRow | undefined, owners: Owners): AttentionItem {
  const { amount, probability } = row.score;
  const action = (row.score.nextAction ?? row.score.candidate)!;
  const gap = partner?.score.gap ?? null;
  return {
    kind: 'deal',
    id: row.id,
    name: row.name,
    partner: partner?.name ?? null,
    type: partner?.type ?? null,
    region: partner?.region ?? null,
    owner: ownerOf(owners, row.ownerId),
    moneyAtStake: action.stake ?? 0,
    gap,
    closing:
      gap === null || gap <= 0 ? [] : [{ dealId: row.id, name: row.name, amount, probability }],
    action,
    today: row.score.nextAction !== null,
  };
}

type ToClose = Awaited<ReturnType<typeof dealsToClose>>[number];

/** One line an owner, however many deals and partners it is about. */
function bulkItems(rows: ToClose[], owners: Owners, speech: Speech): AttentionItem[] {
  return [...Map.groupBy(rows, (row) => row.ownerId)].map(([ownerId, own]) => {
    const n = own.reduce((sum, row) => sum + row.deals, 0);
    const text = say(speech, 'action.closeAll', { n });
    return {
      kind: 'bulk',
      id: null,
      name: text,
      partner: null,
      type: null,
      region: null,
      owner: ownerOf(owners, ownerId),
      moneyAtStake: 0,
      gap: null,
      closing: [],
      action: { rule: CLOSE_RULE, text, effort: 'minutes' },
      today: true,
    };
  });
}

const same = (wanted: string | undefined, value: string | null): boolean =>
  wanted === undefined || value?.toLowerCase() === wanted.toLowerCase();

const ownedBy = (wanted: string | undefined, owner: OwnerRow | null): boolean =>
  wanted === undefined ||
  (owner !== null &&
    (owner.id === wanted || owner.name.toLowerCase().includes(wanted.toLowerCase())));

/**
 * Partners and deals by money at stake, each with its one action; deals to be closed in one go come
 * last, since no money is to be had there.
 */
export async function attentionList(
  store: Store,
  place: AttentionPlace,
  filter: AttentionFilter,
  speech: Speech,
): Promise<AttentionItem[]> {
  const [partners, deals, toClose] = [
    await partnersToAttend(store, place, filter.all),
    await dealsToAttend(store, place, filter.all, CLOSE_RULE),
    await dealsToClose(store, place, CLOSE_RULE),
  ];
  const named = [...deals.map(({ score }) => score.partnerId), ...toClose.map((c) => c.partnerId)];
  const ids = [...new Set(named.filter((id) => id !== null))];
  const of = new Map<string, PartnerRow>();
  for (const row of await partnersNamed(store, place, ids)) of.set(row.accountId ?? row.id, row);
  const owners = await ownersOf(store, place.rowsId, [
    ...new Set([...partners, ...deals, ...toClose].flatMap(({ ownerId }) => ownerId ?? [])),
  ]);
  const fits = (type: string | null, region: string | null): boolean =>
    same(filter.type, type) && same(filter.region, region);
  const closing = toClose.filter(({ partnerId }) => {
    const partner = of.get(partnerId ?? '');
    return fits(partner?.type ?? null, partner?.region ?? null);
  });
  const items = [
    ...partners.map((row) => partnerItem(row, owners)),
    ...deals.map((row) => dealItem(row, of.get(row.score.partnerId ?? ''), owners)),
  ].filter((item) => fits(item.type, item.region));
  return [...items, ...bulkItems(closing, owners, speech)]
    .filter(({ owner }) => ownedBy(filter.owner, owner))
    .sort(
      (a, b) =>
        Number(a.kind === 'bulk') - Number(b.kind === 'bulk') ||
        b.moneyAtStake - a.moneyAtStake ||
        ((a.id ?? a.owner?.id ?? '') < (b.id ?? b.owner?.id ?? '') ? -1 : 1),
    );
}
