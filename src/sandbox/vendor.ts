import type { FaultRule } from './faults.ts';

/**
 * What the core asks of a CRM's own part: its wire protocol and the few
 * things only it can word or know.
 */
export interface SandboxVendor {
  readonly name: string;
  /** The vendor's whole API, without faults, latency or logging. */
  fetch(request: Request): Promise<Response>;
  /**
   * The vendor's own body and status of a fault; null where there is none
   * and the general form serves.
   */
  faultResponse(rule: FaultRule, status: number, request: Request): Response | null;
  /**
   * The object a request is about, for faults aimed at one object; null where it
   * cannot be told from the address.
   */
  objectOf(url: URL): string | null;
  /** How many rows an answer holds, and how many fields of each were asked for. */
  sizeOf(request: Request, answer: Response): Promise<{ rows: number; fields: number }>;
  /**
   * Every row of the named objects (all when empty), deleted ones flagged, as the
   * oracle of a test wants them.
   */
  dump(objects: string[]): Record<string, Record<string, unknown>[]>;
  /** Row counts and other facts for the status page. */
  status(): Record<string, unknown>;
  /**
   * Changes made past the API, as an administrator or a named user; throws
   * with a message on wrong input.
   */
  change(changes: unknown): unknown;
  /**
   * What an administrator sets up beside records (rules, locks, record types); absent
   * where the vendor has none.
   */
  setup?(changes: unknown): unknown;
  /** The vendor's own switches (limits, page sizes); unknown names throw. */
  configure(switches: Record<string, unknown>): Record<string, unknown>;
}

/** What moves the world behind the vendor's data; made by whoever seeds it. */
export interface SandboxWorld {
  provenance: string;
  truth: unknown;
  /**
   * Let everything happen that happens in (fromMs, untilMs]. Returns how many events there were.
   */
  advance(fromMs: number, untilMs: number): number;
}
