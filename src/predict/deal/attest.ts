import type {
  ActivityFacts,
  DealEventFacts,
  DealFacts,
  ProofKind,
  QuoteFacts,
  Side,
  StageFacts,
} from '../../model/facts.ts';
import type { Proof } from '../../model/score.ts';
import { DAY_MS } from '../math/time.ts';
import { STOOD_DAYS } from '../tuning.ts';
import { broughtBy } from './brought.ts';
import { samePipeline } from './depths.ts';
import { outcomeIn } from './outcome.ts';

interface Attested {
  /** The deal as far as it is believed: whatever reads it needs no thought of who wrote what. */
  facts: DealFacts;
  proofs: Proof[];
}

interface AttestView {
  stages: ReadonlyMap<string, StageFacts>;
  proofs?: readonly ProofKind[];
}

/**
 * Ours is believed, and what nobody is known to have done up to `untilMs`; never what the partner
 * did.
 */
const believes = (row: { atMs: number; by?: Side | null }, untilMs: number): boolean =>
  row.by === 'vendor' || (row.by !== 'partner' && row.atMs <= untilMs);

/**
 * The open stage in which a deal of this one's pipeline begins; of any, where the stage is in no
 * list.
 */
function firstStage(stages: AttestView['stages'], entered: string | null): string | null {
  const named = entered === null ? undefined : stages.get(entered);
  let first: StageFacts | null = null;
  for (const stage of stages.values())
    if (
      !stage.closed &&
      (named === undefined || samePipeline(stage, named)) &&
      (first === null || stage.order < first.order)
    )
      first = stage;
  return first?.key ?? null;
}

/**
 * Reads the history once, keeping the stage and amount that are believed beside what is written.
 */
class Reader {
  stage: string | null = null;
  amount: number | null = null;
  /** Proofs by moves; emptied when a closed deal is opened again by somebody else than us. */
  proofs: Proof[] = [];
  voidedMs = -Infinity;
  private written: DealEventFacts | null = null;
  private lowest = Infinity;
  /** How deep the deal is believed to have been: going back there needs nobody. */
  private deepest = -Infinity;
  private shelved: Proof[] = [];
  private readonly deal: DealFacts;
  private readonly view: AttestView;
  private readonly untilMs: number;
  private first: string | null = null;

  constructor(deal: DealFacts, view: AttestView, untilMs: number) {
    this.deal = deal;
    this.view = view;
    this.untilMs = untilMs;
  }

  read(event: DealEventFacts): DealEventFacts {
    const { written } = this;
    const believed = believes(event, this.untilMs);
    const before = outcomeIn(this.deal, this.stage, this.view.stages);
    const from = this.stageOf(this.stage);
    if (written === null) this.enter(event, believed);
    else {
      if (event.stage !== written.stage) this.move(event, believed);
      this.priced(event, written, believed, before === 'won');
    }
    const now = this.stageOf(this.stage);
    if (now && !now.closed) {
      // A close date put off, or a deal set back, advances nothing and shows nothing.
      const moved = written !== null && event.stage !== written.stage && this.stage === event.stage;
      const behind = !from || from.closed ? this.lowest : Math.max(this.lowest, from.order);
      if (moved && believed && now.order > behind)
        this.proofs.push(proofOf('stage', event, event.by === 'vendor'));
      this.lowest = Math.min(this.lowest, now.order);
      this.deepest = Math.max(this.deepest, now.order);
    }
    this.written = event;
    return { ...event, stage: this.stage, amount: this.amount };
  }

  private stageOf(key: string | null): StageFacts | undefined {
    return key === null ? undefined : this.view.stages.get(key);
  }

  /** Closed as it was: what had been shown of it holds again. */
  private restore(): void {
    this.proofs = [...this.shelved, ...this.proofs];
    this.shelved = [];
    this.voidedMs = -Infinity;
  }

  private opens(stage: string | null): boolean {
    return outcomeIn(this.deal, stage, this.view.stages) === 'open';
  }

