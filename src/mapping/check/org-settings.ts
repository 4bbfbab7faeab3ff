import type { CrmIdentity } from '../../model/connector.ts';
import type { MappingSettings } from '../../model/mapping.ts';

/** A setting of the mapping that says otherwise than the CRM says of itself. */
export interface Contradiction {
  setting: keyof MappingSettings;
  /** Amounts would be wrong, so nothing runs on it. */
  money: boolean;
  message: string;
  cure: string;
}

type Org = Pick<
  CrmIdentity,
  'currency' | 'multiCurrency' | 'timeZone' | 'fiscalYearStartMonth' | 'orgName'
>;

const MONTHS =
  'January February March April May June July August September October November December';
const month = (n: number): string => MONTHS.split(' ')[n - 1] ?? String(n);

/** Two names of one zone tell the same time in winter and in summer. */
function sameZone(left: string, right: string): boolean {
  const told = (zone: string): string => {
    const format = new Intl.DateTimeFormat('en', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'long',
      hourCycle: 'h23',
    });
    return [Date.UTC(2026, 0, 15, 12), Date.UTC(2026, 6, 15, 12)]
      .map((ms) => format.format(ms).replace(/ \S+$/, ''))
      .join();
  };
  try {
    return told(left) === told(right);
  } catch {
    return true; // A zone that this machine does not know is a fault of its own, told elsewhere.
  }
}

/** What of the settings contradicts the CRM; what the CRM does not say contradicts nothing. */
export function contradictions(settings: MappingSettings, org: Org): Contradiction[] {
  const found: Contradiction[] = [];
  const { fiscalYearStartMonth: starts, timeZone, currency } = org;
  if (starts != null && starts !== settings.fiscalYearStartMonth)
    found.push({
      setting: 'fiscalYearStartMonth',
      money: false,
      message: `The fiscal year of ${org.orgName} starts in ${month(starts)}, and the mapping says ${month(settings.fiscalYearStartMonth)}: quarters, forecast and attainment would be of other months.`,
      cure: `Write \`fiscalYearStartMonth: ${starts}\`.`,
    });
  if (timeZone !== null && !sameZone(timeZone, settings.timeZone))
    found.push({
      setting: 'timeZone',
      money: false,
      message: `The time zone of ${org.orgName} is ${timeZone}, and the mapping says ${settings.timeZone}: a deal closed near midnight would count for another day.`,
      cure: `Write \`timeZone: ${timeZone}\`, unless days are meant to end elsewhere.`,
    });
  if (currency !== null && currency !== settings.reportingCurrency)
    found.push({
      setting: 'reportingCurrency',
      money: true,
      message: `The currency of ${org.orgName} is ${currency}, and the mapping says ${settings.reportingCurrency}: ${org.multiCurrency ? `its rates are against ${currency}` : `amounts without a currency of their own are in ${currency}`}, so every sum would be wrong.`,
      cure: `Write \`reportingCurrency: ${currency}\`.`,
    });
  return found;
}
