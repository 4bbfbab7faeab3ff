import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PRINTED, PRINTED_IDS, say, sayAny } from '../../src/model/language/printed.ts';
import { example } from '../../src/model/language/example.ts';
import { exampleName } from '../../src/model/language/example-names.ts';
import { fitSentence } from '../../src/model/language/fit.ts';
import { LANGUAGES, type Language, type Speech } from '../../src/model/language/languages.ts';
import { ROOM } from '../../src/model/language/say.ts';
import { KINDS, partsOf } from '../../src/model/language/template.ts';

const speech = (language: Language, over: Partial<Speech> = {}): Speech => ({
  language,
  currency: 'USD',
  today: '2026-11-10',
  ...over,
});
const places = (language: Language, id: (typeof PRINTED_IDS)[number]): string[] => [
  ...new Set(
    partsOf(PRINTED[language][id]).flatMap((part) =>
      part.is === 'text' ? [] : [`${part.key}:${part.is === 'value' ? part.kind : part.is}`],
    ),
  ),
];
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('the catalogue', () => {
  it.each(LANGUAGES)('says the same things in %s: every place of the English text', (language) => {
    for (const id of PRINTED_IDS) {
      const here = places(language, id).filter((place) => !place.endsWith(':plural'));
      const there = places('en', id).filter((place) => !place.endsWith(':plural'));
      expect(here.sort(), id).toEqual(there.sort());
      for (const part of partsOf(PRINTED[language][id]))
        if (part.is === 'value') expect(KINDS, id).toContain(part.kind);
        else if (part.is === 'plural') expect(part.forms.length, id).toBe(2);
    }
  });
  it.each(LANGUAGES)('has examples without a hole in %s', (language) => {
    for (const id of PRINTED_IDS)
      for (const text of example(language, id)) expect(text, id).not.toMatch(/[{}|]|undefined|NaN/);
  });
  it('fills its examples with words of the language, not with English ones', () => {
    const words = (language: Language): string[] => [
      ...new Set(
        PRINTED_IDS.flatMap((id) =>
          partsOf(PRINTED[language][id]).flatMap((part) => (part.is === 'name' ? [part.key] : [])),
        ),
      ),
    ];
    // What is spelt alike everywhere: names of companies, people, fields and metrics, and numbers.
    const alike =
      /^(Contoso|Northwind|Anna|Opportunity|HW_|contoso\.|won_|ARR|metric\.map|entities\.|[\d.]+$)/;
    for (const language of LANGUAGES.slice(1))
      for (const place of words(language)) {
        const [here, english] = [exampleName(language, place), exampleName('en', place)];
        expect(here === undefined, place).toBe(english === undefined);
        if (here !== undefined && !alike.test(here)) expect(here, place).not.toBe(english);
      }
    const foreign = LANGUAGES.slice(1).flatMap((language) =>
      PRINTED_IDS.flatMap((id) => example(language, id)),
    );
    expect(
      foreign.filter((text) => /\b(engineers|Proposal|account|about an hour)\b/.test(text)),
    ).toEqual([]);
  });
  it('is not English where it is another language', () => {
    const same = LANGUAGES.slice(1).flatMap((language) =>
      PRINTED_IDS.filter(
        (id) =>
          // One that is made of places alone says nothing in any language.
          /\p{L}{2}/u.test(PRINTED.en[id].replace(/\{[^}]*\}/g, '')) &&
          PRINTED[language][id] === PRINTED.en[id],
      ),
    );
    expect(same).toEqual([]);
  });
  it.each(LANGUAGES)(
    'holds 255 characters in %s, whatever stands in the CRM, and cuts no word',
    (language) => {
      fc.assert(
        fc.property(
          fc.constantFrom(...PRINTED_IDS),
          fc.array(fc.stringMatching(/^[A-Za-zäß]{1,30}$/), { minLength: 1, maxLength: 60 }),
          fc.double({ min: -1e15, max: 1e15, noNaN: true }),
          (id, words, number) => {
            const name = words.join(' ');
            const given: Record<string, string | number> = {};
            for (const part of partsOf(PRINTED[language][id]))
              if (part.is === 'name') given[part.key] = name;
              else if (part.is !== 'text')
                given[part.key] =
                  part.is === 'value' && part.kind === 'date' ? '2027-12-31' : number;
            const text = sayAny(speech(language), id, given);
            expect(text.length).toBeLessThanOrEqual(ROOM);
            for (const [, last] of text.matchAll(/(\S+)…/g))
              expect(`${name} ${sayAny(speech(language), id, given, 1e6)}`).toMatch(
                new RegExp(`${last!.replace(/[^\p{L}\d]/gu, '.')}(?![A-Za-zäß])`, 'u'),
              );
          },
        ),
        { numRuns: 300 },
      );
    },
  );
});

