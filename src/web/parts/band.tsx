import type { ReactNode } from 'react';
import { tenth } from './format.ts';

const WIDTH = 120;
const HEIGHT = 14;
const MIDDLE = HEIGHT / 2;
/** Room for the ends of the range and for the mark at either side. */
const EDGE = 5;

/** A number inside its 80% band, drawn on a scale that begins at nought. */
export function Band({
  value,
  low,
  high,
  max = 100,
  came,
  text = tenth,
  little = false,
}: {
  value: number;
  low: number;
  high: number;
  max?: number;
  /** What it came to in the end, marked beside it. */
  came?: number;
  text?: (value: number) => string;
  /** Few deals stand behind it. */
  little?: boolean | undefined;
}): ReactNode {
  const x = (of: number): number => (WIDTH * Math.min(Math.max(of, 0), max)) / (max || 1);
  return (
    <span className="band">
      <strong>{text(value)}</strong>
      <svg
        viewBox={`${-EDGE} 0 ${WIDTH + 2 * EDGE} ${HEIGHT}`}
        role="img"
        aria-label={`80% band from ${text(low)} to ${text(high)}`}
      >
        <line className="scale" x1="0" x2={WIDTH} y1={MIDDLE} y2={MIDDLE} />
        <line className="range" x1={x(low)} x2={x(high)} y1={MIDDLE} y2={MIDDLE} />
        <circle cx={x(value)} cy={MIDDLE} r="4" />
        {came !== undefined && (
          <line className="came" x1={x(came)} x2={x(came)} y1="0" y2={HEIGHT} />
        )}
      </svg>
      <span className="ends" aria-hidden="true">
        {text(low)} to {text(high)}
      </span>
      {little && <span className="ends">little evidence</span>}
    </span>
  );
}
