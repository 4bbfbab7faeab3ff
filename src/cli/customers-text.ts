import type { CustomerValue, CustomerValues } from '../model/customer-value.ts';
import type { Speech } from '../model/language/languages.ts';
import { say } from '../model/language/printed.ts';
import type { TraitRow } from '../sync/measure/trait-list.ts';
import { heading } from './format.ts';
import { partnersText } from './partners-text.ts';

function valueLines(found: CustomerValue, speech: Speech): string[] {
  const { n, alone, direct, firstYear, directFirstYear, ratio, again, directAgain } = found;
  return [
    n === 0
      ? say(speech, 'customers.nobody')
      : say(speech, 'customers.year', { firstYear, directFirstYear, n, direct }),
    ...(n === 0 ? [] : [say(speech, 'customers.again', { p: again, pool: directAgain })]),
    ...(ratio === null
      ? [say(speech, 'customers.few')]
      : [say(speech, 'customers.ratio', { times: ratio.mean, ...ratio })]),
    ...(alone === 0 ? [] : [say(speech, 'customers.alone', { n: alone })]),
  ];
}

export const customersText = (
  rows: TraitRow<CustomerValue>[],
  total: number,
  speech: Speech,
): string =>
  heading(say(speech, 'customers.title')) +
  partnersText(rows, total, speech, ({ trait }) => valueLines(trait, speech));

export const customersWhole = ({ all, missing }: CustomerValues, speech: Speech): string =>
  [
    ...(all === null
      ? [say(speech, 'customers.none')]
      : [say(speech, 'customers.all'), ...valueLines(all, speech)]),
    ...missing.map((one) => say(speech, `customers.missing.${one}`)),
  ]
    .map((line) => `  ${line}\n`)
    .join('');
