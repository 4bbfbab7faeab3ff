import { describe, expect, it } from 'vitest';
import { BREAKS } from './breaks.ts';
import { campaign, seeds } from './campaign.ts';
import { FOUND } from './found.ts';
import { play } from './play.ts';
import { aimed, generate } from './generate.ts';

/** The rest of the 500 that must pass before a merge are played by `.ci/run` through `npm run chaos`. */
const SCHEDULES = 80;
const CRMS = ['salesforce', 'hubspot'] as const;
const MINUTES = 5 * 60_000;

describe('chaos', () => {
  it.each(CRMS)(`comes to rest with %s after every one of ${SCHEDULES} schedules`, async (crm) => {
    const played = await campaign(seeds(1, SCHEDULES), { crm });
    expect(played.failures.map(({ seed, violations, log, schedule }) => ({ seed, violations, log, schedule: JSON.stringify(schedule) }))).toEqual([]);
    // A campaign in which nothing ever happened would prove nothing.
    expect(played.ended['died']).toBeGreaterThan(SCHEDULES / 10);
    expect(played.writes).toBeGreaterThan(SCHEDULES * 10);
  }, MINUTES);

  it.each(CRMS)('plays the same schedule of %s the same way', async (crm) => {
    const [once, again] = [await play(aimed(generate(77, crm))), await play(aimed(generate(77, crm)))];
    expect(again).toEqual(once);
  });

  it.each(FOUND)('does not find again: %s', async (_name, schedule) => {
    expect((await play(schedule)).violations).toEqual([]);
  });

  // Started near the seed that shows it, so that the test is quick.
  it.each([
    ['salesforce', 'drop the overlap', 1], ['salesforce', 'commit the cursor before the rows', 135], ['salesforce', 'skip the read-back', 78],
    ['hubspot', 'drop the overlap', 125], ['hubspot', 'skip the read-back', 18], ['hubspot', 'take a partial answer for a whole one', 1],
  ] as const)('notices on %s when the engine is broken: %s', async (crm, name, from) => {
    const played = await campaign(seeds(from, 500), { crm, breaks: BREAKS[name], untilFailure: true, shrinking: false });
    expect(played.failures).toHaveLength(1);
    expect(played.schedules).toBeLessThanOrEqual(500);
  }, MINUTES);
});
