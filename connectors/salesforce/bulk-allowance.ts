import * as z from 'zod';
import type { ConnectorDeps } from '../../src/model/connector.ts';
import { asHeadwaterError } from '../../src/model/error.ts';
import type { Client } from './client.ts';

/**
 * Salesforce's own figures lag up to five minutes behind, so nothing is gained by asking more
 * often; jobs started meanwhile are counted here.
 */
const FRESH_MS = 5 * 60_000;

const allocation = z.object({ Max: z.number(), Remaining: z.number() }).optional();
const limits = z.looseObject({
  DailyBulkV2QueryJobs: allocation,
  DailyBulkV2QueryFileStorageMB: allocation,
});

/**
 * What the org has left of its Bulk 2.0 query jobs, and of the volume of their results, in 24
 * hours.
 */
export interface BulkAllowance {
  /**
   * In words, what stands below the floor; null = Bulk may be used, or nobody can tell and
   * Salesforce's own refusal decides.
   */
  short(): Promise<string | null>;
  /** A job was started. */
  spend(): void;
}

interface Reading {
  jobs: z.infer<typeof allocation>;
  mb: z.infer<typeof allocation>;
  readAtMs: number;
  started: number;
}

/**
 * The allowance of one session, from /limits, read when a job is about to be started.
 * `floorPercent` of both allocations belongs to other apps.
 */
export function bulkAllowance(
  client: Client,
  floorPercent: number,
  deps: Pick<ConnectorDeps, 'nowMs' | 'log'>,
): BulkAllowance {
  let reading: Reading | null = null;
  async function read(): Promise<Reading> {
    const now = deps.nowMs();
    if (reading !== null && Math.abs(now - reading.readAtMs) < FRESH_MS) return reading;
    try {
      const answer = await client.json(
        { method: 'GET', path: '/limits', effect: 'read', what: 'reading the Bulk allowance' },
        limits,
      );
      return (reading = {
        jobs: answer.DailyBulkV2QueryJobs,
        mb: answer.DailyBulkV2QueryFileStorageMB,
        readAtMs: now,
        started: 0,
      });
    } catch (error) {
      if (['auth', 'limit'].includes(asHeadwaterError(error).kind)) throw error;
      deps.log('salesforce.bulk.unknown', { code: asHeadwaterError(error).code });
      return (reading = { jobs: undefined, mb: undefined, readAtMs: now, started: 0 });
    }
  }
  const below = (part: z.infer<typeof allocation>, spent: number): boolean =>
    part !== undefined && part.Remaining - spent <= (part.Max * floorPercent) / 100;
  return {
    async short() {
      const { jobs, mb, started } = await read();
      if (below(jobs, started))
        return `${jobs!.Remaining - started} of ${jobs!.Max} Bulk query jobs of the day are left`;
      return below(mb, 0)
        ? `${mb!.Remaining} of ${mb!.Max} MB of Bulk results of the day are left`
        : null;
    },
    spend: () => {
      if (reading !== null) reading.started++;
    },
  };
}
