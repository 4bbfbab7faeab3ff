import { DAY_MS, daysBetween } from '../math/time.ts';
import type { DealState } from '../deal/deal-at.ts';
import { FAMILIES, familyOf, type Family } from '../win/features/families.ts';
import type { WinProbability } from '../win/model/probability.ts';
import type { MeasureContext } from '../../model/facts.ts';
import type { Step } from './reasons.ts';
import { say } from '../../model/language/say.ts';
import { speechOf, stageName } from '../math/speech.ts';

const RECENT_DAYS = 7;

type Words = (raises: boolean) => string;

function activityWords({ deal }: DealState, context: MeasureContext): Words {
  const { asOfMs } = context;
  const speech = speechOf(context);
  const done = deal.activities.filter((row) => row.qualifying && row.atMs <= asOfMs);
  const last = done.at(-1);
  if (!last)
    return (raises) => say(speech, raises ? 'win.activity.none.up' : 'win.activity.none.down');
  const n = done.filter((row) => row.atMs > asOfMs - RECENT_DAYS * DAY_MS).length;
  const days = daysBetween(last.atMs, asOfMs);
  if (n > 0)
    return (raises) => say(speech, raises ? 'win.activity.up' : 'win.activity.down', { n });
  return (raises) =>
    say(speech, raises ? 'win.activity.quiet.up' : 'win.activity.quiet.down', { days });
}

/** What a deal may say of itself, by the word that stands in the CRM. */
const SAID = ['product', 'origin', 'industry', 'competitor'] as const;
type Said = (typeof SAID)[number];
const isSaid = (family: Family): family is Said => SAID.includes(family as Said);

/** Words that the deal lacks are named together. */
const toldAs = (family: Family, { deal }: DealState): Family =>
  isSaid(family) && !deal[family] ? 'about' : family;

function pushWords({ pushes }: DealState, context: MeasureContext): Words {
  const speech = speechOf(context);
  if (pushes === 0)
    return (raises) => say(speech, raises ? 'win.push.none.up' : 'win.push.none.down');
  return (raises) => say(speech, raises ? 'win.push.up' : 'win.push.down', { n: pushes });
}

function wordsOf(family: Family, state: DealState, context: MeasureContext): Words {
  const speech = speechOf(context);
  const stage = stageName(state.stage, context);
  const days = { days: state.stageDays, age: state.ageDays, stage };
  if (isSaid(family)) {
    const word = state.deal[family] ?? '';
    return (raises) => say(speech, raises ? `win.${family}.up` : `win.${family}.down`, { word });
  }
  switch (family) {
    case 'activity':
      return activityWords(state, context);
    case 'push':
      return pushWords(state, context);
    case 'quarter': {
      const left = daysBetween(context.asOfMs, context.period.endMs);
      return (raises) => say(speech, raises ? 'win.quarter.up' : 'win.quarter.down', { left });
    }
    case 'stage':
      return (raises) => say(speech, raises ? 'win.stage.up' : 'win.stage.down', { stage });
    case 'age':
      return (raises) => say(speech, raises ? 'win.age.up' : 'win.age.down', days);
    default:
      return (raises) => say(speech, raises ? `win.${family}.up` : `win.${family}.down`);
  }
}

/**
 * Reasons of the win model, one for each thing that features are about; their points are exact
 * sums.
 */
export function winReasons(
  said: WinProbability,
  state: DealState,
  context: MeasureContext,
): Step[] {
  const points = new Map<Family, number>();
  for (const { name, points: own } of said.steps) {
    const family = toldAs(familyOf(name), state);
    points.set(family, (points.get(family) ?? 0) + own);
  }
  return FAMILIES.flatMap((family) => {
    const own = points.get(family);
    return own === undefined
      ? []
      : [{ code: family, points: own, text: wordsOf(family, state, context) }];
  });
}
