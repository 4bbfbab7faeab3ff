import { label, line, type Scale } from './svg.ts';

export const WIDTH = 720;
export const HEIGHT = 280;
/** Room for the words of the axes. */
export const PAD = { left: 78, right: 16, top: 12, bottom: 34 };
export const GROUND = HEIGHT - PAD.bottom;

const MARKS = 5;

/** Round numbers that lie between two others: steps of 1, 2 or 5 times a power of ten. */
export function marks(from: number, to: number): number[] {
  const rough = (to - from) / MARKS;
  if (!(rough > 0)) return [from];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((times) => times * power >= rough) ?? 10);
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
}

/** Lines across at round numbers, with the numbers before them. */
export const across = (
  values: readonly number[],
  y: Scale,
  words: (value: number) => string,
  until = WIDTH - PAD.right,
): string[] =>
  values.flatMap((value) => [
    line('grid', PAD.left, y(value), until, y(value)),
    label(words(value), PAD.left - 8, y(value) + 4, 'end'),
  ]);

/** Words under the chart: every so many, that none stands on another. */
export function under(words: readonly string[], x: (i: number) => number, room = 92): string[] {
  const most = Math.max(1, Math.floor((WIDTH - PAD.left - PAD.right) / room));
  const every = Math.max(1, Math.ceil(words.length / most));
  return words.flatMap((text, i) =>
    i % every === 0 ? [label(text, x(i), HEIGHT - 12, 'middle')] : [],
  );
}

/** Where the i-th of n things stands from left to right. */
export const place =
  (n: number): ((i: number) => number) =>
  (i) =>
    PAD.left + ((i + 0.5) / Math.max(1, n)) * (WIDTH - PAD.left - PAD.right);
