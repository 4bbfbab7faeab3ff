/** Pipelines of deals and their stages. Metadata values are text, as HubSpot keeps them. */
import { conflict, invalid, notFound } from './errors.ts';
import type { Pipeline, PipelineStage } from './types.ts';

export interface StageInput {
  label: string;
  displayOrder?: number;
  metadata?: Record<string, unknown>;
  stageId?: string;
}

const DEFAULT_STAGES: readonly [id: string, label: string, probability: string][] = [
  ['appointmentscheduled', 'Appointment Scheduled', '0.2'],
  ['qualifiedtobuy', 'Qualified To Buy', '0.4'],
  ['presentationscheduled', 'Presentation Scheduled', '0.6'],
  ['decisionmakerboughtin', 'Decision Maker Bought-In', '0.8'],
  ['contractsent', 'Contract Sent', '0.9'],
  ['closedwon', 'Closed Won', '1.0'],
  ['closedlost', 'Closed Lost', '0.0'],
];
/**
 * Ids of pipelines and stages made later are numbers; they start where a
 * real portal's have been seen.
 */
const FIRST_ID = 98_752_301;

export class Pipelines {
  readonly #pipelines = new Map<string, Pipeline>();
  readonly #onStage: (stage: PipelineStage) => void;
  #nextId = FIRST_ID;

  /** `onStage` receives each stage as it comes, because deals get properties for it. */
  constructor(createdMs: number, onStage: (stage: PipelineStage) => void) {
    this.#onStage = onStage;
    const stages = DEFAULT_STAGES.map(([stageId, label, probability]) => ({
      stageId,
      label,
      metadata: { probability },
    }));
    this.create(
      { label: 'Sales Pipeline', pipelineId: 'default', displayOrder: 0, stages },
      createdMs,
    );
  }

  list(): Pipeline[] {
    return [...this.#pipelines.values()]
      .filter((one) => !one.archived)
      .sort((a, b) => a.displayOrder - b.displayOrder);
  }

  get(id: string): Pipeline {
    const pipeline = this.#pipelines.get(id);
    if (pipeline === undefined || pipeline.archived) throw notFound();
    return pipeline;
  }

  /** The stage and its pipeline; null when no live pipeline has it. */
  stage(id: string): { stage: PipelineStage; pipeline: Pipeline } | null {
    for (const pipeline of this.#pipelines.values()) {
      const stage = pipeline.archived
        ? undefined
        : pipeline.stages.find((one) => one.id === id && !one.archived);
      if (stage !== undefined) return { stage, pipeline };
    }
    return null;
  }

  create(
    input: { label: string; displayOrder: number; stages: StageInput[]; pipelineId?: string },
    atMs: number,
  ): Pipeline {
    if (this.list().some((one) => one.label === input.label))
      throw conflict(`A pipeline with the label '${input.label}' already exists.`);
    const pipeline: Pipeline = {
      id: input.pipelineId ?? this.#newId(),
      label: input.label,
      displayOrder: input.displayOrder,
      stages: [],
      createdMs: atMs,
      updatedMs: atMs,
      archived: false,
    };
    if (this.#pipelines.has(pipeline.id))
      throw conflict(`A pipeline with the id '${pipeline.id}' already exists.`);
    this.#pipelines.set(pipeline.id, pipeline);
    for (const stage of input.stages) this.addStage(pipeline.id, stage, atMs);
    return pipeline;
  }

  /** Everything anew: stages that are not named, by id or label, go. */
  replace(
    pipelineId: string,
    input: { label: string; displayOrder: number; stages: StageInput[] },
    atMs: number,
  ): Pipeline {
    const pipeline = this.get(pipelineId);
    Object.assign(pipeline, { label: input.label, displayOrder: input.displayOrder });
    const kept = input.stages.map((stage) => {
      const known = pipeline.stages.find(
        (one) => !one.archived && (one.id === stage.stageId || one.label === stage.label),
      );
      return known === undefined
        ? this.addStage(pipelineId, stage, atMs)
        : this.changeStage(pipelineId, known.id, stage, atMs);
    });
    for (const stage of pipeline.stages) if (!kept.includes(stage)) stage.archived = true;
    pipeline.updatedMs = atMs;
    return pipeline;
  }

  addStage(pipelineId: string, input: StageInput, atMs: number): PipelineStage {
    const pipeline = this.get(pipelineId);
    if (pipeline.stages.some((one) => !one.archived && one.label === input.label))
      throw conflict(`A stage with the label '${input.label}' already exists.`);
    const stage: PipelineStage = {
      id: input.stageId ?? this.#newId(),
      label: input.label,
      displayOrder: input.displayOrder ?? pipeline.stages.length,
      metadata: stageMetadata(input.metadata ?? {}),
      createdMs: atMs,
      updatedMs: atMs,
      archived: false,
    };
    pipeline.stages.push(stage);
    pipeline.updatedMs = atMs;
    this.#onStage(stage);
    return stage;
  }

  changeStage(
    pipelineId: string,
    stageId: string,
    input: Partial<StageInput>,
    atMs: number,
  ): PipelineStage {
    const stage = this.get(pipelineId).stages.find((one) => one.id === stageId && !one.archived);
    if (stage === undefined) throw notFound();
    if (input.label !== undefined) stage.label = input.label;
    if (input.displayOrder !== undefined) stage.displayOrder = input.displayOrder;
    if (input.metadata !== undefined)
      stage.metadata = stageMetadata({ ...stage.metadata, ...input.metadata });
    stage.updatedMs = atMs;
    return stage;
  }

  #newId(): string {
    this.#nextId += 1;
    return String(this.#nextId);
  }
}

/** A deal stage needs a probability between 0 and 1; closed is what stands at either end. */
function stageMetadata(input: Record<string, unknown>): Record<string, string> {
  const probability = Number(input['probability']);
  if (input['probability'] === undefined || !(probability >= 0 && probability <= 1))
    throw invalid('Stage metadata must have a probability between 0.0 and 1.0.');
  return {
    isClosed: String(probability === 0 || probability === 1),
    probability: Number.isInteger(probability) ? probability.toFixed(1) : String(probability),
  };
}

export const stageProbability = (stage: PipelineStage): number =>
  Number(stage.metadata['probability']);
export const isClosed = (stage: PipelineStage): boolean => stage.metadata['isClosed'] === 'true';
