import type { Connector, ConnectorDeps } from '../model/connector.ts';
import type { ChannelDeps } from '../sync/alert/channel.ts';
import type { CareCheck } from '../store/node-care.ts';
import type { Store } from '../store/store.ts';
import type { StopWatch } from '../sync/run/stop.ts';

/** What `sandbox serve` and the demo need of a running sandbox. */
export interface RunningSandbox {
  crm: string;
  url: string;
  controlUrl: string;
  accessToken: string;
  clientId: string;
  clientSecret: string;
  /** Of the OAuth app that is installed already. */
  refreshToken: string;
  /** Empty where the CRM does not sign integrations in by user name and certificate. */
  username: string;
  privateKeyPem: string;
  /** Words on how its data was made. */
  provenance: string;
  /** ISO code of the currency its amounts are in; null where the default mapping's serves. */
  currency: string | null;
  /** Settings and secrets of a connection document for it. */
  connection: { settings: Record<string, unknown>; secrets: Record<string, string> };
  close(): Promise<void>;
}

export interface SandboxRequest {
  crm: string;
  port: number;
  seed: number;
  partners: number;
  deals: number;
  dataDir: string | null;
  shockSd?: number;
  fading?: boolean;
  latencyMs: number;
  openAuth: boolean;
  /** False: an org without partner relationship management. */
  prm?: boolean;
  /** Other currencies, in units for one of the company's own; absent = it has one currency alone. */
  currencies?: Record<string, number>;
  /** How its admin went about the partner channel. */
  orgStyle?: string;
  /** Does its time pass by itself? */
  ticking: boolean;
}

export interface ApiRequest {
  store: Store;
  /** File of the store: the runs that it starts are processes of their own. */
  database: string;
  /** Connection documents whose runs it may start. */
  connections: string[];
  /** Starts a run of each of them so often; null = never by itself. */
  everyMs: number | null;
  host: string;
  port: number;
  /** Addresses or networks of proxies that speak for others, beside this machine. */
  trustedProxies?: string[];
  log: (event: string, data: Record<string, unknown>) => void;
}

/** What goes with a question: the answer that is taken for none, and what is wrong with one. */
export interface Asked {
  initial?: string;
  fault?: (answer: string) => string | null;
}
export interface Choice {
  value: string;
  label: string;
  hint?: string;
}

/** Says how a command ended that ran, but found wrong what it looks for. */
export type SetExit = (code: number) => void;

/** The machine, as the commands see it; the host fills it in. */
export interface CliDeps {
  stdout: (text: string) => void;
  stderr: (text: string) => void;
  /** stderr is a terminal: progress may redraw its line. */
  interactive: boolean;
  env: Record<string, string | undefined>;
  cwd: string;
  /** Folder of the package: default mappings and the README live there. */
  packageRoot: string;
  version: string;
  nowMs: () => number;
  newRunId: () => string;
  openStore: (file: string) => Promise<Store>;
  /** The same without changing anything of it; `openStore` where the host has no other way. */
  lookAtStore?: (file: string) => Promise<Store>;
  /** Sends a mail by SMTP. */
  smtp: NonNullable<ChannelDeps['smtp']>;
  /** A consistent copy of a database. */
  backup: (file: string, target: string) => Promise<{ bytes: number }>;
  /** Looks a database over without changing it. */
  examine: (file: string) => Promise<CareCheck[]>;
  connectorNames: string[];
  connector: (name: string) => Promise<Connector>;
  connectorDeps: (saveSecret: ConnectorDeps['saveSecret']) => ConnectorDeps;
  /** `onProgress` hears in words how far the loading of a world is. */
  startSandbox: (
    request: SandboxRequest,
    onProgress?: (text: string) => void,
  ) => Promise<RunningSandbox>;
  /**
   * Serves the API and the webhooks over a store. `config` errors: the port is taken,
   * tokens that cannot be read.
   */
  startApi: (request: ApiRequest) => Promise<{ url: string; close(): Promise<void> }>;
  /** Asks the person at the terminal; undefined where nobody is there. */
  ask?: (question: string, hidden: boolean, more?: Asked) => Promise<string>;
  /** Lets the person at the terminal choose one of a few; undefined where nobody is there. */
  choose?: (question: string, choices: Choice[]) => Promise<string>;
  /**
   * From now on SIGINT and SIGTERM ask the running work to stop; a second one ends the process at
   * once.
   */
  stopWatch?: () => StopWatch;
  /** Resolves on SIGINT or SIGTERM. */
  stopped: () => Promise<void>;
}