  /**
   * Who enters a deal in a late stage says so; until we have seen it, it begins where deals begin.
   */
  private enter(event: DealEventFacts, believed: boolean): void {
    this.first = firstStage(this.view.stages, event.stage);
    this.amount = event.amount;
    this.stage = believed || !this.opens(event.stage) ? event.stage : this.first;
  }

  private move(event: DealEventFacts, believed: boolean): void {
    const [from, to] = [this.stageOf(this.stage), this.stageOf(event.stage)];
    if (believed || !this.opens(event.stage)) {
      this.stage = event.stage;
      if (!this.opens(event.stage)) this.restore();
    } else if (!this.opens(this.stage)) {
      // Opened again: what had been shown of it ended with the closing.
      this.stage = this.first;
      this.shelved = this.proofs;
      this.proofs = [];
      this.voidedMs = event.atMs;
      this.deepest = -Infinity;
    } else if (to && from && (to.order < from.order || to.order <= this.deepest))
      this.stage = event.stage;
  }

  /**
   * A lower amount is believed of anybody; a higher one of us, and after the win of nobody else.
   */
  private priced(
    event: DealEventFacts,
    written: DealEventFacts,
    believed: boolean,
    won: boolean,
  ): void {
    if (event.amount === written.amount) return;
    const raised = event.amount !== null && this.amount !== null && event.amount > this.amount;
    const may = won ? event.by === 'vendor' : believed;
    if (may || !raised) this.amount = event.amount ?? this.amount;
  }
}

const proofOf = (
  kind: ProofKind,
  row: { atMs: number; id?: string; byId?: string | null },
  certain: boolean,
): Proof => ({ kind, atMs: row.atMs, certain, id: row.id ?? null, byId: row.byId ?? null });

/** Our own user and a contact of the buyer; or where one of the two is not recorded, half of it. */
function meetingProof(row: ActivityFacts): Proof | null {
  if (!row.qualifying || row.by === 'partner' || row.buyer === false) return null;
  return proofOf('meeting', row, row.by === 'vendor' && row.buyer === true);
}
function quoteProof(row: QuoteFacts): Proof | null {
  if (row.by === 'partner' || row.state === 'draft' || row.state === 'rejected') return null;
  return proofOf(row.state === 'ordered' ? 'order' : 'quote', row, row.by === 'vendor');
}

function readBy(deal: DealFacts, asOfMs: number, view: AttestView, untilMs: number): Attested {
  const reader = new Reader(deal, view, untilMs);
  const events: DealEventFacts[] = [];
  const known = deal.events.filter((event) => event.atMs <= asOfMs);
  for (const event of known.sort((a, b) => a.atMs - b.atMs)) events.push(reader.read(event));
  const activities = deal.activities.filter((row) => row.atMs <= asOfMs && believes(row, untilMs));
  const quotes = (deal.quotes ?? []).filter((row) => row.atMs <= asOfMs && believes(row, untilMs));
  const proofs = [
    ...reader.proofs,
    ...activities.flatMap((row) => meetingProof(row) ?? []),
    ...quotes.flatMap((row) => quoteProof(row) ?? []),
  ].filter(
    (proof) =>
      proof.atMs > reader.voidedMs &&
      (view.proofs === undefined || view.proofs.includes(proof.kind)),
  );
  proofs.sort((a, b) => a.atMs - b.atMs || Number(b.certain) - Number(a.certain));
  return { facts: { ...deal, events, activities, quotes }, proofs };
}

/**
 * A deal as far as it is believed at a moment, with what shows it to be real. What a partner's own
 * user did counts only against it: its moves forward, higher amounts, logged calls and offers are
 * not read. What nobody is known to have done is read as half a proof; once something certain is on
 * record it confirms what had stood for a while by then, and only the vendor's side adds to it.
 */
export function attested(deal: DealFacts, asOfMs: number, view: AttestView): Attested {
  const claimed = readBy(deal, asOfMs, view, Infinity);
  const last = claimed.proofs.findLast((proof) => proof.certain);
  const seenMs = last ? last.atMs - STOOD_DAYS * DAY_MS : Infinity;
  const { facts, proofs } = last ? readBy(deal, asOfMs, view, seenMs) : claimed;
  return { facts: { ...facts, partnerId: broughtBy(deal, proofs) }, proofs };
}
