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

function wordsOf(family: Family, state: DealState, context: MeasureContext): Words {
  const speech = speechOf(context);
  const stage = stageName(state.stage, context);
  const days = { days: state.stageDays, age: state.ageDays, stage };
  switch (family) {
    case 'activity':
      return activityWords(state, context);
    case 'stage':
      return (raises) => say(speech, raises ? 'win.stage.up' : 'win.stage.down', { stage });
    case 'age':
      return (raises) => say(speech, raises ? 'win.age.up' : 'win.age.down', days);
    default:
      return (raises) => say(speech, raises ? `win.${family}.up` : `win.${family}.down`);
  }
}

/** Reasons of the win model, one for each thing that features are about; their points are exact sums. */
export function winReasons(
  said: WinProbability,
  state: DealState,
  context: MeasureContext,
): Step[] {
  const points = new Map<Family, number>();
  for (const { name, points: own } of said.steps) {
    points.set(familyOf(name), (points.get(familyOf(name)) ?? 0) + own);
  }
  return FAMILIES.flatMap((family) => {
    const own = points.get(family);
    return own === undefined
      ? []
      : [{ code: family, points: own, text: wordsOf(family, state, context) }];
  });
}
