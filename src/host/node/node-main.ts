import { stopWatch } from './stop-watch.ts';
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseHosts } from '../../../connectors/kit/hosts.ts';
import { connectors, loaderOf } from '../../../connectors/index.ts';
import { runCli } from '../../cli/main.ts';
import type { Asked, Choice, CliDeps } from '../../cli/deps.ts';
import { logLine, logsJson } from '../../cli/progress.ts';
import type { Connector } from '../../model/connector.ts';
import { HeadwaterError } from '../../model/error.ts';
import { packageRoot, packageVersion } from './package-root.ts';

/** Everything meets here: the machine, the store driver, the connectors, the sandbox. */
export async function main(args: string[]): Promise<number> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    else throw error;
  });
  return await runCli(nodeDeps(), args);
}

const streams: Pick<CliDeps, 'stdout' | 'stderr'> = {
  stdout: (text) => {
    process.stdout.write(text);
  },
  stderr: (text) => {
    process.stderr.write(text);
  },
};

/** Its code is loaded with the first mail. */
const smtp: CliDeps['smtp'] = async (url, mail) =>
  await (await import('./smtp.ts')).sendBySmtp(url, mail);

/** This machine, as the commands see it. */
export function nodeDeps(): CliDeps {
  const root = packageRoot();
  const nowMs = (): number => Date.now();
  const deps: CliDeps = {
    ...streams,
    interactive: process.stderr.isTTY === true,
    env: process.env,
    cwd: process.cwd(),
    packageRoot: root,
    version: packageVersion(root),
    nowMs,
    newRunId: () =>
      process.env['HEADWATER_RUN_ID'] ??
      `${new Date(nowMs()).toISOString().slice(0, 19).replace(/[-:]/g, '')}-${randomBytes(3).toString('hex')}`,
    openStore: async (file) => {
      const { openNodeStore } = await import('../../store/node.ts');
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      return openNodeStore(file, join(root, 'migrations'));
    },
    lookAtStore: async (file) =>
      (await import('../../store/node-look.ts')).openToLook(file, join(root, 'migrations')),
    smtp,
    connectorNames: Object.keys(connectors),
    connector: connectorNamed,
    connectorDeps: (saveSecret) => ({
      fetch: (input, init) => fetch(input, init),
      hosts: parseHosts(process.env['HEADWATER_HOSTS'] ?? ''),
      nowMs,
      random: Math.random,
      saveSecret,
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      log: (event, data = {}) => {
        if (process.env['HEADWATER_DEBUG'] !== undefined || logsJson(process.env))
          logLine(
            {
              stderr: (text) => {
                process.stderr.write(text);
              },
              nowMs,
            },
            event,
            data,
          );
      },
    }),
    startSandbox: async (request, onProgress) =>
      (await import('./sandbox.ts')).startForCli(request, onProgress),
    startApi: async (request) =>
      (await import('./serve.ts')).startApi(request, {
        ...{ version: packageVersion(root), env: process.env, cwd: process.cwd() },
        ...{ root, nowMs, cli: deps },
      }),
    ...(process.stdin.isTTY === true && process.stderr.isTTY === true
      ? {
          ask: async (question: string, hidden: boolean, more?: Asked) =>
            await (await import('./ask.ts')).askOnTerminal(question, hidden, more),
          choose: async (question: string, choices: Choice[]) =>
            await (await import('./ask.ts')).chooseOnTerminal(question, choices),
        }
      : {}),
    backup: async (file, target) =>
      await (await import('../../store/node-care.ts')).backupDatabase(file, target),
    examine: async (file) =>
      (await import('../../store/node-care.ts')).examineDatabase(
        file,
        join(root, 'migrations'),
        nowMs(),
      ),
    stopWatch: () =>
      stopWatch((text) => {
        process.stderr.write(text);
      }),
    stopped: () =>
      new Promise((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
      }),
  };
  return deps;
}

/** One of ours, or the package of somebody else. Errors: `config` when there is none. */
async function connectorNamed(name: string): Promise<Connector> {
  const load = loaderOf(connectors, name);
  if (load !== undefined) return await load();
  const { packageOf, pluginConnector } = await import('./plugin-connector.ts');
  const plugin = await pluginConnector(name, process.cwd());
  if (plugin !== null) return plugin;
  throw new HeadwaterError('config', `there is no connector "${name}"`, {
    code: 'NO_CONNECTOR',
    cure: `Connectors: ${Object.keys(connectors).join(', ')}. One of somebody else's is an npm package: \`npm install ${packageOf(name)}\`.`,
  });
}
