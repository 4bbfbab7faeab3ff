import type { CrmType, ReadAs } from '../../src/model/connector.ts';
import { provenSign } from '../../src/model/number-text.ts';
import { readTime } from '../../src/model/text-time.ts';
import { readLines } from './parse.ts';
import type { Survey } from './survey.ts';

/** Enough to find the cells by; more would only fill the page. */
const SHOWN = 5;
const TEXTS: readonly CrmType[] = ['text', 'longtext', 'picklist', 'multipicklist'];
const PLAIN_NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i;
const YES_NO = /^(?:true|false|yes|no|1|0)$/i;

const WANTED: Record<ReadAs, { word: string; fits: (text: string) => boolean }> = {
  number: {
    word: 'numbers',
    fits: (text) => PLAIN_NUMBER.test(text) && provenSign(text) !== 'doubt',
  },
  time: {
    word: 'days or times such as 2026-05-31',
    fits: (text) => readTime(text, 'UTC') !== null,
  },
  boolean: { word: 'true or false', fits: (text) => YES_NO.test(text) },
};

/**
 * Cells of columns that are read as text, though the mapping wants something else of them: their
 * rows will be refused. One more pass over the file, where there are such columns.
 */
export async function unfitCells(
  survey: Survey,
  readAs: Readonly<Record<string, ReadAs>>,
): Promise<string[]> {
  const looked = survey.columns.flatMap(({ name, type }, at) => {
    const as = Object.hasOwn(readAs, name) ? readAs[name] : undefined;
    return as === undefined || !TEXTS.includes(type)
      ? []
      : [{ name, at, ...WANTED[as], filled: 0, unfit: 0, example: '', lines: [] as number[] }];
  });
  if (looked.length === 0) return [];
  let header = true;
  for await (const { cells, line } of readLines(
    survey.file.path,
    survey.file.name,
    survey.format,
  )) {
    for (const column of header ? [] : looked) {
      const text = (cells[column.at] ?? '').trim();
      if (text === '') continue;
      column.filled += 1;
      if (column.fits(text)) continue;
      column.unfit += 1;
      column.example ||= text;
      if (column.lines.length < SHOWN) column.lines.push(line);
    }
    header = false;
  }
  return looked
    .filter(({ unfit }) => unfit > 0)
    .map(
      ({ name, at, word, filled, unfit, example, lines }) =>
        `${name} (column ${at + 1}) is read as text, and the mapping wants ${word}: ${unfit} of its ${filled} cells are none, such as ${example} (lines ${lines.join(', ')}${unfit > lines.length ? ', …' : ''})`,
    );
}
