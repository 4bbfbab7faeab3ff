import { metricOfWords } from '../../../model/metrics.ts';
import { FEWEST_ROWS, isWord } from './column.ts';
import type { Judge, View } from './view.ts';

/** Shapes of words: names, kinds, states, the two sides of a plan, metrics. */

/** A list of words that sort rows is no longer than this. */
const MOST_KINDS = 40;
const MOST_STATES = 8;
const NEARLY_ALL = 0.8;

const isText = ({ field, column }: View): boolean =>
  isWord(field) && column.words.size > 0 && !column.ids && !column.codes;

/** A name: text of its own in nearly every row. */
export const name: Judge = (view) =>
  !isText(view) ? -1 : view.column.repeats ? 0 : view.column.filled >= NEARLY_ALL ? 1 : 0.3;

/** What a kind of thing is called: the same few names again and again. */
export const title: Judge = (view) =>
  !isText(view)
    ? -1
    : view.column.filled < NEARLY_ALL || view.field.type !== 'text'
      ? 0
      : view.column.repeats
        ? 0.9
        : 0.7;

/** A few words that sort rows into kinds. */
export const kind: Judge = (view) =>
  !isText(view)
    ? -1
    : view.column.repeats && view.column.words.size <= MOST_KINDS
      ? view.column.words.size > 1
        ? 1
        : 0.4
      : -0.5;

/** A handful of words at most, on a record that moves from one to the next. */
export const state: Judge = (view) =>
  !isText(view) || view.column.words.size > MOST_STATES
    ? -1
    : view.field.type === 'picklist' || view.column.repeats
      ? 0.9
      : 0.2;

/** Two words, each on many rows. */
export const side: Judge = (view) =>
  !isText(view) || view.column.words.size > 3
    ? -1
    : view.column.words.size === 2 && view.column.repeats && view.column.filled >= NEARLY_ALL
      ? view.field.type === 'picklist'
        ? 1
        : 0.8
      : 0;

const machineLike = (text: string): boolean => /^[\p{L}\d]+([_.-][\p{L}\d]+)*$/u.test(text);

/** Share of a plan's targets whose word stands on no other target of it. */
function apart(view: View): number {
  const { parent, column } = view;
  if (parent === null) return 1;
  const seen = new Map<string, number>();
  column.cells.forEach((word, row) => {
    const key = `${String(parent.cells[row])} ${String(word)}`;
    if (word !== null) seen.set(key, (seen.get(key) ?? 0) + 1);
  });
  return seen.size === 0 ? 0 : [...seen.values()].filter((n) => n === 1).length / seen.size;
}

/** Words for what is counted: a few, of which a plan has each once; codes before sentences. */
export const metric: Judge = (view) => {
  const words = [...view.column.words];
  if (!isText(view) || words.length < FEWEST_ROWS || words.length > MOST_KINDS)
    return isText(view) ? -0.5 : -1;
  if (!view.column.repeats || apart(view) < NEARLY_ALL) return 0;
  const codes = words.filter(machineLike).length / words.length;
  const known = words.filter((word) => metricOfWords(word) !== null).length / words.length;
  return 0.5 + 0.4 * codes + 0.1 * known;
};

/** The words of a target: sentences before codes. */
export const targetLabel: Judge = (view) =>
  !isText(view) || view.column.words.size < FEWEST_ROWS
    ? -1
    : 0.5 +
      0.3 *
        ([...view.column.words].filter((word) => !machineLike(word)).length /
          view.column.words.size);

export const currency: Judge = ({ column }) =>
  column.words.size === 0 ? 0 : column.codes ? 1 : -1;
