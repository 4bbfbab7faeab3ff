/** P(won | closed) on a set without any signal: what shows spread here invents it. */
import { expit } from '../../../src/predict/math/numeric.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';
import type { DealHistory } from '../../../src/predict/win/features/history.ts';
import { vocabularyOf } from '../../../src/predict/win/features/vocabulary.ts';
import {
  baseOdds,
  CANDIDATES,
  oddsOfCandidates,
  type CandidateName,
} from '../../../src/predict/win/model/candidates.ts';
import { chooseEffects, type FitOdds } from '../../../src/predict/win/model/choose-effects.ts';
import { holdContest } from '../../../src/predict/win/model/contest.ts';
import { effectsOn, inputsOf, type PartnerTraits } from '../../../src/predict/win/model/effects.ts';
import type { Origin } from '../../../src/predict/win/model/origins.ts';
import { buildEntryPanel, type Panel } from '../../../src/predict/win/model/panel.ts';
import { samplePicked, type Sample } from '../../../src/predict/win/model/sample.ts';
import { number, readFolder, text, UserError, type ReadFolder } from './folder.ts';
import type { Options } from './options.ts';
import { reportOf, type Report } from './report.ts';

const OBJECTS = ['sales_pipeline', 'accounts', 'sales_teams'];
const FILES = {
  sales_pipeline: { id: 'opportunity_id' },
  accounts: { id: 'account' },
  sales_teams: { id: 'sales_agent' },
};
/** The deals are not followed through stages, so neither stage nor time says anything. */
const NAMES: CandidateName[] = ['base', 'lean', 'rich', 'mean'];
/** Past months at whose beginning the candidates are tried. */
const ORIGIN_MONTHS = 3;
const MONTH_DAYS = 30;
const INTERVAL = { fromDays: 0, toDays: Infinity };

interface Closed {
  history: DealHistory;
  closedMs: number;
}

function closedDeals({ rows }: ReadFolder): Closed[] {
  const industry = new Map(
    (rows.get('account') ?? []).map((row) => [row.id, text(row, 'industry')]),
  );
  const owner = new Map((rows.get('partner') ?? []).map((row) => [row.id, text(row, 'ownerId')]));
  return (rows.get('deal') ?? []).flatMap((row) => {
    const [createdMs, closedMs] = [number(row, 'createdAt'), number(row, 'closedAt')];
    if (createdMs === null || closedMs === null) return [];
    const partnerId = text(row, 'partnerId');
    const history: DealHistory = {
      id: row.id,
      createdMs,
      knownMs: createdMs,
      moves: [],
      endings: [[closedMs, text(row, 'stage') === 'Won' ? 'won' : 'lost']],
      amounts: [],
      activities: [],
      quotes: [],
      tasks: [],
      pushes: [],
      partnerId,
      ownerId: owner.get(partnerId ?? '') ?? null,
      product: text(row, 'product'),
      origin: null,
      industry: industry.get(text(row, 'accountId') ?? '') ?? null,
      competitor: null,
    };
    return [{ history, closedMs }];
  });
}

/** Rows of deals that fulfil a condition; each weighs 1. */
const rowsWhere = (
  panel: Panel,
  deals: readonly Closed[],
  keep: (deal: Closed) => boolean,
): Sample =>
  samplePicked(
    panel,
    deals.flatMap((deal, row) => (keep(deal) ? [row] : [])),
    INTERVAL,
    1,
  );

function pastOrigins(panel: Panel, deals: readonly Closed[], untilMs: number): Origin[] {
  const found: Origin[] = [];
  for (let month = 1; month <= ORIGIN_MONTHS; month++) {
    const cutMs = untilMs - month * MONTH_DAYS * DAY_MS;
    const nextMs = cutMs + MONTH_DAYS * DAY_MS;
    const train = rowsWhere(panel, deals, ({ closedMs }) => closedMs < cutMs);
    const test = rowsWhere(
      panel,
      deals,
      ({ history, closedMs }) =>
        history.createdMs < cutMs && closedMs >= cutMs && closedMs < nextMs,
    );
    if (train.y.includes(1) && train.y.includes(0) && test.rows.length > 0) {
      found.push({ daysBack: month * MONTH_DAYS, train, test });
    }
  }
  return found;
}

/** The chosen candidate as it would have been fitted on a sample. */
const fitterOf =
  (chosen: CandidateName): FitOdds =>
  (train) =>
  (sample) =>
    oddsOfCandidates(
      train,
      sample,
      INTERVAL,
      0,
      chosen === 'mean' ? ['lean', 'rich', 'mean'] : [chosen],
    ).get(chosen)!;

function traitsOf({ rows }: ReadFolder): PartnerTraits {
  return new Map(
    (rows.get('partner') ?? []).map((row) => [row.id, { type: null, region: text(row, 'region') }]),
  );
}

export async function judgeMaven(options: Options): Promise<Report> {
  const { trainUntilMs: untilMs, testFromMs, testUntilMs } = options;
  if (untilMs === null) throw new UserError('--format maven needs --train-until.');
  const folder = await readFolder(options.data, './maven.yaml', OBJECTS, FILES);
  const deals = closedDeals(folder);
  const histories = deals.map(({ history }) => history);
  const known = deals.filter(({ closedMs }) => closedMs < untilMs).map(({ history }) => history);
  const panel = buildEntryPanel(
    histories,
    vocabularyOf(known, folder.stages, untilMs),
    testUntilMs,
  );
  const train = rowsWhere(panel, deals, ({ closedMs }) => closedMs < untilMs);
  const lastMs = testUntilMs + DAY_MS;
  const test = rowsWhere(
    panel,
    deals,
    ({ history, closedMs }) => history.createdMs >= testFromMs && closedMs < lastMs,
  );
  if (train.rows.length === 0 || test.rows.length === 0) {
    throw new UserError(
      'Nothing to judge: no deal closed before --train-until, or none began and closed within the test.',
    );
  }
  const origins = pastOrigins(panel, deals, untilMs);
  if (origins.length === 0)
    throw new UserError('Too little closed before --train-until to hold a contest on.');
  const contest = holdContest(origins, INTERVAL, NAMES);
  const traits = traitsOf(folder);
  const fit = fitterOf(contest.chosen);
  const effects = chooseEffects(histories, traits, train, origins, fit);
  const p = Array.from(fit(train, 0)(test), (odds, i) => {
    const inputs = inputsOf(histories[test.rows[i]!]!, traits);
    return expit(effectsOn(effects, inputs).reduce((sum, { effect }) => sum + effect, odds));
  });
  const candidates = oddsOfCandidates(train, test, INTERVAL, 0, NAMES);
  const column = (name: CandidateName): number[] => Array.from(candidates.get(name)!, expit);
  const used =
    effects.length === 0
      ? 'No effect of agents, regions or products held out of sample.'
      : `Effects used: ${effects.map(({ factor }) => factor).join(', ')}.`;
  return reportOf({
    happened: Array.from(test.y, (y) => y === 1),
    origin: Array.from(test.y, () => 0),
    chosen: { name: contest.chosen, p },
    candidates: CANDIDATES.filter((name) => NAMES.includes(name)).map((name) => ({
      name,
      p: column(name),
    })),
    baselines: [{ name: 'constant', p: Array.from(test.y, () => expit(baseOdds(train))) }],
    origins: [{ at: new Date(testFromMs).toISOString().slice(0, 10), chosen: contest.chosen }],
    train: train.rows.length,
    refit: null,
    skill: contest.skill || effects.length > 0,
    says: `${contest.why} ${used}`,
  });
}
