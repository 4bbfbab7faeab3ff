import type { Speech } from '../model/language/languages.ts';
import { say } from '../model/language/printed.ts';
import { printable } from './format.ts';

interface Named {
  name: string;
  type: string | null;
}

/** Partners one by one, each with its lines; and how many there are beside them. */
export function partnersText<Row extends Named>(
  rows: readonly Row[],
  total: number,
  speech: Speech,
  lines: (row: Row) => string[],
): string {
  const rest = total - rows.length;
  return [
    ...rows.flatMap((row, i) => {
      const about = row.type === null ? '' : ` (${printable(row.type, 40)})`;
      return [
        `${`${i + 1}.`.padStart(4)} ${printable(row.name, 70)}${about}\n`,
        ...lines(row).map((line) => `     ${line}\n`),
      ];
    }),
    rows.length === 0 ? `  ${say(speech, 'c3.noMatch')}\n` : '',
    rest === 0 ? '' : `  ${say(speech, 'attention.more', { n: rest })}\n`,
  ].join('');
}
