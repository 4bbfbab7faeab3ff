import type { MetricShape } from './metric-shape.ts';

/** How large the wins are, whether they grow, and how evenly they come. */
export const STEADINESS_METRICS = {
  average_deal: {
    family: 'outcome',
    unit: 'amount',
    label: 'Average won deal',
    doc: 'Mean amount of won deals; parts of one sale are one deal.',
  },
  median_deal: {
    family: 'outcome',
    unit: 'amount',
    label: 'Median won deal',
    doc: 'Median amount of won deals: one large deal does not move it.',
  },
  growth: {
    family: 'outcome',
    unit: 'ratio',
    label: 'Growth of wins',
    doc:
      'Wins of the trailing 365 days / those of the 365 before, by number, each shrunk by half a ' +
      'win; 80% band exp(ln g -+ 1.28 sqrt(1 / (n1 + 1/2) + 1 / (n0 + 1/2))). 1 = as before.',
  },
  quarter_end_share: {
    family: 'outcome',
    unit: 'share',
    label: 'Won in the last ten days of a quarter',
    doc:
      'Share of the wins of the trailing two years that closed in the last ten days of a ' +
      'fiscal quarter. Deals closed evenly would give about 0.11.',
  },
  volatility: {
    family: 'outcome',
    unit: 'ratio',
    label: 'Volatility of quarters',
    doc:
      'Standard deviation / mean of the amounts won in the trailing 8 stretches of 91 days, those ' +
      'before the data begins left out. 0 = the same in each.',
  },
} as const satisfies Record<string, MetricShape>;
