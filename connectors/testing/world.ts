import type { CrmSession, CrmValue } from '../../src/model/connector.ts';

/** Values by role; the world knows which field of its CRM plays it. */
export interface WorldValues {
  text?: CrmValue;
  number?: CrmValue;
  boolean?: CrmValue;
  date?: CrmValue;
  instant?: CrmValue;
}
export type Role = keyof WorldValues;

export interface OpenOptions {
  /**
   * Rows of a read page, where the connector lets one choose; small ones make many pages of few
   * rows.
   */
  pageRows?: number;
  /** Stands between the connector and its wire, to cut calls. */
  wire?: (fetch: typeof globalThis.fetch) => typeof globalThis.fetch;
}

/**
 * What goes wrong: the CRM is busy for a good while · the session has ended for good · the calls of
 * the day are used up · answers are no data (a proxy's page) ·
 * the answer to the next write is lost after it took effect · the next read of associations fails.
 */
export type WorldFault = 'busy' | 'signedOut' | 'overBudget' | 'garbled' | 'lostAnswer' | 'links';

/**
 * One CRM, empty and fresh, and what people and other programs do to it behind the connector's
 * back. What is optional here is an ability:
 * a check that needs one which is missing counts as failed, unless the suite is given a reason why
 * it cannot be shown.
 */
export interface ConformanceWorld {
  /** The object that all checks use. */
  object: string;
  /** The field of each role; text holds 200 characters, number two decimals. */
  fields: Record<Role, string>;
  /** Fields of that object that may be written. */
  writable: { text: string; number: string };
  /** The CRM's clock. */
  nowMs(): number;
  advance(ms: number): Promise<void>;
  open(options?: OpenOptions): Promise<CrmSession>;
  close(): Promise<void>;

  /**
   * Ids in the order of the rows. `atMs`: a long transaction that began then and is committed now;
   * it makes all rows share that stamp.
   */
  create(rows: WorldValues[], options?: { atMs?: number }): Promise<string[]>;
  update(id: string, values: WorldValues): Promise<void>;
  /** Beyond any bin, or as far as the CRM lets go of a row. */
  destroy(id: string): Promise<void>;

  /** Into the bin. */
  remove?(id: string): Promise<void>;
  undelete?(id: string): Promise<void>;
  merge?(winnerId: string, loserId: string): Promise<void>;
  /** Links the row to another record; says of which association type, and to what. */
  link?(id: string): Promise<{ type: string; toId: string }>;
  unlink?(id: string, link: { type: string; toId: string }): Promise<void>;
  /** A new text field; its name. */
  addField?(): Promise<string>;
  removeField?(name: string): Promise<void>;
  /** The connected user may no longer see the field. */
  hideField?(name: string): Promise<void>;
  /** Every write to the row is refused. */
  refuse?(id: string): Promise<void>;
  fail?(fault: WorldFault): Promise<void>;
  heal?(): Promise<void>;
  /** From now on the CRM gives no larger pages, whatever it is asked for. */
  shrinkPages?(rows: number): Promise<void>;
  /** The connector talks over `fetch`, which `OpenOptions.wire` may cut. */
  overWire?: true;
  /** The name this CRM gives a field that is asked for as `Hw_Test_Score__c`. */
  fieldName?(name: string): string;
  /** Faults that `fail` can bring about; all when left out. */
  faults?: WorldFault[];
}

export type Ability =
  | 'remove'
  | 'undelete'
  | 'merge'
  | 'link'
  | 'unlink'
  | 'addField'
  | 'removeField'
  | 'hideField'
  | 'refuse'
  | 'shrinkPages'
  | 'overWire'
  | `fail:${WorldFault}`;

export function hasAbility(world: ConformanceWorld, ability: Ability): boolean {
  if (!ability.startsWith('fail:')) return world[ability as keyof ConformanceWorld] !== undefined;
  const fault = ability.slice('fail:'.length) as WorldFault;
  return world.fail !== undefined && (world.faults === undefined || world.faults.includes(fault));
}
