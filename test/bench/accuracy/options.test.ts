import { describe, expect, it } from 'vitest';
import { readOptions } from './options.ts';

const GIVEN = ['--data', 'x', '--test-from', '2011-12-05', '--test-until', '2011-12-19'];

describe('options of the accuracy bench', () => {
  it('reads days as midnight UTC', () => {
    const options = readOptions([...GIVEN, '--train-until', '2011-11-21', '--json'])!;
    expect(options.trainUntilMs).toBe(Date.UTC(2011, 10, 21));
    expect(options.testUntilMs).toBe(Date.UTC(2011, 11, 19));
    expect(options).toMatchObject({ horizonDays: 14, refit: null, json: true, format: 'log' });
  });
  it.each([
    ['a day that is none', [...GIVEN, '--train-until', '2011-13-01'], /2011-13-01 is no day/],
    ['no last day to learn from', GIVEN, /--train-until is missing/],
    [
      'both ways of fitting',
      [...GIVEN, '--refit', 'weekly', '--train-until', '2011-11-21'],
      /leave --train-until out/,
    ],
    [
      'a horizon that is no number',
      [...GIVEN, '--refit', 'weekly', '--horizon-days', 'two'],
      /whole number/,
    ],
    ['no folder', ['--refit', 'weekly'], /--data is missing/],
    ['an unknown option', ['--foo'], /--foo/],
  ])('says what is wrong: %s', (_name, args, words) => {
    expect(() => readOptions(args)).toThrow(words);
  });
});
