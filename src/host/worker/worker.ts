import { plainJson } from '../../model/clean-text.ts';
import type { MessageBatch, ScheduledController } from '@cloudflare/workers-types';
import { WorkflowEntrypoint } from 'cloudflare:workers';
import { NonRetryableError } from 'cloudflare:workflows';
import { asHeadwaterError } from '../../model/error.ts';
import type { HintMessage } from '../../http/webhooks/hint-message.ts';
import { workerApp } from './app.ts';
import type { WorkerEnv } from './env.ts';
import type { JourneyInput, JourneyResult } from './instance.ts';
import { runJourney } from './journey.ts';
import { journeyHost } from './journey-host.ts';
import { EngineStopped, StepFailed, type DurableStep } from './durable-steps.ts';
import { onHints } from './queue.ts';
import { onSchedule } from './schedule.ts';

/**
 * One run of one connection. Its steps are the engine's own; see docs/decisions for why D1 and not
 * the Workflow holds their results.
 */
export class SyncWorkflow extends WorkflowEntrypoint<WorkerEnv> {
  async run(
    event: { payload: JourneyInput; instanceId: string },
    step: DurableStep,
  ): Promise<JourneyResult> {
    const host = journeyHost(this.env, event.payload.database);
    try {
      return await runJourney(host, event.instanceId, event.payload, step);
    } catch (error) {
      // The Workflow knows its own errors again only as they were.
      if (error instanceof EngineStopped) throw error.cause;
      if (!(error instanceof StepFailed)) throw error;
      const { kind, message, cure } = error.failure;
      host.log('run failed', { instance: event.instanceId, kind, message });
      throw new NonRetryableError(`${kind}: ${message}${cure === null ? '' : ` ${cure}`}`);
    }
  }
}

export default {
  async scheduled(controller: ScheduledController, env: WorkerEnv): Promise<void> {
    try {
      await onSchedule(env, controller.cron, controller.scheduledTime);
    } catch (error) {
      const known = asHeadwaterError(error);
      console.error(
        plainJson({
          event: 'schedule failed',
          kind: known.kind,
          message: known.message,
          cure: known.cure ?? null,
        }),
      );
      throw known;
    }
  },
  async queue(batch: MessageBatch<HintMessage>, env: WorkerEnv): Promise<void> {
    await onHints(env, batch);
  },
  async fetch(request: Request, env: WorkerEnv): Promise<Response> {
    return await workerApp(request, env);
  },
};
