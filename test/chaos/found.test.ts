import { describe, expect, it } from 'vitest';
import { FOUND } from './found.ts';
import { aimed, generate } from './generate.ts';
import { play } from './play.ts';

describe('a schedule', () => {
  it.each(['salesforce', 'hubspot'] as const)(
    'plays the same schedule of %s the same way',
    async (crm) => {
      const [once, again] = [
        await play(aimed(generate(77, crm))),
        await play(aimed(generate(77, crm))),
      ];
      expect(again).toEqual(once);
    },
  );

  it.each(FOUND)('does not find again: %s', async (_name, schedule) => {
    expect((await play(schedule)).violations).toEqual([]);
  });
});
