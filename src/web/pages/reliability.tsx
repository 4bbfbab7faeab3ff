import type { ReactNode } from 'react';
import type { AnswerOf } from '../api/client.ts';
import { percent, whole } from '../parts/format.ts';

type Record = NonNullable<AnswerOf<'/v1/connections/{id}/record'>['live']>;
type Bin = Record['chances'][number]['bins'][number];

const SIDE = 200;
/** Room for the words at the axes. */
const EDGE = 34;
/** A dot's area grows with how many it stands for, between these radii. */
const [SMALL, LARGE] = [3, 9];
const ENDS = [0, 0.5, 1];
/** Room above for the words of the upright axis. */
const TOP = 20;

const x = (share: number): number => EDGE + SIDE * share;
const y = (share: number): number => TOP + SIDE - SIDE * share;

/** What was said beside what happened: on the line a probability can be taken at its word. */
export function Reliability({ title, bins }: { title: string; bins: Bin[] }): ReactNode {
  const most = Math.max(1, ...bins.map(({ n }) => n));
  const radius = (n: number): number => Math.max(SMALL, LARGE * Math.sqrt(n / most));
  const spoken = bins
    .map(({ said, happened, n }) => `${percent(said)} said, ${percent(happened.value)} of ${n}`)
    .join('; ');
  return (
    <figure className="reliability">
      <svg
        viewBox={`0 0 ${SIDE + 2 * EDGE} ${TOP + SIDE + EDGE}`}
        role="img"
        aria-label={`${title}: ${spoken}`}
      >
        <path className="frame" d={`M${x(0)} ${y(1)}V${y(0)}H${x(1)}`} />
        <path className="even" d={`M${x(0)} ${y(0)}L${x(1)} ${y(1)}`} />
        {ENDS.map((share) => (
          <g key={share}>
            <text x={x(share)} y={y(0) + 14} textAnchor="middle">
              {percent(share)}
            </text>
            <text x={x(0) - 5} y={y(share) + 4} textAnchor="end">
              {percent(share)}
            </text>
          </g>
        ))}
        {bins.map(({ from, said, happened, n }) => (
          <g key={from}>
            <title>{`${percent(said)} said, ${percent(happened.value)} of ${whole(n)} happened`}</title>
            <path
              className="range"
              d={`M${x(said)} ${y(happened.low ?? happened.value)}V${y(happened.high ?? happened.value)}`}
            />
            <circle cx={x(said)} cy={y(happened.value)} r={radius(n)} />
          </g>
        ))}
        <text x={x(0.5)} y={y(0) + 27} textAnchor="middle">
          said
        </text>
        <text x={x(0)} y={TOP / 2}>
          happened, with its 95% interval
        </text>
      </svg>
      <figcaption>
        {title}. On the dashed line what is said is what happens; a larger dot stands for more.
      </figcaption>
    </figure>
  );
}