it('a name keeps its first word whole, however little room there is', () => {
  const given = {
    stage: 'Bevollmächtigte Kundin',
    due: '2027-12-31',
    low: -1e5,
    high: -1e5,
    n: -1e5,
  };
  const text = sayAny(speech('es'), 'effect.moved', { ...given, to: -1e5, from: -1e5 });
  expect(text).toContain('Bevollmächtigte…');
  expect(text.length).toBeLessThanOrEqual(ROOM);
});

describe('one sentence in four languages', () => {
  const given = { amount: 77_000, due: '2026-12-31', p: 0.12, low: 0.05, high: 0.22, n: 15 };
  it.each([
    ['en', 'Probability of winning USD 77,000 by 31 December: 12% (5 to 22%), from 15 past deals'],
    [
      'de',
      'Wahrscheinlichkeit, 77.000 USD bis zum 31. Dezember zu gewinnen: 12 % (5 bis 22 %), aus 15 früheren Deals',
    ],
    [
      'fr',
      'Probabilité de gagner 77 000 USD d’ici le 31 décembre : 12 % (5 à 22 %), d’après 15 affaires passées',
    ],
    [
      'es',
      'Probabilidad de ganar 77.000 USD de aquí al 31 de diciembre: 12 % (de 5 a 22 %), a partir de 15 oportunidades pasadas',
    ],
  ] as const)('%s', (language, text) => {
    expect(plain(say(speech(language), 'headline.deal', given))).toBe(text);
  });
  it('never breaks inside a number, and sets off French ones by a narrow space', () => {
    const text = (language: Language): string => say(speech(language), 'headline.deal', given);
    expect(text('fr')).toContain('77\u202f000\u00a0USD');
    expect(text('fr')).toContain('12\u202f% (5 à 22\u202f%)');
    for (const language of ['de', 'es'] as const) expect(text(language)).toContain('12\u00a0%');
    expect(text('en')).not.toMatch(/[\u00a0\u202f]/);
  });
  it('knows one and many, years that are not this one, and what may still go either way', () => {
    const text = (over: Partial<typeof given>): string =>
      say(speech('en'), 'headline.deal', { ...given, ...over });
    expect(text({ n: 1 })).toMatch(/from 1 past deal$/);
    expect(text({ due: '2027-01-02' })).toContain('by 2 January 2027');
    expect(text({ p: 0.002, low: 0, high: 0.004 })).toContain('under 1% (0 to 1%)');
    expect(text({ amount: 1_254_321 })).toContain('USD 1,250,000');
  });
  it('writes money of any name, and less than nothing', () => {
    expect(say(speech('en', { currency: 'X1' }), 'event.repeat', { goal: -950.4 })).toContain(
      '-950 X1',
    );
    expect(say(speech('en'), 'event.repeat', { goal: -0.2 })).toContain('USD 0');
  });
});

describe('shortening', () => {
  it('keeps whole words, and characters of two halves', () => {
    expect(fitSentence('one two three', 9)).toBe('one two…');
    expect(fitSentence('one two', 7)).toBe('one two');
    expect(fitSentence('💶💶💶', 4)).toBe('💶…');
    expect(fitSentence('anything', 0)).toBe('');
  });
});
