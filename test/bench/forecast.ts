/**
 * How good forecasts of bookings are on a folder of a real company's past, against baselines.
 * `npm run -s bench:forecast -- --data DIR --from 2011-11-28 --until 2011-12-19 --horizon-days 14
 * --json`
 */
import { parseArgs } from 'node:util';
import { UserError } from './accuracy/folder.ts';
import { readLoanLog } from './accuracy/loan-log.ts';
import { backtestForecast } from './forecast/backtest.ts';

function dayOf(name: string, value: string | undefined): number {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(value ?? '') ? Date.parse(`${value}T00:00:00Z`) : NaN;
  if (Number.isNaN(ms)) throw new UserError(`--${name} takes a day such as 2011-12-05.`);
  return ms;
}

try {
  const string = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      data: string,
      from: string,
      until: string,
      'horizon-days': { ...string, default: '14' },
      json: { type: 'boolean', default: false },
    },
  });
  if (values.data === undefined) throw new UserError('--data is missing: the folder of the log.');
  const horizonDays = Number(values['horizon-days']);
  if (!(Number.isInteger(horizonDays) && horizonDays >= 7 && horizonDays <= 365))
    throw new UserError('--horizon-days takes a whole number from 7 to 365.');
  const report = backtestForecast(await readLoanLog(values.data), {
    fromMs: dayOf('from', values.from),
    untilMs: dayOf('until', values.until),
    horizonDays,
  });
  if (report.origins.length === 0)
    throw new UserError('Nothing to judge: no Monday whose horizon is over within the folder.');
  process.stdout.write(`${JSON.stringify(report, null, values.json ? 0 : 2)}\n`);
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
