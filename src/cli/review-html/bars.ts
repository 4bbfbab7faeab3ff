import { box, drawing, label, line, scale } from '../page/svg.ts';

export interface Bar {
  label: string;
  /** Lengths on one scale, drawn over each other; the words of the first stand behind the bar. */
  parts: { kind: string; value: number; words: string }[];
}

const WIDTH = 720;
const ROW = 30;
const THICK = 16;
const NAME = 190;
const VALUES = 120;
/** Longer names would run into the bars. */
const NAME_LENGTH = 28;

const cut = (text: string): string =>
  text.length <= NAME_LENGTH ? text : `${[...text].slice(0, NAME_LENGTH - 1).join('')}…`;

/** Bars from left to right, one a row; `mark` = where a line is drawn across all of them. */
export function bars(title: string, rows: readonly Bar[], mark: number | null = null): string {
  const top = Math.max(mark ?? 0, ...rows.flatMap(({ parts }) => parts.map(({ value }) => value)));
  if (!(top > 0)) return '';
  const x = scale(0, top, NAME, WIDTH - VALUES);
  const height = rows.length * ROW + 8;
  return drawing(WIDTH, height, title, [
    ...rows.flatMap((row, i) => {
      const y = i * ROW + 8;
      const longest = row.parts[0];
      return [
        label(cut(row.label), NAME - 8, y + THICK - 4, 'end'),
        ...row.parts.map(({ kind, value, words }) =>
          box(kind, [NAME, y], [Math.max(0, x(value) - NAME), THICK], words),
        ),
        longest === undefined
          ? ''
          : label(
              longest.words,
              x(Math.max(0, ...row.parts.map(({ value }) => value))) + 6,
              y + THICK - 4,
              'start',
            ),
      ];
    }),
    mark === null ? '' : line('ideal', x(mark), 2, x(mark), height),
  ]);
}
