import { describe, expect, test } from 'vitest';
import { creditSettingsSchema } from '../../src/model/credit.ts';
import { healthSettingsSchema } from '../../src/model/partner-health.ts';
import { contradictions } from '../../src/mapping/check/org-settings.ts';
import type { MappingSettings } from '../../src/model/mapping.ts';

const settings = (over: Partial<MappingSettings> = {}): MappingSettings => ({
  timeZone: 'Europe/Berlin',
  fiscalYearStartMonth: 1,
  reportingCurrency: 'EUR',
  language: 'en',
  staleDays: 21,
  horizonDays: 180,
  value: { discount: 0.1 },
  classes: { reviewAfterDays: 90 },
  health: healthSettingsSchema.parse({}),
  profile: { partnersPerManager: 15 },
  return: { margins: {} },
  routing: { territories: [], exclusions: [] },
  credit: creditSettingsSchema.parse(undefined),
  ...over,
});
const org = {
  orgName: 'Acme',
  currency: 'EUR',
  multiCurrency: true,
  timeZone: 'Europe/Paris',
  fiscalYearStartMonth: 1,
};
const found = (over: Partial<MappingSettings>, of: Partial<typeof org> = {}): unknown[] =>
  contradictions(settings(over), { ...org, ...of }).map(({ setting, money, cure }) => [
    setting,
    money,
    cure.split(',')[0],
  ]);

describe('settings that say otherwise than the CRM of itself', () => {
  test('agree: nothing, also by another name of the same zone, and where the CRM says nothing', () => {
    expect(found({})).toEqual([]);
    expect(
      contradictions(settings(), {
        orgName: 'Files',
        currency: null,
        multiCurrency: false,
        timeZone: null,
      }),
    ).toEqual([]);
  });
  test('the fiscal year of April is no year of January', () => {
    expect(found({}, { fiscalYearStartMonth: 4 })).toEqual([
      ['fiscalYearStartMonth', false, 'Write `fiscalYearStartMonth: 4`.'],
    ]);
  });
  test('a zone that tells another time in any season', () => {
    expect(found({ timeZone: 'UTC' })).toEqual([
      ['timeZone', false, 'Write `timeZone: Europe/Paris`'],
    ]);
    // The same in winter, an hour apart in summer.
    expect(found({ timeZone: 'Africa/Lagos' })).toHaveLength(1);
  });
  test('another currency stops the run, with one currency or with several', () => {
    for (const multiCurrency of [true, false])
      expect(found({ reportingCurrency: 'USD' }, { multiCurrency })).toEqual([
        ['reportingCurrency', true, 'Write `reportingCurrency: EUR`.'],
      ]);
  });
});
