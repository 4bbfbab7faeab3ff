import type { MeasureContext } from '../../model/facts.ts';
import type { NextAction } from '../../model/score.ts';
import { isoDay } from '../math/calendar.ts';
import { DAY_MS } from '../math/time.ts';
import { effectWords, type Effect } from './effect.ts';

/** One rule of what to do next: when it holds, and everything that is said of it. */
export interface Rule<T> {
  id: string;
  when(given: T): boolean;
  text(given: T): string;
  evidence(given: T): string;
  effect(given: T): Effect;
  effort: NextAction['effort'];
  /** For so many days it is worth doing, and never beyond what it is about. */
  goodForDays: number;
  asset?(given: T): NextAction['asset'];
  /** What it costs, where money is spent. */
  offer?(given: T): NextAction['offer'];
  /** Id of the deal that the text names. */
  deal?(given: T): string | null;
}

/** What every rule is given beside its own facts. */
export interface Given {
  context: MeasureContext;
  /** Reporting currency; it ranks what an owner is shown. */
  stake: number;
  /** When what the action is about is over. */
  dueMs: number;
}

function actionOf<T extends Given>(rule: Rule<T>, given: T): NextAction {
  const { context, dueMs, stake } = given;
  const untilMs = Math.min(
    context.asOfMs + rule.goodForDays * DAY_MS,
    Math.max(dueMs - 1, context.asOfMs),
  );
  return {
    rule: rule.id,
    text: rule.text(given),
    stake,
    evidence: rule.evidence(given),
    effect: effectWords(rule.effect(given), context),
    effort: rule.effort,
    expiresOn: isoDay(untilMs, context.timeZone),
    asset: rule.asset?.(given) ?? null,
    offer: rule.offer?.(given) ?? null,
    dealId: rule.deal?.(given) ?? null,
    instead: null,
  };
}

/**
 * The first rule that holds, worded; null when none does. One that spends money carries what is to
 * be done once its budget is spent.
 */
export function firstOf<T extends Given>(rules: readonly Rule<T>[], given: T): NextAction | null {
  const at = rules.findIndex((rule) => rule.when(given));
  if (at < 0) return null;
  const action = actionOf(rules[at]!, given);
  return action.offer === null
    ? action
    : {
        ...action,
        instead: firstOf(
          rules.slice(at + 1).filter((rule) => rule.offer === undefined),
          given,
        ),
      };
}
