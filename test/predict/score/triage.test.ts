/** What is asked of people for an open deal, by what an intervention can still change. */
import { expect, it } from 'vitest';
import { isZombie, triageOf, type TriageGiven } from '../../../src/predict/score/triage.ts';

const well: TriageGiven = {
  zombie: false,
  health: 'on track',
  stallRisk: 0.1,
  warnAt: 0.4,
  gain: 0.05,
};

it('protects what goes well and may stall, rescues what slips, and leaves the rest', () => {
  expect(triageOf(well)).toBe('leave');
  expect(triageOf({ ...well, stallRisk: 0.4 })).toBe('protect');
  expect(triageOf({ ...well, health: 'slipping' })).toBe('rescue');
  expect(triageOf({ ...well, health: 'stalled', stallRisk: null })).toBe('rescue');
});

it('asks nobody for time where meeting the buyer goes with nothing, or on a zombie', () => {
  expect(triageOf({ ...well, health: 'stalled', gain: 0 })).toBe('leave');
  expect(triageOf({ ...well, stallRisk: 0.9, zombie: true })).toBe('leave');
});

it('calls a deal a zombie when it is silent and hardly ever won, or can no longer be won at all', () => {
  expect(isZombie('silent', 0.04)).toBe(true);
  expect(isZombie('silent', 0.2)).toBe(false);
  expect(isZombie('proven', 0.04)).toBe(false);
  expect(isZombie('proven', 0.005)).toBe(true);
});
