/** A golden table of every output: the value that is written of one score, in the field's unit. */
import { describe, expect, it } from 'vitest';
import type { CrmValue } from '../../src/model/connector.ts';
import { DEAL_OUTPUTS } from '../../src/model/deal-outputs.ts';
import type { Speech } from '../../src/model/language/languages.ts';
import { PARTNER_OUTPUTS } from '../../src/model/partner-outputs.ts';
import { WORTH_OUTPUTS } from '../../src/model/worth-outputs.ts';
import { dealValues, partnerValues } from '../../src/writeback/values.ts';
import { DEAL, PARTNER } from './scores.ts';

const SPEECH: Speech = { language: 'en', currency: 'EUR', today: '2026-11-29' };

const OF_PARTNER: Record<keyof typeof PARTNER_OUTPUTS | keyof typeof WORTH_OUTPUTS, CrmValue> = {
  'partner.score': 61.26,
  'partner.scoreLow': 44,
  'partner.scoreHigh': 77,
  'partner.evidence': 23,
  'partner.evidenceWord': 'little evidence',
  'partner.difficulty': 35,
  'partner.event': 'Wins EUR 900,000 by 31 December',
  'partner.reasons': [
    'Probability of winning EUR 900,000: 61%',
    'A partner like it: 35%',
    'Raises it:',
    '+31.3 Two deals are close to won',
    'Lowers it:',
    '-5.0 One deal has not moved',
    '= 61.3%, as of 29 November',
  ].join('\n'),
  'partner.nextAction': 'Call the buyer of Plant Nord',
  'partner.nextDeal': 'D-1',
  'partner.planHealth': 82,
  'partner.vendorHealth': 40,
  'partner.nextDue': 'The partner owes “joint campaign”, due 15 December.',
  'partner.winRate': 42,
  'partner.winRateLow': 30,
  'partner.winRateHigh': 60,
  'partner.closeRates':
    'Robots: 40% (25 to 60%), from 12 past deals · Arms: 30% (10 to 60%), from 1 past deal; little evidence',
  'partner.forecastLow': 100_000,
  'partner.forecast': 200_000,
  'partner.forecastHigh': 400_000,
  'partner.sourced': 1234.56,
  'partner.influenced': 789.1,
  'partner.forecastMean': 230_000,
  'partner.expectedAttainment': 75,
  'partner.expectedAttainmentLow': 25,
  'partner.expectedAttainmentHigh': 10_000,
  'partner.value1y': 310_000,
  'partner.value1yLow': 210_000,
  'partner.value1yHigh': 510_000,
  'partner.value3y': 820_000,
  'partner.value3yLow': 520_000,
  'partner.value3yHigh': 1_300_000,
  'partner.active': 87.5,
  'partner.capability': 62.5,
  'partner.capacity': 44,
  'partner.commitment': 71,
  'partner.health': 57.5,
  'partner.class': 'intervene',
  'partner.tier': 'Silver',
  'partner.tierNext': 'Gold is proposed: everything that it asks has been reached for long enough',
  'partner.gap': 225_000,
  'partner.moneyAtStake': 18_000,
  'partner.closing': '“Plant Nord” (EUR 250,000, 60%)',
  'partner.scoreNext': 12.5,
  'partner.trackRecord': 'Of 20 such scores 12 came true',
  'partner.asOf': '2026-11-29',
};

const OF_DEAL: Record<keyof typeof DEAL_OUTPUTS, CrmValue> = {
  'deal.winProbability': 25,
  'deal.low': 12.5,
  'deal.high': 50,
  'deal.everProbability': 75,
  'deal.moneyAtStake': 60_000,
  'deal.evidence': 310,
  'deal.evidenceWord': 'little evidence',
  'deal.reasons': [
    'Probability of being won by 31 December: 25%',
    'Deals of its stage: 20%',
    'Raises it:',
    '+5.0 The buyer met us last week',
    '= 25.0%, as of 29 November',
  ].join('\n'),
  'deal.trackRecord': 'Of 40 such deals 11 were won',
  'deal.nextAction': 'Ask for the purchase order',
  'deal.health': 'slipping',
  'deal.stallRisk': 37.5,
  'deal.triage': 'rescue',
  'deal.expectedClose': '2027-01-20',
  'deal.expectedCloseLow': '2026-12-10',
  'deal.expectedCloseHigh': '2027-04-02',
  'deal.agePercentile': 62.5,
  'deal.duplicateOf': 'Repeats R-7 of 3 May: same buyer',
  'deal.asOf': '2026-11-29',
};

describe('every output', () => {
  it('of a partner is written in its unit', () => {
    expect(partnerValues(PARTNER, SPEECH)).toEqual(OF_PARTNER);
  });

  it('of a deal is written in its unit', () => {
    expect(dealValues(DEAL, SPEECH)).toEqual(OF_DEAL);
  });

  it('is of the type that its shape declares', () => {
    for (const [outputs, values] of [
      [{ ...PARTNER_OUTPUTS, ...WORTH_OUTPUTS }, partnerValues(PARTNER, SPEECH)],
      [DEAL_OUTPUTS, dealValues(DEAL, SPEECH)],
    ] as const)
      for (const [name, shape] of Object.entries(outputs))
        expect(typeof values[name], name).toBe(shape.type === 'number' ? 'number' : 'string');
  });
});

describe('what is not known', () => {
  it('is empty, never zero', () => {
    const values = partnerValues(
      { ...PARTNER, kpis: [], nextAction: null, closing: [], scoreNext: null, trackRecord: null },
      SPEECH,
    );
    for (const name of ['winRate', 'nextAction', 'nextDeal', 'closing', 'scoreNext', 'trackRecord'])
      expect(values[`partner.${name}`], name).toBeNull();
    const { credit: _, ...uncredited } = PARTNER;
    expect(partnerValues(uncredited, SPEECH)).toMatchObject({
      'partner.sourced': null,
      'partner.influenced': null,
    });
    const { movement: __, ...still } = DEAL;
    for (const name of ['stallRisk', 'triage', 'expectedClose', 'agePercentile'])
      expect(dealValues(still, SPEECH)[`deal.${name}`], name).toBeNull();
  });
});

describe('a text in a field of the CRM', () => {
  it('keeps to the room of the field, and an id is whole or left out', () => {
    const rooms = { 'partner.event': 12, 'partner.nextDeal': 2, 'partner.reasons': 45 };
    const values = partnerValues(PARTNER, SPEECH, rooms);
    for (const [name, room] of Object.entries(rooms))
      expect(String(values[name] ?? '').length, name).toBeLessThanOrEqual(room);
    expect(values['partner.nextDeal']).toBeNull();
    expect(partnerValues(PARTNER, SPEECH, { 'partner.nextDeal': 3 })['partner.nextDeal']).toBe(
      'D-1',
    );
  });

  it('holds no character that another name could hide behind', () => {
    const nextAction = { ...PARTNER.nextAction!, text: 'Call\u202e\u0000 Nord' };
    expect(partnerValues({ ...PARTNER, nextAction }, SPEECH)['partner.nextAction']).toMatch(
      /^Call +Nord$/,
    );
  });
});
