import { eceNoise95, judge, type Judged, type Said } from '../../../src/predict/math/judge.ts';

/** Everything said of the test rows by one model, row by row. */
export interface Column {
  name: string;
  p: number[];
}

interface OriginReport {
  at: string;
  n: number;
  logLoss: number;
  chosen: string;
}

export interface Report extends Judged {
  n: number;
  train: number;
  refit: 'weekly' | null;
  eceNoise95: number;
  chosen: string;
  /** false = nothing beat the base rate, which is what is used. */
  skill: boolean;
  says: string;
  candidates: Record<string, Judged>;
  baselines: Record<string, Judged>;
  origins: OriginReport[];
  originMean: number;
}

/** A small generator of the bench's own (mulberry32), so that the noise is the same each time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
const NOISE_SEED = 2012;

export interface Judging {
  happened: boolean[];
  /** Index of its origin. */
  origin: number[];
  chosen: Column;
  candidates: Column[];
  baselines: Column[];
  origins: { at: string; chosen: string }[];
  train: number;
  refit: 'weekly' | null;
  skill: boolean;
  says: string;
}

const judgeAll = (columns: readonly Column[], happened: boolean[]): Record<string, Judged> =>
  Object.fromEntries(columns.map(({ name, p }) => [name, judge({ p, happened })]));

export function reportOf(judging: Judging): Report {
  const { happened, chosen } = judging;
  const origins = judging.origins.map((one, k): OriginReport => {
    const rows = happened.flatMap((_, i) => (judging.origin[i] === k ? [i] : []));
    const said: Said = {
      p: rows.map((i) => chosen.p[i]!),
      happened: rows.map((i) => happened[i]!),
    };
    return { at: one.at, n: rows.length, logLoss: judge(said).logLoss, chosen: one.chosen };
  });
  return {
    n: happened.length,
    train: judging.train,
    refit: judging.refit,
    ...judge({ p: chosen.p, happened }),
    eceNoise95: eceNoise95(chosen.p, seeded(NOISE_SEED)),
    chosen: chosen.name,
    skill: judging.skill,
    says: judging.says,
    candidates: judgeAll(judging.candidates, happened),
    baselines: judgeAll(judging.baselines, happened),
    origins,
    originMean: origins.reduce((sum, one) => sum + one.logLoss, 0) / Math.max(1, origins.length),
  };
}

const cell = (value: number): string => value.toFixed(4).padStart(9);
const line = (name: string, { logLoss, brier, auc, ece }: Judged): string =>
  `  ${name.padEnd(12)}${[logLoss, brier, auc, ece].map(cell).join('')}`;

/** The same for people. */
export function tableOfReport(report: Report): string {
  const group = (title: string, judged: Record<string, Judged>): string[] => [
    title,
    ...Object.entries(judged).map(([name, one]) => line(name, one)),
  ];
  const how = report.refit === null ? 'fitted once' : 'fitted anew at each origin';
  return [
    `${report.n} deals judged at ${report.origins.length} origins, ${how} (${report.train} snapshots learned from last).`,
    `Chosen: ${report.chosen}. ${report.says}`,
    '',
    `  ${''.padEnd(12)}${['log loss', 'Brier', 'AUC', 'ECE'].map((name) => name.padStart(9)).join('')}`,
    line('said', report),
    `  ECE of a perfectly calibrated model stays below ${report.eceNoise95.toFixed(4)} in 95 of 100 samples.`,
    ...group('candidates', report.candidates),
    ...group('baselines', report.baselines),
    'origins',
    ...report.origins.map(
      (one) =>
        `  ${one.at}  n ${String(one.n).padStart(4)}  log loss ${one.logLoss.toFixed(4)}  ${one.chosen}`,
    ),
    `  plain mean of origins ${report.originMean.toFixed(4)}`,
  ].join('\n');
}
