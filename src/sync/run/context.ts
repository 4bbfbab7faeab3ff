import type { ConnectorFeatures, CrmSession } from '../../model/connector.ts';
import type { ConnectionDocument } from '../../model/connection.ts';
import type { CompiledMapping } from '../../model/mapping.ts';
import type { Store } from '../../store/store.ts';

/** What a run tells whoever watches it. Counts only: never a value of a record. */
export type Progress =
  | {
      kind: 'step';
      runId: string;
      step: string;
      state: 'started' | 'done' | 'failed';
      result?: unknown;
      elapsedMs?: number;
      calls?: number;
    }
  | {
      kind: 'rows';
      step: string;
      object: string;
      rows: number;
      changed: number;
      totalRows: number | null;
    };

/**
 * Everything a step may touch besides its arguments; opened afresh by every
 * process that takes part in a run.
 */
export interface RunContext {
  store: Store;
  session: CrmSession;
  features: ConnectorFeatures;
  connection: ConnectionDocument;
  /** Whose rows the run reads and maps: the connection's, or the copy that a dry run has. */
  connectionId: string;
  /** Where scores, forecast and models go: the connection's, or beside them for a dry run. */
  resultsId: string;
  /** The connection itself, which has the ledger of writes and the refusals, whatever the run. */
  servedId: string;
  runId: string;
  /** The CRM's clock at the start of the run: nothing later can change a result. */
  asOfMs: number;
  mapping: CompiledMapping;
  /** This machine's clock, for durations and audit stamps only. */
  nowMs: () => number;
  sleep: (ms: number) => Promise<void>;
  progress: (event: Progress) => void;
}
