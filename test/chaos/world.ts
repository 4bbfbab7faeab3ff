import type { Connector } from '../../src/model/connector.ts';
import type { FaultPlan } from '../../src/sandbox/faults.ts';
import type { EntityName } from '../../src/model/entities.ts';
import type { Change, Crm, Schedule } from './schedule.ts';
import type { Watch, Value, WrittenField } from './watch.ts';

/** A record as the local copy must hold it. */
export interface Expected {
  id: string;
  fields: Record<string, Value>;
  stampMs: number;
  deleted: boolean;
  mergedIntoId: string | null;
}
/** Object -> id -> record. */
export type Copy = Map<string, Map<string, Expected>>;

/**
 * What the mapping makes of a copy, worked out by hand: the rows of each entity, and the
 * partner of each live deal.
 */
export interface ExpectedModel {
  entities: { entity: EntityName; rows: Map<string, Record<string, Value>> }[];
  partnerOf: Map<string, string | null>;
}

/** What schedules need of a CRM. All the rest of this folder knows none. */
export interface World {
  readonly crm: Crm;
  readonly connector: Connector;
  readonly mappingText: string;
  readonly written: Readonly<Record<string, WrittenField[]>>;
  /** Objects whose windows are closed with receipts. */
  readonly objects: readonly string[];
  /**
   * A change is visible at the latest this long after its stamp: windows up to here can be closed.
   */
  readonly settleMs: number;
  /** How long a write is usually not visible to readers of windows. */
  readonly lagMs: number;
  /** Codes of refusals that wait in quarantine until the value changes. */
  readonly refusals: ReadonlySet<string>;
  readonly faults: FaultPlan;
  readonly watch: Watch;
  nowMs(): number;
  /** Time passes, and with it what is due. */
  pass(ms: number): void;
  /** People change something, at once or late. */
  do(change: Change): void;
  connection(schedule: Schedule): {
    settings: Record<string, unknown>;
    secrets: Record<string, string>;
  };
  isWrite(address: string, init: RequestInit | undefined): boolean;
  /** One call over the wire. `refused`: a share of a write's rows fails, the others don't. */
  send(address: string, init: RequestInit | undefined, refused: number | null): Promise<Response>;
  /** Calls of the day. */
  budget(): { used: number; limit: number };
  /** Nothing goes wrong any more: no faults, calls in plenty, no rule that refuses. */
  calm(): void;
  /** Ids of an object's records as they are visible now. */
  ids(object: string): Iterable<string>;
  copy(): Copy;
  model(copy: Copy): ExpectedModel;
  /** What says of a difference in one field that it does not matter. */
  moot(object: string, row: Expected, field: string): boolean;
  /** A row that the CRM shows no more and that may stay with us as it is. */
  lingers(object: string, id: string): boolean;
  /** Fields of a live record as its readers see them; null = no such record. */
  holds(object: string, id: string): Record<string, Value> | null;
}

/** The connector insists on https or loopback; nothing listens there. */
export const ADDRESS = 'http://127.0.0.1:9';

export const DAY_MS = 86_400_000;
/** A Monday in the middle of a quarter. */
export const START_MS = Date.parse('2026-11-16T09:00:00Z');
export const COUNTRIES = ['DE', 'US', 'FR', 'AT'];
export const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
