import * as z from 'zod';
import { readOnlyField } from '../kit/fields.ts';
import { anything, asSent, booleanOr, textOrNull } from '../kit/values.ts';
import type { Client } from './client.ts';
import { canonical, instantMs } from './values.ts';
import type { ListedRow } from './virtual.ts';

/** Room for the stages of one pipeline in the order of all. */
const STAGES_A_PIPELINE = 1_000;

const PROBABILITY = readOnlyField('probability', 'number');

const orderOf = ({ displayOrder }: { displayOrder?: unknown }): number =>
  typeof displayOrder === 'number' ? displayOrder : 0;

const answer = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      label: anything,
      displayOrder: anything,
      archived: anything,
      stages: z.array(
        z.object({
          id: z.string(),
          label: anything,
          displayOrder: anything,
          archived: anything,
          updatedAt: anything,
          metadata: z.record(z.string(), z.unknown()).nullish().catch(null),
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
  const pipelines = results.toSorted((a, b) => orderOf(a) - orderOf(b) || (a.id < b.id ? -1 : 1));
  return pipelines.flatMap((pipeline, at) =>
    pipeline.stages.map((stage): ListedRow => {
      const probability = canonical(PROBABILITY, stage.metadata?.['probability']);
      const closed = booleanOr(stage.metadata?.['isClosed'] ?? false);
      const archived = [stage.archived, pipeline.archived].map((each) => booleanOr(each ?? false));
      const values = {
        id: `${pipeline.id}/${stage.id}`,
        key: stage.id,
        label: textOrNull(stage.label),
        pipeline: pipeline.id,
        pipelineLabel: textOrNull(pipeline.label),
        order:
          typeof stage.displayOrder === 'number'
            ? at * STAGES_A_PIPELINE + stage.displayOrder
            : textOrNull(stage.displayOrder),
        closed,
        // What cannot be read of the one says nothing of the other.
        won:
          [closed, probability].find((each) => typeof each === 'string') ??
          (closed === true && probability === 1),
        probability,
        active: archived.find((each) => typeof each === 'string') ?? !archived.includes(true),
      };
      return { id: values.id, values, stampMs: instantMs(asSent(stage.updatedAt)) || 0 };
    }),
  );
}
