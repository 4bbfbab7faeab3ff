import type * as z from 'zod';
import type { ConnectorDeps } from '../../src/model/connector.ts';
import type { Lane } from './pace.ts';
import type { Build, Requests } from './requests.ts';
import type { Settings } from './settings.ts';
import type { Transport } from './transport.ts';

export interface Call {
  build: Build;
  /**
   * read: may be repeated freely. write: is sent once, unless HubSpot refused it before it did
   * anything; a failure may have changed records.
   */
  effect: 'read' | 'write';
  /** Which limit it counts against; default `call`. */
  lane?: Lane;
  /** For messages. */
  what: string;
}

/** What a question to HubSpot needs; `Client` is this and what it knows of the portal. */
export interface Caller {
  readonly settings: Settings;
  readonly requests: Requests;
  readonly transport: Transport;
  readonly deps: ConnectorDeps;
  /**
   * The JSON body, checked; an answer that does not fit is `transient`, since it is nearly always
   * one that was cut off. Throws HeadwaterError only.
   */
  json<T>(call: Call, schema: z.ZodType<T>): Promise<T>;
}
