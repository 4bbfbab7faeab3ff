/** Shapes of a chart as text: no script runs in a report that is mailed and kept. */
import { cleanText, htmlText } from '../../model/clean-text.ts';

export type Scale = (value: number) => number;

/** Maps [from, to] onto [low, high]. */
export const scale =
  (from: number, to: number, low: number, high: number): Scale =>
  (value) =>
    low + ((value - from) / (to - from || 1)) * (high - low);

/** Text of anybody, as it may stand in a page. */
export const shown = (text: string): string => htmlText(cleanText(text));

/** Hundredths of a pixel are more than an eye sees. */
const px = (value: number): string => String(Math.round(value * 100) / 100);

type Attributes = Record<string, string | number>;

const tag = (name: string, attributes: Attributes, inside = ''): string => {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${typeof value === 'number' ? px(value) : htmlText(value)}"`,
  );
  return `<${name}${written.join('')}>${inside}</${name}>`;
};

export const line = (kind: string, x1: number, y1: number, x2: number, y2: number): string =>
  tag('line', { class: kind, x1, y1, x2, y2 });

/** A mark that says in words what it shows when it is pointed at. */
export const dot = (kind: string, cx: number, cy: number, r: number, words: string): string =>
  tag('circle', { class: kind, cx, cy, r }, `<title>${shown(words)}</title>`);

export const box = (
  kind: string,
  [x, y]: [number, number],
  [width, height]: [number, number],
  words: string,
): string => tag('rect', { class: kind, x, y, width, height }, `<title>${shown(words)}</title>`);

export const path = (kind: string, points: readonly (readonly [number, number])[]): string =>
  points.length === 0
    ? ''
    : tag('polyline', {
        class: kind,
        points: points.map(([x, y]) => `${px(x)},${px(y)}`).join(' '),
      });

export const label = (
  text: string,
  x: number,
  y: number,
  anchor: 'start' | 'middle' | 'end',
): string => tag('text', { x, y, 'text-anchor': anchor }, shown(text));

/** A drawing with what it shows in words, for those who do not see it. */
export const drawing = (width: number, height: number, words: string, inside: string[]): string =>
  tag(
    'svg',
    { viewBox: `0 0 ${px(width)} ${px(height)}`, role: 'img', 'aria-label': words },
    inside.join(''),
  );
