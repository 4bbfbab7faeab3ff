import type { Context } from 'hono';
import type { ConnectionDocument } from '../../model/connection.ts';
import type { Store } from '../../store/store.ts';
import type { Principal } from './auth/principal.ts';
import type { HintMessage } from '../webhooks/hint-message.ts';

interface StartOptions {
  dryRun: boolean;
  full: boolean;
}

/** What the host gives the HTTP surface; the app itself knows neither Node nor Workers. */
export interface AppDeps {
  version: string;
  nowMs: () => number;
  /** Databases by name; a connection lives in one of them. */
  stores: ReadonlyMap<string, Store>;
  /** Who asks; null = nobody we know. */
  authenticate: (request: Request) => Promise<Principal | null>;
  /**
   * From where a request comes, as this host knows it: a header that
   * anybody can send is no address.
   */
  addressOf: (c: Context) => string;
  /** False when this key has asked too often. */
  allow: (key: string) => Promise<boolean>;
  /** `started` false: that run exists already. Absent where this host runs nothing on request. */
  startRun?: (
    database: string,
    connectionId: string,
    options: StartOptions,
  ) => Promise<{ id: string; started: boolean }>;
  /**
   * Names of secrets that the document wants and this host lacks. Absent where documents are
   * files: nothing is pushed there.
   */
  missingSecrets?: (connection: ConnectionDocument) => string[];
  /** What an id may mean that somebody typed, in the spelling of the CRM's rows. */
  spellings?: (crm: string, typed: string) => Promise<string[]>;
  /** Takes the marks of one webhook delivery; when it returns, they are safe. */
  takeHints: (message: HintMessage) => Promise<void>;
  /** Secrets of the webhooks; undefined = that webhook is switched off. */
  webhooks: {
    hubspotSecret: string | undefined;
    salesforceSecret: string | undefined;
    /** Where proxies change the address: the origin that HubSpot posts to. */
    publicOrigin: string | undefined;
  };
  log: (event: string, data: Record<string, unknown>) => void;
}
