import type { ConnectorFeatures, CrmIdentity, CrmSession } from '../model/connector.ts';
import type { CompiledMapping } from '../model/mapping.ts';
import type { Store } from '../store/store.ts';

/** What a run tells whoever watches it. Counts only: never a value of a record. */
export type Progress =
  | { kind: 'step'; step: string; state: 'started' | 'done' | 'failed'; result?: unknown; elapsedMs?: number; calls?: number }
  | { kind: 'rows'; step: string; object: string; rows: number; changed: number; totalRows: number | null };

/** Everything a step may touch besides its arguments. */
export interface RunContext {
  store: Store;
  session: CrmSession;
  features: ConnectorFeatures;
  connectionId: string;
  runId: string;
  /** The CRM's clock at the start of the run: nothing later can change a result. */
  asOfMs: number;
  identity: CrmIdentity;
  mapping: CompiledMapping;
  /** Calls above the quota floor at the start; null = the CRM told no budget. */
  callsLeft: number | null;
  /** This machine's clock, for durations and audit stamps only. */
  nowMs: () => number;
  sleep: (ms: number) => Promise<void>;
  progress: (event: Progress) => void;
}
