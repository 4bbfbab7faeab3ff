import * as z from 'zod';
import { asHeadwaterError } from '../../src/model/error.ts';
import { readReply } from '../kit/reply.ts';
import { HttpFailure } from '../kit/wire.ts';
import type { Client } from './client.ts';
import { toHeadwaterError, unreadable } from './errors.ts';

/** What one composite call takes, and how many of that may be queries. */
const MOST_REQUESTS = 25;
const MOST_QUERIES = 5;

const answers = z.object({
  compositeResponse: z.array(
    z.object({ referenceId: z.string(), httpStatusCode: z.number(), body: z.unknown() }),
  ),
});

type Answer = z.infer<typeof answers>['compositeResponse'][number];

/** A read below `/services/data/vXX.0`, small enough that its answer need not come in pages. */
interface SmallRead {
  path: string;
  what: string;
}

/**
 * Small reads that are asked for at the same moment travel in one composite call, which counts as
 * one call of the org's day.
 */
export interface Together {
  read<T>(one: SmallRead, schema: z.ZodType<T>): Promise<T>;
}

interface Waiting extends SmallRead {
  /** Errors: `transient` where the text is not what the read answers. */
  parse(text: string): unknown;
  settle(answer: Promise<unknown>): void;
}

export function makeTogether(client: Client, nowMs: () => number): Together {
  let waiting: Waiting[] = [];

  const alone = async ({ path, what, parse }: Waiting): Promise<unknown> =>
    await client.parsed({ method: 'GET', path, effect: 'read', what }, ({ text }) => parse(text));

  async function send(group: Waiting[]): Promise<void> {
    const [first, ...others] = group;
    if (first === undefined) return;
    if (others.length === 0) return first.settle(alone(first));
    try {
      const found = await composite(client, group);
      for (const [at, one] of group.entries()) one.settle(answerOf(one, found[at]!));
    } catch (error) {
      for (const one of group) one.settle(ofAll(error) ? Promise.reject(error) : alone(one));
    }
  }

  /** What may pass is asked for once more where the retries are; what is refused stays so. */
  async function answerOf(one: Waiting, { httpStatusCode: status, body }: Answer) {
    const text = JSON.stringify(body);
    try {
      if (status < 300) return one.parse(text);
      throw toHeadwaterError(new HttpFailure({ status, headers: {}, body: text }), {
        nowMs: nowMs(),
        write: false,
        what: one.what,
      });
    } catch (error) {
      const { kind } = asHeadwaterError(error);
      if (kind === 'transient' || kind === 'limit') return await alone(one);
      throw error;
    }
  }

  function flush(): void {
    const all = waiting;
    waiting = [];
    for (const group of grouped(all)) void send(group);
  }

  return {
    read<T>({ path, what }: SmallRead, schema: z.ZodType<T>) {
      const unreadableAs = (detail: string) =>
        unreadable({ nowMs: nowMs(), write: false, what }, detail);
      return new Promise<T>((resolve) => {
        const parse = (text: string): T => readReply(text, schema, unreadableAs);
        waiting.push({ path, what, parse, settle: (answer) => resolve(answer as Promise<T>) });
        // Whoever asks at the same moment does so before the next timer.
        if (waiting.length === 1) setTimeout(flush, 0);
      });
    },
  };
}

/**
 * Of the sign-in, the budget or the way there, which another try would meet again. Any other error
 * is of the call that they share (too large an answer, a proxy that does not know it).
 */
function ofAll(error: unknown): boolean {
  const { kind, tooMuch } = asHeadwaterError(error);
  return kind === 'auth' || kind === 'limit' || (kind === 'transient' && !tooMuch);
}

const isQuery = ({ path }: SmallRead): boolean => /^\/(query|queryAll)\b/.test(path);

function grouped(all: Waiting[]): Waiting[][] {
  const groups: Waiting[][] = [];
  for (const one of all) {
    const room = groups.find(
      (group) =>
        group.length < MOST_REQUESTS &&
        (!isQuery(one) || group.filter(isQuery).length < MOST_QUERIES),
    );
    if (room === undefined) groups.push([one]);
    else room.push(one);
  }
  return groups;
}

/** The answers, in the order of asking. */
async function composite(client: Client, group: SmallRead[]): Promise<Answer[]> {
  const what = `${group[0]!.what} and ${group.length - 1} more`;
  const body = {
    allOrNone: false,
    compositeRequest: group.map(({ path }, at) => ({
      method: 'GET',
      url: `/services/data/v${client.apiVersion}${path}`,
      referenceId: `r${at}`,
    })),
  };
  return await client.parsed(
    { method: 'POST', path: '/composite', body, effect: 'read', what },
    ({ text }, context) => {
      const found = readReply(text, answers, (detail) => unreadable(context, detail));
      const byId = new Map(found.compositeResponse.map((each) => [each.referenceId, each]));
      return group.map((_, at) => {
        const each = byId.get(`r${at}`);
        if (each === undefined) throw unreadable(context, `no answer r${at}`);
        return each;
      });
    },
  );
}
