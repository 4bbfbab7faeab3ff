/** Counts, while the history goes by, what it says of each partner's deals. */
import { HOUR_MS } from './calendar.ts';
import type { EvidenceTruth, WorldEvent } from './events.ts';

interface Tally extends Omit<EvidenceTruth, 'partnerId' | 'decisionHours'> {
  hours: number[];
}

export class EvidenceTally {
  readonly #byPartner = new Map<string | null, Tally>();
  readonly #partnerOf = new Map<string, string | null>();
  readonly #submittedMs = new Map<string, number>();
  readonly #portalUsers = new Set<string>();

  see(event: WorldEvent): void {
    if (event.kind === 'user' && event.contactId !== undefined) this.#portalUsers.add(event.id);
    else if (event.kind === 'deal') this.#deal(event);
    else if (event.kind === 'dealChange') this.#change(event);
    else if (event.kind === 'activity' && event.dealId !== null) {
      const tally = this.#of(event.dealId);
      if (event.type === 'meeting' && event.withBuyer && event.done) tally.buyerMeetings += 1;
      this.#author(tally, event.byId);
    } else if (event.kind === 'teamMember') this.#of(event.dealId).withEngineer += 1;
    else if (event.kind === 'quote') this.#of(event.dealId).quotes += 1;
    else if (event.kind === 'order') this.#of(event.dealId).orders += 1;
  }

  #deal(event: Extract<WorldEvent, { kind: 'deal' }>): void {
    this.#partnerOf.set(event.id, event.partnerId);
    const tally = this.#of(event.id);
    tally.deals += 1;
    this.#author(tally, event.byId);
    if (event.registration === null) return;
    tally.registered += 1;
    this.#submittedMs.set(event.id, event.registration.submittedMs);
  }

  #change(event: Extract<WorldEvent, { kind: 'dealChange' }>): void {
    const tally = this.#of(event.id);
    this.#author(tally, event.byId);
    const submittedMs = this.#submittedMs.get(event.id);
    if (event.registrationStatus === undefined || submittedMs === undefined) return;
    this.#submittedMs.delete(event.id);
    tally.decided += 1;
    tally.hours.push((event.atMs - submittedMs) / HOUR_MS);
  }

  #author(tally: Tally, byId: string | undefined): void {
    if (byId !== undefined && this.#portalUsers.has(byId)) tally.byPartner += 1;
  }

  #of(dealId: string): Tally {
    const partnerId = this.#partnerOf.get(dealId) ?? null;
    let tally = this.#byPartner.get(partnerId);
    if (tally === undefined)
      this.#byPartner.set(
        partnerId,
        (tally = {
          deals: 0,
          withEngineer: 0,
          quotes: 0,
          orders: 0,
          buyerMeetings: 0,
          byPartner: 0,
          registered: 0,
          decided: 0,
          hours: [],
        }),
      );
    return tally;
  }

  result(): EvidenceTruth[] {
    return [...this.#byPartner].map(([partnerId, { hours, ...counts }]) => ({
      partnerId,
      ...counts,
      decisionHours: hours.sort((a, b) => a - b)[Math.floor(hours.length / 2)] ?? null,
    }));
  }
}
