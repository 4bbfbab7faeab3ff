import { expect } from 'vitest';
import { story } from './story.ts';

const told: string[] = [];
const then = story('a story is told from its beginning, chapter by chapter, in one test');
then('the first chapter', async () => {
  expect(told).toEqual([]);
  told.push('first');
});
then('the second stands on it', async () => {
  expect(told).toEqual(['first']);
});
