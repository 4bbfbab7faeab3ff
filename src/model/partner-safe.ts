import type { ReviewPack, SharedReview } from './review.ts';

/**
 * What of our rows a partner may see of itself and of its deals: a field that is not named here
 * never leaves in anything that is made for a partner.
 */
const PARTNER_SAFE = {
  partner: ['name'],
  period: ['label', 'startOn', 'endOn'],
  plan: ['name'],
  target: [
    ...['side', 'label', 'metric', 'unit', 'direction', 'targetId'],
    ...['goal', 'actual', 'pace', 'projected', 'gap'],
  ],
  promise: ['side', 'label', 'dueOn', 'overdueDays'],
  deal: ['id', 'name', 'stage', 'amount', 'closeDate'],
  proposal: ['side', 'metric', 'label', 'unit', 'proposed'],
  // Of a deal that both work on.
  jointDeal: [
    ...['id', 'name', 'product', 'stage', 'amount', 'currency', 'closeDate', 'state', 'roles'],
  ],
} as const;
type Kind = keyof typeof PARTNER_SAFE;

/** The named fields of a row and nothing else, whatever it holds beside them. */
function partnerSafe<K extends Kind, Row extends object>(
  kind: K,
  row: Row,
): Pick<Row, Extract<(typeof PARTNER_SAFE)[K][number], keyof Row>> {
  const named: readonly string[] = PARTNER_SAFE[kind];
  return Object.fromEntries(Object.entries(row).filter(([key]) => named.includes(key))) as never;
}

/** A deal that a partner stands on, as that partner may see it. */
export interface JointDeal {
  id: string;
  name: string;
  product: string | null;
  /** The stage in the organisation's own words. */
  stage: string;
  amount: number | null;
  /** Of the record; null = it names none. */
  currency: string | null;
  closeDate: string | null;
  state: 'open' | 'won' | 'lost';
  /** What the partner is to the deal. */
  roles: string[];
}

/** What of a deal's record a partner may see: fields of the model. */
export const SHARED_DEAL_FIELDS = PARTNER_SAFE.jointDeal;

export const safeDeal = (deal: JointDeal): JointDeal => partnerSafe('jointDeal', deal);

/** A pack that may go to the partner. */
export const safePack = ({ shared }: ReviewPack): ReviewPack => ({
  shared: safeReview(shared),
  internal: null,
});

const safeReview = (of: SharedReview): SharedReview => ({
  summary: of.summary,
  partner: partnerSafe('partner', of.partner),
  period: partnerSafe('period', of.period),
  asOf: of.asOf,
  currency: of.currency,
  plan: of.plan === null ? null : partnerSafe('plan', of.plan),
  targets: of.targets.map((one) => partnerSafe('target', one)),
  promises: of.promises.map((one) => partnerSafe('promise', one)),
  deals: of.deals.map((one) => partnerSafe('deal', one)),
  proposals: of.proposals.map((one) => partnerSafe('proposal', one)),
});
