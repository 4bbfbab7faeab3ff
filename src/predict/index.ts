/**
 * What the engine calls, in this order: fit the pool over pages of deals, score pages of partners
 * and of direct deals, forecast from their parts.
 */
export { startPool, addDeal } from './win/pool-fit.ts';
export type { PoolFit } from './win/pool-counts.ts';
export { finishPool } from './win/pool-finish.ts';
export { addWinDeal, finishWinFit, winKey, type WinFit } from './win/model/fit.ts';
export { winMoment } from './win/model/moment.ts';
export { winHorizons } from './win/model/horizons.ts';
export type { WinModel } from './win/model/win-model.ts';
export type { PoolModel } from './win/pool-model.ts';
export {
  finishReplay,
  newReplay,
  replayContexts,
  replayDirect,
  finishReplayWin,
  replayPartner,
  replayPool,
  startReplayWin,
  withLevel,
} from './forecast/replay.ts';
export {
  addPastInputs,
  pastKey,
  startPastInputs,
  type PastInputs,
} from './forecast/past-inputs.ts';
export type { PastOrigin } from './math/past-level.ts';
export type { ForecastPart } from './forecast/part.ts';
export { channelForecast } from './forecast/breakdown.ts';
export { channelTotals } from './forecast/channel.ts';
export { dayStart, fiscalQuarter } from './math/calendar.ts';
export { scorePartner, scoreDirectDeals } from './action/result.ts';
export { concentrationOf } from './score/value/concentration.ts';
export { c3Of } from './score/c3/c3.ts';
export { healthOf } from './score/health/health.ts';
export { fitOf, profileOf } from './score/profile/profile.ts';
export type { Profiled } from './score/profile/features.ts';
export { fitsOf } from './score/profile/fits.ts';
export { customerValue } from './score/customer-value.ts';
export { assetLifts } from './score/asset-lift.ts';
export { certificationEffect } from './score/certification-effect.ts';
export { enablementOf, type EnablementRules } from './score/enablement.ts';
export { costCoverage, partnerReturn } from './score/partner-return.ts';
export { activityOf, fundReturns } from './score/funds.ts';
export { fundProposals } from './score/fund-proposals.ts';
export { proofsOf } from './score/proofs.ts';
export { allocate } from './score/allocation.ts';
export { partnerClass } from './score/partner-class.ts';
export { tierStanding } from './score/tier/standing.ts';
export { valuesOfPartners } from './score/value/values.ts';
export { reviewOf } from './action/review/review.ts';
export { summaryOf } from './action/review/summary.ts';
export { judgeAlert } from './action/alerts/judge.ts';
export { alertDue } from './action/alerts/due.ts';
export { concentrations, exposureShares, ROUTED_QUARTERS } from './action/routing/fairness.ts';
export type { ExposureShare } from './action/routing/fairness.ts';
export { exposureCap } from './action/routing/exposure.ts';
export { refusalsOf, rulesOfNobody } from './action/routing/hard-rules.ts';
export { routingRecord } from './action/routing/record.ts';
export { suggestPartners, type RoutingRules } from './action/routing/suggest.ts';
export { chooseActions } from './action/choose.ts';
export { CLOSE_RULE } from './action/deal-rules.ts';
export { ACTIONS_PER_OWNER } from './tuning.ts';
export { planNotes, type PlanNote } from './plan/findings.ts';
export { quarterPlan } from './plan/quarter.ts';
export { agreedPlan } from './plan/agreed.ts';
export { creditOf } from './credit/deal-credit.ts';
export { creditIfWon } from './credit/if-won.ts';
export { cosellPairs, pairKey } from './action/cosell/pairs.ts';
export { strengthsFor } from './action/cosell/strengths.ts';
export { addCredited, addWon, differencesOf, noTotals } from './credit/reconcile.ts';
export type { CreditDifference, CreditTotals, FiscalView } from './credit/reconcile.ts';
export { addNamed, noNamed } from './credit/named.ts';
export type { NamedTotals } from './credit/named.ts';
export { entriesFor } from './credit/book.ts';
export { claimKeysOf } from './credit/claim-keys.ts';
export { conflictProposal } from './credit/conflict-proposal.ts';
export { claimsAt, conflictsAt } from './credit/claims.ts';
export { protectorsOf } from './credit/protectors.ts';
export { isoDay, shiftMonths } from './math/calendar.ts';
export { exactValue } from './math/exact-sum.ts';
export { dealStatement, forecastStatement, partnerStatements } from './record/statements.ts';
export { addBrought, dealOutcome, partnerOutcome } from './record/outcome.ts';
export { trackRecord } from './record/track-record.ts';
export {
  binSentence,
  chanceLine,
  eitherLine,
  heldSentence,
  recordLine,
  unitWord,
} from './record/sentences.ts';
export { baselineWord, verdictOn } from './record/verdict.ts';
export { chanceRecord } from './record/chances.ts';
export { backtestReport } from './record/backtest.ts';
export { originsOf, type OriginsAsked } from './record/origins.ts';
export { learnDeal, learned, startLearning, startWeek } from './record/learn.ts';
export { broughtAfter, judgedAt } from './record/judged.ts';
export {
  dealsOf,
  knownDeals,
  pastOrigin,
  sayAt,
  sayDirect,
  sayPartners,
  type Book,
  type SaidOfPage,
  type SaidOfPartner,
  type SaidThen,
} from './record/replay.ts';
export { lastDay, speechOf } from './math/speech.ts';
export {
  directFresh,
  directTurns,
  forecastWaterfall,
  partnerChange,
  type Moment,
  type SaidOf,
} from './record/change.ts';
export { addWaterfalls, NO_WATERFALL } from './record/waterfall.ts';
export { MODEL_VERSION } from './tuning.ts';
export {
  rollUp,
  systemicFindings,
  type RollUpGroup,
  type RollUpRange,
  type RollUpRow,
  type SystemicFinding,
} from './record/roll-up.ts';
