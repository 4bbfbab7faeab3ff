import { describe, expect, it } from 'vitest';
import { campaign, seeds } from './campaign.ts';

/**
 * The rest of the 500 that must pass before a merge are played by `.ci/run` through
 * `npm run chaos`.
 */
const SCHEDULES = 80;
const CRMS = ['salesforce', 'hubspot'] as const;

describe('chaos', () => {
  it.each(CRMS)(`comes to rest with %s after every one of ${SCHEDULES} schedules`, async (crm) => {
    const played = await campaign(seeds(1, SCHEDULES), { crm });
    expect(
      played.failures.map(({ seed, violations, log, schedule }) => ({
        seed,
        violations,
        log,
        schedule: JSON.stringify(schedule),
      })),
    ).toEqual([]);
    // A campaign in which nothing ever happened would prove nothing.
    expect(played.ended['died']).toBeGreaterThan(SCHEDULES / 10);
    expect(played.writes).toBeGreaterThan(SCHEDULES * 10);
  });
});
