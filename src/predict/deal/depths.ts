import type { StageFacts } from '../../model/facts.ts';

/** How a deal came to the stage it counts in: stage by stage, over some, or entered there. */
export type Arrival = 'walked' | 'jumped' | 'entered';

interface First {
  order: number;
  atMs: number;
  arrival: Arrival;
}

/** First arrivals at each depth of the open stages: time in a stage runs from there. */
export class Depths {
  private readonly reached: First[] = [];
  private readonly orders: number[];
  private at = -Infinity;

  constructor(stages: ReadonlyMap<string, StageFacts>) {
    this.orders = [...stages.values()].filter((s) => !s.closed).map((s) => s.order);
  }

  /** The deal stands at a depth: when it was first so deep or deeper, and how it came there. */
  reach(order: number, atMs: number, entered: boolean): First {
    const skipped = this.orders.some((o) => o > this.at && o < order);
    const arrival = !skipped ? 'walked' : entered ? 'entered' : 'jumped';
    this.at = order;
    let first = this.reached.find((r) => r.order >= order);
    if (!first) this.reached.push((first = { order, atMs, arrival }));
    return first;
  }
}
