import { Option, type Command } from 'commander';
import { count, EXIT, usage } from '../command.ts';
import type { CliDeps, SetExit } from '../deps.ts';
import { runDemo, type DemoOptions } from '../demo/run-demo.ts';
import { DEFAULT_WORLD } from './sandbox.ts';

export function registerDemo(demo: Command, deps: CliDeps, setExit: SetExit): void {
  demo
    .addOption(
      new Option('--crm <name>', 'which CRM')
        .choices(['salesforce', 'hubspot', 'both'])
        .default('salesforce'),
    )
    .option('--data <dir>', 'a real log instead of a generated world')
    .option('--dir <dir>', 'where its documents and database go', '.headwater/demo')
    .option('--seed <n>', 'seed of the generated world', count('--seed', 0), DEFAULT_WORLD.seed)
    .option('--partners <n>', 'partners', count('--partners', 1), DEFAULT_WORLD.partners)
    .option('--deals <n>', 'deals over three years', count('--deals', 1), DEFAULT_WORLD.deals)
    .option('--serve', 'leave the sandbox and the pages running at the end', false)
    .option('--web-port <n>', 'port of the pages; 0 picks a free one', count('--web-port', 0), 0)
    .option('--json', 'one JSON document on stdout', false)
    .addHelpText(
      'after',
      '\nExamples:\n  $ headwater demo\n  $ headwater demo --partners 200 --deals 10000\n  $ headwater demo --data ../shared/data/bpi2012\n  $ headwater demo --serve',
    )
    .action(
      async (
        options: Omit<DemoOptions, 'dataDir' | 'port' | 'latencyMs' | 'openAuth' | 'ticking'> & {
          data?: string;
        },
      ) => {
        const both = options.crm === 'both';
        if (both && options.serve)
          throw usage('--serve takes one CRM: --crm salesforce or hubspot');
        for (const crm of both ? ['salesforce', 'hubspot'] : [options.crm]) {
          const { ok } = await runDemo(deps, {
            ...options,
            crm,
            dir: both ? `${options.dir}-${crm}` : options.dir,
            dataDir: options.data ?? null,
            port: 0,
            latencyMs: 0,
            openAuth: false,
            ticking: options.serve,
          });
          if (!ok) setExit(EXIT.failed);
        }
      },
    );
}
