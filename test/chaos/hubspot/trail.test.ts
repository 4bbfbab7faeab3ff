import { describe, expect, it } from 'vitest';
import type { Connector, ConnectorFeatures } from '../../../src/model/connector.ts';
import { hubspot } from '../../../connectors/hubspot/index.ts';
import { play } from '../play.ts';
import type { Phase, Schedule } from '../schedule.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const QUIET: Phase = {
  advanceMs: 0,
  before: [],
  during: [],
  faults: [],
  death: null,
  stall: null,
  skewMs: 0,
  full: false,
  dryRun: false,
};

/**
 * A call is edited, which search sees `lagMs` later; two syncs pass before, and one just after it.
 */
const lagging = (lagMs: number): Schedule => ({
  seed: 1,
  crm: 'hubspot',
  pageRows: 2000,
  bulkFromRows: 10_000,
  renewable: false,
  dailyCalls: 100_000,
  callMs: 40,
  hubspot: { lagMs: 0, dated: false, newIdOnMerge: false, showsLive: false, pageShrink: 0 },
  phases: [
    QUIET,
    {
      ...QUIET,
      advanceMs: HOUR_MS,
      before: [{ mutation: { op: 'edit', thing: 'activity', pick: 0.5, what: 7 }, delayMs: lagMs }],
    },
    { ...QUIET, advanceMs: lagMs - 2 * MINUTE_MS },
    { ...QUIET, advanceMs: 4 * MINUTE_MS },
  ],
});
const having = (features: Partial<ConnectorFeatures>) => ({
  connector: (connector: Connector): Connector => ({
    ...connector,
    features: { ...connector.features, ...features },
  }),
});

describe('a search index that lags', () => {
  const shorter = lagging(hubspot.features.settleMs - 5 * MINUTE_MS);
  const longer = lagging(4 * hubspot.features.settleMs);

  it('by less than the windows trail: no receipt is false, and the next pass has the change', async () => {
    expect((await play(shorter)).violations).toEqual([]);
  });
  it('by less than that, with windows that trail too little: the oracle sees the change missing', async () => {
    expect((await play(shorter, having({ settleMs: 10 * MINUTE_MS }))).violations.join()).toMatch(
      /false receipt: calls/,
    );
  });
  it("by more: the next day's full pass has the change", async () => {
    expect((await play(longer)).violations).toEqual([]);
  });
});
