import { C3_NAMES, type C3, type C3Name } from '../model/c3.ts';
import type { Speech } from '../model/language/languages.ts';
import { say } from '../model/language/printed.ts';
import type { TraitRow } from '../sync/measure/trait-list.ts';
import { heading } from './format.ts';
import { partnersText } from './partners-text.ts';

/** A terminal has room for every part. */
const LINE = 2000;

function scoreLine(c3: C3, which: C3Name, speech: Speech): string {
  const { value, parts, evidence, missing } = c3[which];
  const name = say(speech, `c3.name.${which}`);
  const said = parts.map(({ code, points }) =>
    say(speech, 'c3.part', { part: say(speech, `c3.part.${code}`), points }),
  );
  const none = missing.map((code) => say(speech, `c3.part.${code}`)).join(', ');
  return [
    ...(parts.length === 0
      ? [say(speech, 'c3.bare', { name, value })]
      : [
          say(speech, 'c3.score', { name, value, parts: said.join(', ') }, LINE),
          say(speech, 'c3.evidence', { n: evidence }),
        ]),
    ...(none === '' ? [] : [say(speech, 'c3.missing', { parts: none }, LINE)]),
  ].join('; ');
}

export const c3Text = (rows: TraitRow<C3>[], total: number, speech: Speech): string =>
  heading(say(speech, 'c3.title')) +
  partnersText(rows, total, speech, ({ trait }) =>
    C3_NAMES.map((which) => scoreLine(trait, which, speech)),
  );
