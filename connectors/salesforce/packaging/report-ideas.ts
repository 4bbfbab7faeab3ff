import type { PackageText } from '../../kit/card/texts.ts';

/** What the dashboard shows, each over a report of its own. */
export interface ReportIdea {
  name: string;
  title: PackageText;
  entity: 'partner' | 'deal';
  /** Output that is added up; null counts records. */
  sums: string | null;
  /** Output to group by; null groups by the record's name. */
  by: string | null;
  chart: 'Bar' | 'Column' | 'Metric';
}

/** Forecasts of partners are added by their means: medians do not add up. */
export const IDEAS: readonly ReportIdea[] = [
  {
    name: 'Money_at_stake',
    title: 'reportStake',
    entity: 'partner',
    sums: 'partner.moneyAtStake',
    by: null,
    chart: 'Bar',
  },
  {
    name: 'Plan_gap',
    title: 'reportGap',
    entity: 'partner',
    sums: 'partner.gap',
    by: null,
    chart: 'Bar',
  },
  {
    name: 'Deal_health',
    title: 'reportHealth',
    entity: 'deal',
    sums: null,
    by: 'deal.health',
    chart: 'Column',
  },
  {
    name: 'Forecast',
    title: 'reportForecast',
    entity: 'partner',
    sums: 'partner.forecastMean',
    by: null,
    chart: 'Metric',
  },
];
