import { DAY_MS } from '../../math/time.ts';
import { featureNames, featuresAt, type FeatureNames } from '../features/features.ts';
import { endingAfter, openStretches, type DealHistory } from '../features/history.ts';
import type { Vocabulary } from '../features/vocabulary.ts';

/**
 * As-of snapshots of open deals, one a row, with what became of each. Columns are held apart, which
 * keeps them small.
 */
export interface Panel {
  names: FeatureNames;
  vocabulary: Vocabulary;
  rows: number;
  /** Days between the snapshots of a deal. */
  everyDays: number;
  /** Snapshots of one deal stand together; index of the deal. */
  deal: Int32Array;
  /** Whole days before the moment that the panel was made for. */
  daysBack: Int32Array;
  /** How many snapshots as this one it stands for. */
  times: Uint8Array;
  /** Days from the snapshot to the win or the loss; Infinity = none known. */
  wonDays: Float64Array;
  lostDays: Float64Array;
  numbers: Float32Array[];
  /** Index in `levels` of the feature; 0 = none. */
  words: Uint16Array[];
  levels: string[][];
}

export interface PanelPlan {
  asOfMs: number;
  /**
   * Snapshots lie this many whole days before `asOfMs`: from, to (inclusive), and every so many.
   */
  fromDays: number;
  toDays: number;
  everyDays: number;
  /** Of a deal long silent only one in so many of these is taken, and stands for them all. */
  everySilent: number;
}

/**
 * A deal silent for longer is long silent: one snapshot of it says what the next one does, and the
 * deals that nobody ever marks as lost would crowd out all others.
 */
const LONG_SILENT_DAYS = 60;

/** Moments of all that was done on a deal, ascending. */
const signsOf = (history: DealHistory): number[] =>
  [
    history.createdMs,
    ...[history.activities, history.moves, history.quotes, history.tasks].flatMap((rows) =>
      rows.map(([at]) => at),
    ),
  ].sort((a, b) => a - b);

/** Moments at which the deal was open, as days before `asOfMs`, oldest first. */
function snapshotDays(history: DealHistory, plan: PanelPlan): Snapshot[] {
  const found: Snapshot[] = [];
  const signs = signsOf(history);
  let last = 0;
  for (const [from, to] of openStretches(history)) {
    const oldest = Math.min(plan.toDays, Math.floor((plan.asOfMs - from) / DAY_MS));
    // An ending at the very moment of a snapshot is known then.
    const newest = to === Infinity ? 0 : Math.floor((plan.asOfMs - to) / DAY_MS) + 1;
    for (let k = oldest; k >= Math.max(plan.fromDays, newest); k--) {
      if ((k - plan.fromDays) % plan.everyDays !== 0) continue;
      const atMs = plan.asOfMs - k * DAY_MS;
      while (last + 1 < signs.length && signs[last + 1]! <= atMs) last++;
      const isSilent = atMs - signs[last]! > LONG_SILENT_DAYS * DAY_MS;
      const times = isSilent ? plan.everySilent : 1;
      if (((k - plan.fromDays) / plan.everyDays) % times === 0) found.push([k, times]);
    }
  }
  return found;
}

/** Days before the moment of the panel, and how many such snapshots it stands for. */
type Snapshot = [daysBack: number, times: number];

/** How many daily snapshots the deals have. */
export const countSnapshots = (histories: readonly DealHistory[], plan: PanelPlan): number =>
  histories.reduce((sum, history) => sum + snapshotDays(history, plan).length, 0);

function blankPanel(vocabulary: Vocabulary, rows: number, everyDays: number): Panel {
  const names = featureNames(vocabulary);
  return {
    names,
    vocabulary,
    rows,
    everyDays,
    deal: new Int32Array(rows),
    daysBack: new Int32Array(rows),
    times: new Uint8Array(rows),
    wonDays: new Float64Array(rows).fill(Infinity),
    lostDays: new Float64Array(rows).fill(Infinity),
    numbers: names.numbers.map(() => new Float32Array(rows)),
    words: names.words.map(() => new Uint16Array(rows)),
    levels: names.words.map(() => ['']),
  };
}

/** Writes rows one after another; `daysBack` may be any order within a deal. */
class PanelWriter {
  private row = 0;
  private readonly indexes: Map<string, number>[];
  readonly panel: Panel;
  constructor(panel: Panel) {
    this.panel = panel;
    this.indexes = panel.names.words.map(() => new Map([['', 0]]));
  }
  add(history: DealHistory, deal: number, [daysBack, times]: Snapshot, atMs: number): void {
    const { panel, row } = this;
    panel.deal[row] = deal;
    panel.daysBack[row] = daysBack;
    panel.times[row] = times;
    const ending = endingAfter(history, atMs);
    if (ending) {
      const days = ending[1] === 'won' ? panel.wonDays : panel.lostDays;
      days[row] = (ending[0] - atMs) / DAY_MS;
    }
    const { numbers, words } = featuresAt(history, atMs, panel.vocabulary);
    for (let f = 0; f < numbers.length; f++) panel.numbers[f]![row] = numbers[f]!;
    for (let f = 0; f < words.length; f++) panel.words[f]![row] = this.levelOf(f, words[f]!);
    this.row++;
  }
  private levelOf(feature: number, word: string): number {
    const known = this.indexes[feature]!.get(word);
    if (known !== undefined) return known;
    const levels = this.panel.levels[feature]!;
    this.indexes[feature]!.set(word, levels.length);
    return levels.push(word) - 1;
  }
}

/** Snapshots of open deals every few days. */
export function buildPanel(
  histories: readonly DealHistory[],
  vocabulary: Vocabulary,
  plan: PanelPlan,
): Panel {
  const days = histories.map((history) => snapshotDays(history, plan));
  const rows = days.reduce((sum, list) => sum + list.length, 0);
  const writer = new PanelWriter(blankPanel(vocabulary, rows, plan.everyDays));
  histories.forEach((history, deal) => {
    for (const snapshot of days[deal]!) {
      writer.add(history, deal, snapshot, plan.asOfMs - snapshot[0] * DAY_MS);
    }
  });
  return writer.panel;
}

/**
 * One snapshot of each deal at its creation, for events that are not a matter of time, such as
 * "won, given that it closed".
 */
export function buildEntryPanel(
  histories: readonly DealHistory[],
  vocabulary: Vocabulary,
  asOfMs: number,
): Panel {
  const writer = new PanelWriter(blankPanel(vocabulary, histories.length, DAYS_OF_WEEK));
  histories.forEach((history, deal) => {
    const daysBack = Math.ceil((asOfMs - history.createdMs) / DAY_MS);
    writer.add(history, deal, [daysBack, 1], history.createdMs);
  });
  return writer.panel;
}
const DAYS_OF_WEEK = 7;
