import { box, drawing, label, line, scale } from '../page/svg.ts';

export interface Fall {
  label: string;
  /** Where it leads from and to. */
  from: number;
  to: number;
  kind: 'whole' | 'up' | 'down';
  words: string;
}

const WIDTH = 720;
const HEIGHT = 240;
const TOP = 24;
const GROUND = 190;
const EDGE = 20;
/** Longer words would run into each other. */
const WORDS = 15;
const LINES = 3;

/** A text on at most three lines of a column. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < WORDS)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word.length > WORDS ? `${word.slice(0, WORDS - 1)}…` : word);
  }
  return lines.length <= LINES ? lines : [...lines.slice(0, LINES - 1), `${lines[LINES - 1]!}…`];
}

/** From one number to another by steps that each begin where the one before it ends. */
export function falls(title: string, steps: readonly Fall[]): string {
  const ends = steps.flatMap(({ from, to }) => [from, to]);
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  if (!(high > low)) return '';
  const y = scale(low, high, GROUND, TOP);
  const room = (WIDTH - 2 * EDGE) / steps.length;
  const thick = Math.min(56, room * 0.7);
  return drawing(WIDTH, HEIGHT, title, [
    line('grid', EDGE, y(0), WIDTH - EDGE, y(0)),
    ...steps.flatMap(({ label: name, from, to, kind, words }, i) => {
      const at = EDGE + (i + 0.5) * room;
      const upper = Math.min(y(from), y(to));
      return [
        box(kind, [at - thick / 2, upper], [thick, Math.max(1, Math.abs(y(to) - y(from)))], words),
        label(words, at, upper - 6, 'middle'),
        ...wrapped(name).map((text, k) => label(text, at, GROUND + 18 + k * 14, 'middle')),
        i + 1 < steps.length
          ? line('grid', at + thick / 2, y(to), at + room - thick / 2, y(to))
          : '',
      ];
    }),
  ]);
}

/** Steps from a first number to a last one, with both of them whole. */
export function fallsOf(
  [first, before]: [label: string, value: number],
  steps: readonly { label: string; amount: number }[],
  last: string,
  words: (value: number) => string,
): Fall[] {
  let at = before;
  const whole = (name: string, value: number): Fall => ({
    ...{ label: name, from: 0, to: value, kind: 'whole', words: words(value) },
  });
  const between = steps.map(({ label: name, amount }): Fall => {
    const from = at;
    at += amount;
    const signed = `${amount > 0 ? '+' : '−'}${words(Math.abs(amount))}`;
    return { label: name, from, to: at, kind: amount > 0 ? 'up' : 'down', words: signed };
  });
  return [whole(first, before), ...between, whole(last, at)];
}
