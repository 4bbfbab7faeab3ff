/** Knows what must never stand together on one record, by the facts alone. */
import type { DealFacts, MeasureContext, PartnerFacts } from '../../../src/model/facts.ts';
import type { DealScore, NextAction, PartnerScore, Reason } from '../../../src/model/score.ts';
import { templateOf } from './listed.ts';

const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;
const PROMISES = ['vendor-milestone', 'milestone', 'clean-up'];

/** One deal: its score, and what the CRM holds. */
export interface DealRecord {
  score: DealScore;
  facts: DealFacts;
}
export interface PartnerRecord {
  score: PartnerScore;
  facts: PartnerFacts;
  deals: DealScore[];
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const said = (action: NextAction | null | undefined): string =>
  action == null ? '' : (templateOf(action.text) ?? '?');
const actionOf = (score: PartnerScore | DealScore): NextAction | null =>
  score.nextAction ?? score.candidate ?? null;

function wonIn(facts: PartnerFacts, context: MeasureContext, from: number, to: number): number {
  return facts.deals.reduce((sum, deal) => {
    const last = deal.events.at(-1);
    const won = context.stages.get(last?.stage ?? deal.stage)?.won === true;
    const atMs = deal.closedMs ?? last?.atMs ?? 0;
    return won && atMs >= from && atMs < to ? sum + (deal.amount ?? 0) : sum;
  }, 0);
}

/** When anything at all was done or changed on a deal. */
const touched = (facts: DealFacts, asOfMs: number): number =>
  Math.max(
    facts.createdMs,
    ...[...facts.events, ...facts.activities, ...(facts.quotes ?? [])]
      .map(({ atMs }) => atMs)
      .filter((atMs) => atMs <= asOfMs),
  );

function ofReasons(base: number, total: number, reasons: readonly Reason[]): string[] {
  const wrong = reasons.flatMap(({ points, text }) => {
    const id = templateOf(text) ?? '?';
    const up = id.endsWith('.up') || id.endsWith('.surer') || id.endsWith('.half');
    const down = /\.(down|none|narrower|capped|young|nothing)$/.test(id);
    if (points > 0 && down && id !== 'deal.evidence.half') return [`up-says-down: ${text}`];
    return points < 0 && up && id !== 'deal.evidence.half' ? [`down-says-up: ${text}`] : [];
  });
  const sum = reasons.reduce((points, reason) => points + Math.round(reason.points * 10), 0);
  return Math.abs(Math.round(base * 10) + sum - Math.round(total * 10)) > 0
    ? [...wrong, `no-sum: ${base} + reasons is not ${total}`]
    : wrong;
}

function ofAction(action: NextAction | null, context: MeasureContext): string[] {
  if (action === null) return [];
  const { effect, expiresOn, text } = action;
  return [
    ...(expiresOn < dayOf(context.asOfMs - DAY_MS) ? [`expired: ${text}`] : []),
    ...(effect.points !== null && effect.points <= 0 ? [`harmful: ${effect.text}`] : []),
    ...(effect.points !== null && !/association|Zusammenhang|asociación/.test(effect.text)
      ? [`promise: ${effect.text}`]
      : []),
    ...(text.length > 255 ? [`too-long: ${text}`] : []),
  ];
}

/** The chance that the headline states is the one that stands in the field. */
function ofHeadline(score: { headline: string }, chance: number): string[] {
  const shown = /: (under |over |unter |über |moins de |plus de )?(\d+)/.exec(score.headline);
  if (shown === null) return [];
  const far = Math.abs(Number(shown[2]) - 100 * chance) > 1;
  return far ? [`headline: ${score.headline} with ${chance}`] : [];
}

/** Contradictions on a deal. */
export function onDeal({ score, facts }: DealRecord, context: MeasureContext): string[] {
  const action = actionOf(score);
  const id = said(action);
  const { asOfMs } = context;
  const stage = facts.events.findLast(({ atMs }) => atMs <= asOfMs)?.stage ?? facts.stage;
  const silentMs = asOfMs - touched(facts, asOfMs);
  const found: string[] = [];
  const tell = (wrong: boolean, what: string): void => {
    if (wrong) found.push(`${what}: ${action?.text ?? ''} (${facts.id})`);
  };
  tell(context.stages.get(stage)?.closed === true, 'closed');
  tell(score.probability < 0.01 && action !== null && action.rule !== 'close', 'hopeless');
  tell(score.everProbability >= 0.01 && action?.rule === 'close', 'hopeful-closed');
  tell(id === 'action.contact' && silentMs <= context.staleDays * DAY_MS, 'moved');
  tell(action?.rule === 'redate' && (facts.closeDate ?? '9999') > dayOf(asOfMs), 'redate-future');
  tell(
    score.health === 'on track' && ['contact', 'close-or-revive'].includes(action?.rule ?? ''),
    'on-track-revived',
  );
  tell(action?.rule === 'verify' && score.proofs.length > 0, 'verified');
  tell(
    action?.rule === 'reassign' && context.formerUsers?.has(facts.ownerId ?? '') !== true,
    'owner-is-there',
  );
  return [
    ...found,
    ...ofAction(action, context),
    ...ofReasons(score.base, 100 * score.probability, score.reasons),
    ...ofHeadline(score, score.probability),
  ];
}

/** Contradictions on a partner. */
export function onPartner(
  { score, facts, deals }: PartnerRecord,
  context: MeasureContext,
): string[] {
  const action = actionOf(score);
  const id = said(action);
  const { asOfMs } = context;
  const rule = action?.rule ?? '';
  const goal = score.event.goal ?? 0;
  const missing = score.gap > Math.max(1, 0.005 * goal);
  const open = new Map(deals.map((deal) => [deal.dealId, deal]));
  const last = wonIn(facts, context, asOfMs - YEAR_MS, asOfMs);
  const before = wonIn(facts, context, asOfMs - 2 * YEAR_MS, asOfMs - YEAR_MS);
  const found: string[] = [];
  const tell = (wrong: boolean, what: string): void => {
    if (wrong) found.push(`${what}: ${action?.text ?? ''} (${facts.id})`);
  };
  tell(
    missing && score.planHealth.plan !== null && PROMISES.includes(rule),
    'promise-before-money',
  );
  tell(id === 'action.outgrown' && last < 0.6 * before, 'praise-shrinking');
  tell(rule === 'target-outgrown' && score.gap > 0.005 * goal, 'outgrown-short');
  tell(rule === 'agree-plan' && score.planHealth.plan !== null, 'plan-is-there');
  tell(rule === 'first-deal' && facts.deals.length > 0, 'deals-are-there');
  tell(rule === 'build-pipeline' && score.gap <= 0, 'nothing-missing');
  const praised = score.reasons.find(
    ({ text }) => templateOf(text) === 'partner.pipeline.none.up' && facts.deals.length === 0,
  );
  if (praised !== undefined) found.push(`record-of-nothing: ${praised.text} (${facts.id})`);
  tell(
    score.closing.some(({ dealId }) => (open.get(dealId)?.probability ?? 0) < 0.01),
    'closes-by-hopeless',
  );
  tell(
    rule === 'reassign' && context.formerUsers?.has(facts.ownerId ?? '') !== true,
    'owner-is-there',
  );
  return [
    ...found,
    ...ofAction(action, context),
    ...ofReasons(score.base, score.score, score.reasons),
    ...(score.score === 100 ? [] : ofHeadline(score, score.score / 100)),
  ];
}
