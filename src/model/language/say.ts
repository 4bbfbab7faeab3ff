import { CATALOGUE, type English, type TextId } from './catalogue.ts';
import { fitSentence } from './fit.ts';
import type { Language, Speech } from './languages.ts';
import { partsOf, type Kind, type Params, type Part, type Texts } from './template.ts';
import { formFor, written } from './values.ts';

export type { TextId };

type Given = Readonly<Record<string, string | number>>;
/** What a text must be given; nothing where its template has no place. */
type Args<Template extends string> = keyof Params<Template> extends never
  ? [given?: undefined, room?: number]
  : [given: Params<Template>, room?: number];

/** Room in a CRM's ordinary text field. */
export const ROOM = 255;
/** A name is not shortened below this: less would tell nobody which one is meant. */
const MIN_NAME = 12;
/** No language that we write has a longer word; what is longer is none, and may be cut inside. */
const LONGEST_WORD = 40;
/**
 * Characters that a name keeps: its first word, which is whole, and the mark of what is left out.
 */
function leastOf(name: string): number {
  const first = /^\S*/.exec(name)![0].length;
  return first > LONGEST_WORD ? MIN_NAME : Math.max(MIN_NAME, first + 1);
}
/**
 * Steps in which a lasting state is said: a text that named every day would be written into the CRM
 * every day.
 */
const LASTING_DAYS = [1, 3, 7, 14, 21, 30, 45, 60, 90, 120, 180, 270, 365, 540, 730, 1095];
const DAYS_A_WEEK = 7;
/** Shorter times are told in days. */
const WEEKS_FROM_DAYS = 14;

const PARTS = new Map<string, Part[]>();
function partsFor(template: string): Part[] {
  const parts = PARTS.get(template) ?? partsOf(template);
  PARTS.set(template, parts);
  return parts;
}

const fill = (template: string, given: Given, speech: Speech): string =>
  partsFor(template)
    .map((part) => filled(part, given, speech))
    .join('');

function filled(part: Part, given: Given, speech: Speech): string {
  if (part.is === 'text') return part.text;
  const value = given[part.key] ?? '';
  if (part.is === 'name') return String(value);
  if (part.is === 'value') return inWords(part.kind, value, speech);
  const form = formFor(Number(value), part.forms, speech.language);
  return part.counted ? `${written('number', Math.round(Number(value)), speech)} ${form}` : form;
}

/** One number as a text would hold it. */
export function inWords(kind: Kind, value: string | number, speech: Speech): string {
  const n = Number(value);
  const words = CATALOGUE[speech.language];
  if (kind === 'span')
    return n < WEEKS_FROM_DAYS
      ? fill(words['word.days'], { n: Math.max(0, n) }, speech)
      : fill(words['word.weeks'], { n: n / DAYS_A_WEEK }, speech);
  if (kind === 'lasting') {
    const passed = LASTING_DAYS.findLast((step) => n > step);
    return passed === undefined
      ? fill(words['word.brief'], {}, speech)
      : fill(words['word.lasting'], { n: passed }, speech);
  }
  // What may still go either way reads neither 0% nor 100%.
  if (kind === 'percent' && n > 0 && n < 0.01)
    return fill(words['word.under'], { p: written('percent', 0.01, speech) }, speech);
  if (kind === 'percent' && n > 0.99 && n < 1)
    return fill(words['word.over'], { p: written('percent', 0.99, speech) }, speech);
  return written(kind, value, speech);
}

function fitted(template: string, raw: Given, speech: Speech, room: number): string {
  const given: Record<string, string | number> = { ...raw };
  const names = partsFor(template).flatMap((part) => (part.is === 'name' ? [part.key] : []));
  for (;;) {
    const text = fill(template, given, speech);
    if (text.length <= room) return text;
    const longest = names.reduce(
      (most, key) => (String(given[key]).length > String(given[most]).length ? key : most),
      names[0] ?? '',
    );
    const name = String(given[longest] ?? '');
    const least = leastOf(name);
    if (name.length <= least) return fitSentence(text, room);
    given[longest] = fitSentence(name, Math.max(least, name.length - (text.length - room)));
  }
}

interface Voice<English extends Readonly<Record<string, string>>> {
  /**
   * A text of the catalogue in the language of `speech`, in at most `room` characters: names from
   * the CRM are shortened first, the longest most; whole words stay.
   */
  say: <Id extends keyof English & string>(
    speech: Speech,
    id: Id,
    ...args: Args<English[Id]>
  ) => string;
  /** The same where only its catalogue knows what a text must be given. */
  sayAny: (speech: Speech, id: keyof English & string, given?: Given, room?: number) => string;
}

/** Says the texts of a catalogue; `English` knows what each must be given. */
export function voiceOf<English extends Readonly<Record<string, string>>>(
  catalogue: Readonly<Record<Language, Texts<English>>>,
): Voice<English> {
  const sayAny: Voice<English>['sayAny'] = (speech, id, given = {}, room = ROOM) =>
    fitted(catalogue[speech.language][id], given, speech, room);
  return {
    sayAny,
    say: (speech, id, ...[given, room]) => sayAny(speech, id, given as Given | undefined, room),
  };
}

export const { say } = voiceOf<English>(CATALOGUE);
