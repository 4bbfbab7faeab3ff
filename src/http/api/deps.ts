import type { Context } from 'hono';
import type { ConnectionDocument } from '../../model/connection.ts';
import type { Connector, CrmSession } from '../../model/connector.ts';
import type { RewordDeps } from '../../sync/outbound/reword.ts';
import type { RunPart } from '../../store/plan-filter.ts';
import type { Run } from '../../store/runs.ts';
import type { AllowedSecrets } from '../../model/secret-names.ts';
import type { Store } from '../../store/store.ts';
import type { Principal } from './auth/principal.ts';
import type { KnownOrg } from './mapping/org-memory.ts';
import type { HintMessage } from '../webhooks/hint-message.ts';

/** A run that somebody asks for. `sourceId`: the run that is applied or undone. */
export interface RunRequest {
  kind: 'sync' | 'apply' | 'undo';
  dryRun: boolean;
  full: boolean;
  sourceId: string | null;
  /** These writes alone; null = all. */
  only: RunPart | null;
}

/** When the host starts the runs of a connection by itself. */
export interface Schedule {
  everyMs: number;
  nextMs: number;
  /** Ticks that started nothing since the service began. */
  missed: number;
  lastMissedMs: number | null;
  /** Why the last one was missed. */
  lastMissed: string | null;
}

/** A file of the pages. `hashed`: its name changes with its content, so it may be kept for good. */
export interface Asset {
  body: Uint8Array<ArrayBuffer>;
  type: string;
  hashed: boolean;
}

/** The text of a mapping as this host keeps it. */
export interface HeldMapping {
  text: string;
  kind: 'file' | 'pushed';
  /** Name of the file or of the database. */
  place: string;
}

/** Connection documents: files on Node, rows of the database on Workers. */
export interface ConnectionDocuments {
  list(): Promise<ConnectionDocument[]>;
  setShadow(
    database: string,
    connectionId: string,
    shadow: ConnectionDocument['shadow'],
  ): Promise<void>;
  /** The mapping that the next run uses; null = none of these documents is of that connection. */
  mapping(database: string, connectionId: string): Promise<HeldMapping | null>;
  /** Puts another text in its place, the whole of it or nothing. */
  setMapping(database: string, connectionId: string, text: string): Promise<void>;
}

/** How this host asks a CRM itself, for those who edit a mapping. */
export interface OrgAccess {
  open(database: string, connectionId: string): Promise<CrmSession>;
  /** What was asked a moment ago, so that a check after each word costs no calls; by connection. */
  known: Map<string, KnownOrg>;
  /** The mapping that ships for a CRM; absent where the host has no such files. */
  shipped?: (crm: string) => Promise<string>;
}

/** By what this host sends something elsewhere, as a connection document says. */
export interface Outbound extends RewordDeps {
  connection: ConnectionDocument;
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
  /**
   * False when this key has asked too often; `browser:` and `webhook:` may ask more often than the
   * others.
   */
  allow: (key: string) => Promise<boolean>;
  /** `started` false: that run exists already. Absent where this host runs nothing on request. */
  startRun?: (
    database: string,
    connectionId: string,
    request: RunRequest,
  ) => Promise<{ id: string; started: boolean }>;
  /** Asks a run that is at work to end after its step; false = this host does not run it. */
  stopRun?: (database: string, run: Run) => Promise<boolean>;
  /** null = nothing starts runs of this connection by itself. */
  schedule?: (connectionId: string) => Schedule | null;
  /** Documents as this host keeps them. */
  documents?: ConnectionDocuments;
  /** Absent where this host reaches no CRM by itself. */
  orgs?: OrgAccess;
  /** null = this host has no document of that connection. */
  outbound?: (database: string, connectionId: string) => Promise<Outbound | null>;
  /**
   * Names of secrets that the document wants and this host lacks. Absent where documents are
   * files: nothing is pushed there.
   */
  missingSecrets?: (connection: ConnectionDocument) => string[];
  /**
   * Errors: `config` where a pushed document could never run on this host, whatever its secrets.
   */
  demandRunnable?: (connection: ConnectionDocument) => Promise<void>;
  /** Variables that the operator lets a pushed connection name beside those of its own prefix. */
  allowedSecrets?: AllowedSecrets;
  /** What this host has for a CRM; null = nothing. */
  connector: (crm: string) => Promise<Pick<Connector, 'spellings' | 'webhook'> | null>;
  /** Where sessions of the pages are kept; absent where the platform signs people in. */
  sessions?: Store;
  /** A file of the pages; absent where the platform serves them. */
  asset?: (path: string) => Promise<Asset | null>;
  /** Takes the marks of one webhook delivery; when it returns, they are safe. */
  takeHints: (message: HintMessage) => Promise<void>;
  webhooks: {
    /** Secret of a CRM's webhook; undefined = that webhook is switched off. */
    secretOf: (crm: string) => string | undefined;
    /** Of which the secret of each feed of signals is made. */
    signalsSecret: () => string | undefined;
    /** Where proxies change the address: the origin that CRMs post to. */
    publicOrigin: string | undefined;
  };
  log: (event: string, data: Record<string, unknown>) => void;
}
