import type { Command } from 'commander';
import { HeadwaterError } from '../../model/error.ts';
import { latestForecast, rankedPartners } from '../../store/results.ts';
import { onExistingStore, printJson, placeOf, soleConnection, withDatabase } from '../command.ts';
import type { CliDeps } from '../deps.ts';
import { sayOf } from '../own-words.ts';
import { heading, money, printable, table } from '../format.ts';
import { forecastText, intervalCells, scoreBand, STAKE_MEANING } from '../summary-text.ts';

interface Options {
  db: string;
  json: boolean;
  connectionId?: string;
  whatIf: boolean;
}

/** Enough partners to see who carries the quarter. */
const SHOWN_PARTNERS = 15;

export function registerForecast(forecast: Command, deps: CliDeps): void {
  withDatabase(
    forecast
      .command('show')
      .description("the forecast of the current quarter beside the CRM's weighted pipeline"),
    'headwater forecast show --json',
  )
    .option('--connection-id <id>', 'where the database holds several')
    .option('--what-if', 'what the last dry run found, instead of the last real run', false)
    .action(
      async (options: Options) =>
        await onExistingStore(deps, options.db, async (store) => {
          const connectionId = await soleConnection(store, options.connectionId);
          const place = await placeOf(store, connectionId, options.whatIf);
          const latest = await latestForecast(store, place.resultsId);
          if (latest === null)
            throw new HeadwaterError('config', 'no real run has made a forecast yet', {
              cure: 'Run `headwater sync run`; what a dry run found is shown by --what-if.',
            });
          const partners = await rankedPartners(
            store,
            place.rowsId,
            latest.runId,
            SHOWN_PARTNERS,
            'stake',
            place.resultsId,
          );
          if (options.json)
            return printJson(deps, {
              runId: latest.runId,
              dryRun: place.whatIf,
              ...latest.forecast,
              partners: partners.map(({ name, score }) => ({
                partnerId: score.partnerId,
                name,
                ...score.forecast,
              })),
            });
          const { currency } = latest.forecast;
          const say = await sayOf(deps, store, connectionId);
          say(
            [
              heading(
                `Forecast${place.whatIf ? ` (what-if: dry run ${latest.runId}, nothing of it is served)` : ''}`,
              ),
              forecastText(latest.forecast),
              heading('Partners with the most money at stake'),
              table(
                ['partner', 'score', 'low', 'median', 'high', 'gap', 'at stake'],
                partners.map(({ name, score }) => [
                  printable(name, 36),
                  scoreBand(score),
                  ...intervalCells(score.forecast, currency),
                  money(score.gap, ''),
                  money(score.moneyAtStake, ''),
                ]),
                ['left', 'right', 'right', 'right', 'right', 'right', 'right'],
              ),
              `  at stake: ${STAKE_MEANING}\n`,
            ].join(''),
          );
        }),
    );
}
