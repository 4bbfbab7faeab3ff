import type { StageFacts } from '../../model/facts.ts';

/** How a deal came to the stage it counts in: stage by stage, over some, or entered there. */
export type Arrival = 'walked' | 'jumped' | 'entered';

interface First {
  order: number;
  atMs: number;
  arrival: Arrival;
}

/** Nobody jumps over a stage of another pipeline. */
export const samePipeline = (a: StageFacts, b: StageFacts): boolean =>
  (a.pipeline ?? null) === (b.pipeline ?? null);

/** First arrivals at each depth of the open stages: time in a stage runs from there. */
export class Depths {
  private readonly reached: First[] = [];
  private readonly open: StageFacts[];
  private at = -Infinity;

  constructor(stages: ReadonlyMap<string, StageFacts>) {
    this.open = [...stages.values()].filter((s) => !s.closed);
  }

  /** The deal stands in a stage: when it was first so deep or deeper, and how it came there. */
  reach(stage: StageFacts, atMs: number, entered: boolean): First {
    const { order } = stage;
    const skipped = this.open.some(
      (other) => samePipeline(other, stage) && other.order > this.at && other.order < order,
    );
    const arrival = !skipped ? 'walked' : entered ? 'entered' : 'jumped';
    this.at = order;
    let first = this.reached.find((r) => r.order >= order);
    if (!first) this.reached.push((first = { order, atMs, arrival }));
    return first;
  }
}
