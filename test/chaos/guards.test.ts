import { describe, expect, it } from 'vitest';
import { BREAKS } from './breaks.ts';
import { campaign, seeds } from './campaign.ts';

describe('chaos', () => {
  // Started near the seed that shows it, so that the test is quick.
  it.each([
    ['salesforce', 'drop the overlap', 1],
    ['salesforce', 'commit the cursor before the rows', 135],
    ['salesforce', 'skip the read-back', 78],
    ['hubspot', 'drop the overlap', 125],
    ['hubspot', 'skip the read-back', 18],
    ['hubspot', 'take a partial answer for a whole one', 1],
  ] as const)('notices on %s when the engine is broken: %s', async (crm, name, from) => {
    const played = await campaign(seeds(from, 500), {
      crm,
      breaks: BREAKS[name],
      untilFailure: true,
      shrinking: false,
    });
    expect(played.failures).toHaveLength(1);
    expect(played.schedules).toBeLessThanOrEqual(500);
  });
});
