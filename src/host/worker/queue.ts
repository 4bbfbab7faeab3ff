import { plainJson } from '../../model/clean-text.ts';
import type { Message, MessageBatch } from '@cloudflare/workers-types';
import * as z from 'zod';
import { asHeadwaterError } from '../../model/error.ts';
import type { HintMessage } from '../../http/webhooks/hint-message.ts';
import { openD1Store } from '../../store/d1.ts';
import { markHints } from '../../store/hints.ts';
import { databaseOf, type WorkerEnv } from './env.ts';

/**
 * A busy database gets a moment; after `max_retries` (wrangler.toml) the
 * message goes to the dead letters.
 */
const RETRY_SECONDS = 30;

/** A queue may hold what another version, or somebody else, put there. */
const messageShape = z.object({
  database: z.string(),
  connectionId: z.string(),
  marks: z.array(z.object({ object: z.string(), id: z.string() })),
  markedMs: z.number(),
});

/**
 * A burst of webhooks: one batch of marks a database. Marks are idempotent, so a batch that is
 * delivered again does no harm.
 */
export async function onHints(env: WorkerEnv, batch: MessageBatch<HintMessage>): Promise<void> {
  const [sound, poisoned] = split(batch.messages);
  // Nobody can ever act on it: tried again it would only take its neighbours along.
  for (const message of poisoned) {
    console.error(plainJson({ event: 'hints', error: 'no message of marks', id: message.id }));
    message.ack();
  }
  const byDatabase = Map.groupBy(sound, (message) => message.body.database);
  for (const [database, messages] of byDatabase) {
    try {
      const store = openD1Store(databaseOf(env, database));
      const byConnection = Map.groupBy(
        messages.map((message) => message.body),
        (body) => `${body.connectionId}/${body.markedMs}`,
      );
      await store.batch(
        [...byConnection.values()].flatMap((bodies) =>
          markHints(
            store,
            bodies[0]!.connectionId,
            distinct(bodies.flatMap((body) => body.marks)),
            bodies[0]!.markedMs,
          ),
        ),
      );
      for (const message of messages) message.ack();
    } catch (error) {
      console.error(
        plainJson({
          event: 'hints',
          database,
          messages: messages.length,
          error: asHeadwaterError(error).message,
        }),
      );
      for (const message of messages) message.retry({ delaySeconds: RETRY_SECONDS });
    }
  }
}

type Messages = readonly Message<HintMessage>[];

function split(messages: Messages): [Message<HintMessage>[], Message<HintMessage>[]] {
  const groups = Map.groupBy(messages, ({ body }) => messageShape.safeParse(body).success);
  return [groups.get(true) ?? [], groups.get(false) ?? []];
}

const distinct = (marks: HintMessage['marks']): HintMessage['marks'] => [
  ...new Map(marks.map((mark) => [`${mark.object}/${mark.id}`, mark])).values(),
];
