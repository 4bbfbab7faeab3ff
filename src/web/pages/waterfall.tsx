import type { ReactNode } from 'react';
import type { AnswerOf } from '../api/client.ts';
import { day, signed, tenth } from '../parts/format.ts';
import { Steps, type Step } from '../parts/steps.tsx';

type Scored = Pick<
  AnswerOf<'/v1/connections/{id}/partners/{partner}'>['score'],
  'reasons' | 'base' | 'asOfMs'
> & { score: number };

/** The parts of a score, which add up to it, and how each has moved since last week. */
function stepsOf(score: Scored, before: Scored | null, title: string): Step[] {
  const was = new Map((before?.reasons ?? []).map((reason) => [reason.code, reason.points]));
  const moved = (now: number, then = 0): string => (before === null ? '' : signed(now - then));
  const part = (code: string, label: string, points: number, then = was.get(code)): Step => ({
    ...{ id: code, label, amount: points, text: signed(points), moved: moved(points, then) },
  });
  const gone = (before?.reasons ?? []).filter(
    ({ code }) => !score.reasons.some((reason) => reason.code === code),
  );
  return [
    {
      ...part('base', 'As a comparable peer stands', score.base, before?.base),
      ...{ whole: true, text: tenth(score.base) },
    },
    ...score.reasons.map(({ code, text, points }) => part(code, text, points)),
    ...gone.map(({ code, text }) => part(code, `No longer: ${text}`, 0)),
    {
      ...part('score', title, score.score, before?.score),
      ...{ whole: true, text: tenth(score.score), label: <strong>{title}</strong> },
    },
  ];
}

export function Waterfall({
  score,
  before,
  what = 'score',
}: {
  score: Scored;
  before: Scored | null;
  what?: 'score' | 'chance';
}): ReactNode {
  const since =
    before === null
      ? ''
      : `; changes are since ${day(before.asOfMs)}, when it was ${tenth(before.score)}`;
  return (
    <Steps
      caption={`The parts add up to the ${what}${since}`}
      steps={stepsOf(score, before, what === 'score' ? 'Score' : 'Chance to win')}
      heads={{
        ...{ label: 'Reason', number: 'Points' },
        ...(before === null ? {} : { moved: 'Change' }),
      }}
    />
  );
}
