/** Pipelines and stages of deals. */
import * as z from 'zod';
import { invalid, notFound } from '../model/errors.ts';
import { DEAL } from '../model/object-types.ts';
import { instant } from '../model/text.ts';
import type { Pipeline, PipelineStage } from '../model/types.ts';
import { bodyOf, type HubContext, part, valuesShape } from './body.ts';
import { type HubApp, json, noContent, requireSchema, type Site } from './site.ts';

const stageShape = z.object({
  label: z.string().min(1),
  displayOrder: z.number().int().optional(),
  metadata: valuesShape.optional(),
  stageId: z.string().optional(),
});
const pipelineShape = z.object({
  label: z.string().min(1),
  displayOrder: z.number().int().default(0),
  stages: z.array(stageShape).default([]),
  pipelineId: z.string().optional(),
});
const changedPipeline = z.object({
  label: z.string().min(1).optional(),
  displayOrder: z.number().int().optional(),
});

export function mountPipelines(app: HubApp, site: Site): void {
  const { pipelines } = site.portal;
  const nowMs = (): number => site.clock.nowMs();
  app.get('/pipelines/:type', (c) =>
    json({ results: opened(c, site, 'read') ? pipelines.list().map(renderPipeline) : [] }),
  );
  app.post('/pipelines/:type', async (c) => {
    onlyDeals(c, site);
    return json(renderPipeline(pipelines.create(await bodyOf(c, pipelineShape), nowMs())), 201);
  });
  app.get('/pipelines/:type/:pipeline', (c) => {
    if (!opened(c, site, 'read')) throw notFound();
    return json(renderPipeline(pipelines.get(part(c, 'pipeline'))));
  });
  app.patch('/pipelines/:type/:pipeline', async (c) => {
    onlyDeals(c, site);
    const pipeline = pipelines.get(part(c, 'pipeline'));
    const change = await bodyOf(c, changedPipeline);
    if (change.label !== undefined) pipeline.label = change.label;
    if (change.displayOrder !== undefined) pipeline.displayOrder = change.displayOrder;
    pipeline.updatedMs = nowMs();
    return json(renderPipeline(pipeline));
  });
  app.put('/pipelines/:type/:pipeline', async (c) => {
    onlyDeals(c, site);
    const pipeline = pipelines.get(part(c, 'pipeline'));
    const { label, displayOrder, stages } = await bodyOf(c, pipelineShape);
    return json(
      renderPipeline(pipelines.replace(pipeline.id, { label, displayOrder, stages }, nowMs())),
    );
  });
  app.delete('/pipelines/:type/:pipeline', (c) => {
    onlyDeals(c, site);
    const pipeline = pipelines.get(part(c, 'pipeline'));
    if (inUse(site, (values) => values['pipeline'] === pipeline.id))
      throw invalid(`The pipeline ${pipeline.id} has deals and cannot be deleted.`, {
        category: 'PIPELINE_IN_USE',
      });
    pipeline.archived = true;
    return noContent();
  });
  mountStages(app, site);
}

function mountStages(app: HubApp, site: Site): void {
  const { pipelines } = site.portal;
  app.get('/pipelines/:type/:pipeline/stages', (c) => {
    if (!opened(c, site, 'read')) throw notFound();
    return json({ results: liveStages(pipelines.get(part(c, 'pipeline'))).map(renderStage) });
  });
  app.post('/pipelines/:type/:pipeline/stages', async (c) => {
    onlyDeals(c, site);
    return json(
      renderStage(
        pipelines.addStage(part(c, 'pipeline'), await bodyOf(c, stageShape), site.clock.nowMs()),
      ),
      201,
    );
  });
  app.get('/pipelines/:type/:pipeline/stages/:stage', (c) => {
    if (!opened(c, site, 'read')) throw notFound();
    const found = liveStages(pipelines.get(part(c, 'pipeline'))).find(
      (stage) => stage.id === part(c, 'stage'),
    );
    if (found === undefined) throw notFound();
    return json(renderStage(found));
  });
  app.patch('/pipelines/:type/:pipeline/stages/:stage', async (c) => {
    onlyDeals(c, site);
    return json(
      renderStage(
        pipelines.changeStage(
          part(c, 'pipeline'),
          part(c, 'stage'),
          await bodyOf(c, stageShape.partial()),
          site.clock.nowMs(),
        ),
      ),
    );
  });
  app.put('/pipelines/:type/:pipeline/stages/:stage', async (c) => {
    onlyDeals(c, site);
    const input = await bodyOf(c, stageShape);
    const ids = [part(c, 'pipeline'), part(c, 'stage')] as const;
    return json(renderStage(pipelines.changeStage(...ids, input, site.clock.nowMs())));
  });
  app.delete('/pipelines/:type/:pipeline/stages/:stage', (c) => {
    onlyDeals(c, site);
    const stage = liveStages(pipelines.get(part(c, 'pipeline'))).find(
      (one) => one.id === part(c, 'stage'),
    );
    if (stage === undefined) throw notFound();
    if (inUse(site, (values) => values['dealstage'] === stage.id))
      throw invalid(`The stage ${stage.id} has deals and cannot be deleted.`, {
        category: 'STAGE_IN_USE',
      });
    stage.archived = true;
    return noContent();
  });
}

/** Only deals have pipelines here. */
function opened(c: HubContext, site: Site, right: 'read' | 'write'): boolean {
  const type = site.portal.typeNamed(part(c, 'type'));
  requireSchema(c.get('access'), type, right);
  return type.id === DEAL;
}

function onlyDeals(c: HubContext, site: Site): void {
  if (!opened(c, site, 'write')) throw invalid(`Object type ${part(c, 'type')} has no pipelines.`);
}

function inUse(site: Site, test: (values: Readonly<Record<string, string>>) => boolean): boolean {
  for (const record of site.portal.table(site.portal.types.get(DEAL)).all())
    if (record.archivedMs === null && test(record.values)) return true;
  return false;
}

const liveStages = (pipeline: Pipeline): PipelineStage[] =>
  pipeline.stages
    .filter((stage) => !stage.archived)
    .sort((a, b) => a.displayOrder - b.displayOrder);

function renderStage({ createdMs, updatedMs, ...rest }: PipelineStage): Record<string, unknown> {
  return {
    ...rest,
    writePermissions: 'CRM_PERMISSIONS_ENFORCEMENT',
    createdAt: instant(createdMs),
    updatedAt: instant(updatedMs),
  };
}

function renderPipeline(pipeline: Pipeline): Record<string, unknown> {
  const { id, label, displayOrder, archived } = pipeline;
  return {
    id,
    label,
    displayOrder,
    stages: liveStages(pipeline).map(renderStage),
    createdAt: instant(pipeline.createdMs),
    updatedAt: instant(pipeline.updatedMs),
    archived,
  };
}
