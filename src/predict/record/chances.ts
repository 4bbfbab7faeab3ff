import { log, log1p } from '../../model/real-math.ts';
import type {
  Baseline,
  CalibrationBin,
  ChanceRecord,
  JudgedStatement,
  SkillAgainst,
  StatementKind,
} from '../../model/record.ts';
import { BASELINES } from '../../model/record.ts';
import { clamp } from '../math/numeric.ts';
import { eceNoise95, judge } from '../math/judge.ts';
import { RECORD_CLIP, RECORD_NOISE_SAMPLES, RECORD_RANKED_UNITS } from '../tuning.ts';
import { evenly } from './evenly.ts';
import { averageOf, meanOf, ratioOf, shareOf } from './estimate.ts';
import { subjectsOf, unitsOf, type Unit } from './units.ts';

/** A statement of a chance that could still go either way, and whether the event happened. */
type JudgedChance = JudgedStatement & { chance: number; happened: boolean };

const BINS = 10;

/** What was decided when it was said needs no skill. */
const isOpen = (one: JudgedStatement): one is JudgedChance =>
  one.chance !== null && one.happened !== null && one.chance < 1;

const logLoss = (p: number, happened: boolean): number => {
  const said = clamp(p, RECORD_CLIP, 1 - RECORD_CLIP);
  return happened ? -log(said) : -log1p(-said);
};
const brier = (p: number, happened: boolean): number => (p - (happened ? 1 : 0)) ** 2;

/** Mean of a value over the statements of each unit. */
const perUnit = (
  units: readonly Unit<JudgedChance>[],
  of: (one: JudgedChance) => number,
): { value: number }[] =>
  units.map(({ said }) => ({ value: averageOf(said.map((one) => ({ value: of(one) }))) }));

function against(statements: readonly JudgedChance[], baseline: Baseline): SkillAgainst[] {
  const base = (one: JudgedChance): number | undefined => one.beside[baseline];
  const units = subjectsOf(statements.filter((one) => base(one) !== undefined));
  if (units.length === 0) return [];
  const at = (one: JudgedChance): number => base(one)!;
  const baseBrier = perUnit(units, (one) => brier(at(one), one.happened));
  return [
    {
      baseline,
      logLoss: averageOf(perUnit(units, (one) => logLoss(at(one), one.happened))),
      brier: averageOf(baseBrier),
      gain: meanOf(
        perUnit(units, (one) => logLoss(at(one), one.happened) - logLoss(one.chance, one.happened)),
      ),
      skill: ratioOf(
        perUnit(units, (one) => brier(at(one), one.happened) - brier(one.chance, one.happened)),
        baseBrier,
      ),
    },
  ];
}

const binOf = (chance: number): number => Math.min(BINS - 1, Math.floor(BINS * chance + 1e-9));

function binsOf(statements: readonly JudgedChance[]): CalibrationBin[] {
  return [...Map.groupBy(statements, (one) => binOf(one.chance))]
    .sort(([a], [b]) => a - b)
    .map(([bin, own]) => {
      const units = unitsOf(own);
      return {
        from: bin / BINS,
        to: (bin + 1) / BINS,
        n: units.length,
        said: averageOf(perUnit(units, (one) => one.chance)),
        happened: shareOf(averageOf(perUnit(units, (one) => Number(one.happened))), units.length),
      };
    });
}

/** Ranking and calibration of one statement of each unit, of a few thousand at most. */
function ranked(
  units: readonly Unit<JudgedChance>[],
): Pick<ChanceRecord, 'auc' | 'ece' | 'eceNoise95'> {
  const every = Math.ceil(units.length / RECORD_RANKED_UNITS);
  const some = units.filter((_, i) => i % every === 0).map((unit) => unit.said[0]!);
  const p = some.map((one) => clamp(one.chance, RECORD_CLIP, 1 - RECORD_CLIP));
  const { auc, ece } = judge({ p, happened: some.map((one) => one.happened) });
  return { auc, ece, eceNoise95: eceNoise95(p, evenly(), RECORD_NOISE_SAMPLES) };
}

/** How chances of one kind came out; null = none of them has ended. */
export function chanceRecord(
  kind: StatementKind,
  judged: readonly JudgedStatement[],
): ChanceRecord | null {
  const statements = judged.filter(isOpen);
  if (statements.length === 0) return null;
  const units = unitsOf(statements);
  const subjects = subjectsOf(statements);
  return {
    kind,
    statements: statements.length,
    n: units.length,
    subjects: subjects.length,
    said: averageOf(perUnit(units, (one) => one.chance)),
    happened: averageOf(perUnit(units, (one) => Number(one.happened))),
    logLoss: meanOf(perUnit(subjects, (one) => logLoss(one.chance, one.happened))),
    brier: meanOf(perUnit(subjects, (one) => brier(one.chance, one.happened))),
    ...ranked(units),
    against: BASELINES.flatMap((baseline) => against(statements, baseline)),
    bins: binsOf(statements),
  };
}
