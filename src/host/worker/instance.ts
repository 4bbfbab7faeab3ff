import type { ConnectionDocument } from '../../model/connection.ts';
import type { Connector, ConnectorDeps } from '../../model/connector.ts';
import type { D1Meter } from '../../store/d1.ts';
import type { RunPart } from '../../store/plan-filter.ts';
import type { Store } from '../../store/store.ts';
import type { Allowance } from './limits.ts';

/**
 * Parameters of a Workflow instance. `runId` is the run that it begins or,
 * when that exists, takes on.
 */
export interface JourneyInput {
  connectionId: string;
  database: string;
  runId: string;
  dryRun: boolean;
  full: boolean;
  part: number;
  /** The run is made of another one's writes: its plan applied, or taken back. */
  replan?: JourneyReplan;
  allowance?: Partial<Allowance>;
}

/** Partners by their CRM ids: what they have is looked up where it is needed. */
export interface JourneyReplan {
  kind: 'apply' | 'undo';
  sourceId: string;
  only: RunPart | null;
}

export interface JourneyResult {
  state: 'done' | 'skipped' | 'handed-over' | 'superseded';
  run: string | null;
  calls: number;
  read: number;
  written: number;
  planned: number;
  successor: string | null;
}

/** What an instance is made of; made anew in every isolate that takes part. */
export interface JourneyHost {
  store: Store;
  meter: D1Meter;
  /** Calls of `fetch` by this invocation. */
  subrequests: () => number;
  nowMs: () => number;
  connector: (name: string) => Promise<Connector>;
  secrets: (connection: ConnectionDocument) => Record<string, string>;
  connectorDeps: Omit<ConnectorDeps, 'saveSecret'>;
  /** The sealing of rotated secrets; null = there is no key, and a rotation is refused. */
  keys: string[];
  startSuccessor: (instanceId: string, input: JourneyInput) => Promise<void>;
  log: (event: string, data: Record<string, unknown>) => void;
}
