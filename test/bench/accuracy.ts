/** `npm run -s bench:accuracy -- --help` tells what it does. */
import { backtest } from './accuracy/backtest.ts';
import { UserError } from './accuracy/folder.ts';
import { readLoanLog } from './accuracy/loan-log.ts';
import { judgeMaven } from './accuracy/maven.ts';
import { HELP, readOptions } from './accuracy/options.ts';
import { tableOfReport } from './accuracy/report.ts';

try {
  const options = readOptions(process.argv.slice(2));
  if (options === null) console.log(HELP);
  else {
    const report =
      options.format === 'maven'
        ? await judgeMaven(options)
        : backtest(await readLoanLog(options.data), options);
    console.log(options.json ? JSON.stringify(report) : tableOfReport(report));
  }
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
