import type { ReactNode } from 'react';
import type { AnswerOf } from '../api/client.ts';
import { day, tenth } from '../parts/format.ts';

type Score = AnswerOf<'/v1/connections/{id}/partners/{partner}'>['score'];

interface Step {
  code: string;
  text: string;
  points: number;
  /** Against a week ago; null = there is nothing to compare with. */
  moved: number | null;
}

const signed = (points: number): string => `${points > 0 ? '+' : ''}${tenth(points)}`;

/** The parts of a score, which add up to it, and how each has moved since last week. */
function stepsOf(score: Score, before: Score | null): Step[] {
  const was = new Map((before?.reasons ?? []).map((reason) => [reason.code, reason.points]));
  const moved = (now: number, then: number | undefined): number | null =>
    before === null ? null : now - (then ?? 0);
  const steps = score.reasons.map(({ code, text, points }) => ({
    ...{ code, text, points },
    moved: moved(points, was.get(code)),
  }));
  const gone = (before?.reasons ?? [])
    .filter(({ code }) => !score.reasons.some((reason) => reason.code === code))
    .map(({ code, text, points }) => ({ code, text, points: 0, moved: -points }));
  const peer = 'As a comparable peer stands';
  return [
    { code: 'base', text: peer, points: score.base, moved: moved(score.base, before?.base) },
    ...steps,
    ...gone,
  ];
}

export function Waterfall({ score, before }: { score: Score; before: Score | null }): ReactNode {
  let level = 0;
  const rows = stepsOf(score, before).map((step) => {
    const from = level;
    level += step.points;
    return { ...step, from: Math.min(from, level), width: Math.abs(step.points) };
  });
  return (
    <>
      <table className="waterfall">
        <caption>
          {before === null
            ? 'The parts add up to the score; there is no score of a week ago to compare with'
            : `The parts add up to the score; changes are since ${day(before.asOfMs)}, when it was ${tenth(before.score)}`}
        </caption>
        <thead>
          <tr>
            <th scope="col">Reason</th>
            <th scope="col">Points, drawn</th>
            <th scope="col" className="number">
              Points
            </th>
            <th scope="col" className="number">
              Change
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.code}>
              <td data-label="Reason">{row.text}</td>
              <td>
                <svg viewBox="0 0 100 10" aria-hidden="true" preserveAspectRatio="none">
                  <rect
                    className={row.points < 0 ? 'down' : row.code === 'base' ? 'base' : 'up'}
                    x={Math.max(0, row.from)}
                    width={Math.max(0.5, row.width)}
                    y="1"
                    height="8"
                  />
                </svg>
              </td>
              <td className="number" data-label="Points">
                {row.code === 'base' ? tenth(row.points) : signed(row.points)}
              </td>
              <td className="number" data-label="Change">
                {row.moved === null ? '' : signed(row.moved)}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              Score
            </th>
            <td className="number">{tenth(score.score)}</td>
            <td className="number">{before === null ? '' : signed(score.score - before.score)}</td>
          </tr>
        </tfoot>
      </table>
    </>
  );
}
