import type { ReactNode } from 'react';

export interface Step {
  id: string;
  label: ReactNode;
  /** What it adds; of a beginning or an end, where it stands. */
  amount: number;
  /** A beginning or an end stands on the ground, a part begins where the one before ended. */
  whole?: boolean;
  text: string;
  /** A second number: how the part has moved. */
  moved?: string;
}

const WIDTH = 100;

/** Parts that add up, drawn one after the other, with their numbers beside them. */
export function Steps({
  caption,
  steps,
  heads,
}: {
  caption: string;
  steps: Step[];
  heads: { label: string; number: string; moved?: string };
}): ReactNode {
  let level = 0;
  const placed = steps.map((step) => {
    const from = step.whole === true ? 0 : level;
    level = from + step.amount;
    return { ...step, low: Math.min(from, level), high: Math.max(from, level) };
  });
  const low = Math.min(0, ...placed.map((step) => step.low));
  const high = Math.max(low + 1e-9, ...placed.map((step) => step.high));
  const x = (value: number): number => (WIDTH * (value - low)) / (high - low);
  const tone = ({ whole, amount }: Step): string =>
    whole === true ? 'base' : amount < 0 ? 'down' : 'up';
  return (
    <div className="scroll">
      <table className="steps">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{heads.label}</th>
            <td />
            <th scope="col" className="number">
              {heads.number}
            </th>
            {heads.moved !== undefined && (
              <th scope="col" className="number">
                {heads.moved}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {placed.map((step) => (
            <tr key={step.id}>
              <td data-label={heads.label}>{step.label}</td>
              <td className="drawn">
                <svg viewBox={`0 0 ${WIDTH} 10`} aria-hidden="true" preserveAspectRatio="none">
                  <rect
                    className={tone(step)}
                    x={Math.min(WIDTH - 0.5, x(step.low))}
                    width={Math.max(0.5, x(step.high) - x(step.low))}
                    y="0"
                    height="10"
                  />
                </svg>
              </td>
              <td className="number" data-label={heads.number}>
                {step.text}
              </td>
              {heads.moved !== undefined && (
                <td className="number" data-label={heads.moved}>
                  {step.moved}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
