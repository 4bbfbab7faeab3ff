/**
 * The fiscal period of a date. Source: Opportunity.Fiscal is `year quarter`; the fiscal year is
 * named after its end unless the org says otherwise.
 */
export interface FiscalCalendar {
  startMonth: number;
  namedByStart: boolean;
}

export function fiscalPeriod(
  date: string,
  calendar: FiscalCalendar,
): { year: number; quarter: number } {
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(5, 7));
  const offset = (month - calendar.startMonth + 12) % 12;
  const startYear = month >= calendar.startMonth ? year : year - 1;
  return {
    year: calendar.namedByStart || calendar.startMonth === 1 ? startYear : startYear + 1,
    quarter: Math.floor(offset / 3) + 1,
  };
}
