import { z } from 'zod';
import type { Client } from './client.ts';
import { instantMs } from './values.ts';
import type { ListedRow } from './virtual.ts';

/** Room for the stages of one pipeline in the order of all. */
const STAGES_A_PIPELINE = 1_000;

const answer = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      displayOrder: z.number(),
      archived: z.boolean().nullish(),
      stages: z.array(
        z.object({
          id: z.string(),
          label: z.string(),
          displayOrder: z.number(),
          archived: z.boolean().nullish(),
          updatedAt: z.string().nullish(),
          metadata: z.record(z.string(), z.unknown()).nullish(),
        }),
      ),
    }),
  ),
});

/**
 * Stages of all deal pipelines. HubSpot writes what it knows of a stage as text; a stage is won
 * when it is closed with a probability of one.
 */
export async function readStages(client: Client): Promise<ListedRow[]> {
  const { results } = await client.json(
    {
      build: () => client.requests.pipelines.getAll('deals'),
      effect: 'read',
      what: 'reading deal pipelines',
    },
    answer,
  );
  const pipelines = results.toSorted(
    (a, b) => a.displayOrder - b.displayOrder || (a.id < b.id ? -1 : 1),
  );
  return pipelines.flatMap((pipeline, at) =>
    pipeline.stages.map((stage): ListedRow => {
      const probability = Number(stage.metadata?.['probability'] ?? Number.NaN);
      const closed = String(stage.metadata?.['isClosed'] ?? '') === 'true';
      const values = {
        id: `${pipeline.id}/${stage.id}`,
        key: stage.id,
        label: stage.label,
        pipeline: pipeline.id,
        pipelineLabel: pipeline.label,
        order: at * STAGES_A_PIPELINE + stage.displayOrder,
        closed,
        won: closed && probability === 1,
        probability: Number.isFinite(probability) ? probability : null,
        active: stage.archived !== true && pipeline.archived !== true,
      };
      return { id: values.id, values, stampMs: instantMs(stage.updatedAt ?? '') || 0 };
    }),
  );
}
