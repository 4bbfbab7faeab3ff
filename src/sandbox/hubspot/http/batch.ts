/** Records by the hundred: read, create, update, upsert, archive. */
import * as z from 'zod';
import { HubSpotError, invalid } from '../model/errors.ts';
import type { HubRecord, ObjectType } from '../model/types.ts';
import {
  archiveRecord,
  type Changes,
  checkRequired,
  createRecord,
  updateRecord,
} from '../records/write.ts';
import { addLinks, associationsShape, checkLinks, type WantedLink } from './associate.ts';
import { batchAnswer, itemError, type ItemError, missingItems } from './batch-answer.ts';
import { bodyOf, flagParam, type HubContext, idShape, valuesShape } from './body.ts';
import { checkIdProperty, findRecord, open } from './objects.ts';
import { renderRecord, renderWritten } from './render.ts';
import { checkWrite } from './rules.ts';
import { type HubApp, noContent, type Site, writeContext } from './site.ts';

const MAX_INPUTS = 100;
/** With property histories. */
const MAX_HISTORY_INPUTS = 50;

const idProperty = z.string().nullish();
const readShape = z.object({
  inputs: z.array(z.object({ id: idShape })),
  properties: z.array(z.string()).nullish(),
  propertiesWithHistory: z.array(z.string()).nullish(),
  idProperty,
});
const createShape = z.object({
  inputs: z.array(
    z.object({
      properties: valuesShape,
      associations: associationsShape.nullish(),
      objectWriteTraceId: z.string().optional(),
    }),
  ),
});
const updateShape = z.object({
  inputs: z.array(
    z.object({
      id: idShape,
      idProperty,
      properties: valuesShape,
      objectWriteTraceId: z.string().optional(),
    }),
  ),
});
const archiveShape = z.object({ inputs: z.array(z.object({ id: idShape })) });

/** A row that passed its checks; `apply` cannot fail. */
interface Ready {
  traceId: string | undefined;
  apply(): Record<string, unknown>;
}

export function mountBatch(app: HubApp, site: Site): void {
  app.post('/objects/:type/batch/read', (c) => read(c, site));
  app.post('/objects/:type/batch/create', async (c) => {
    const type = open(c, site.portal, 'write');
    const { inputs } = await bodyOf(c, createShape);
    checkSize(inputs.length, MAX_INPUTS);
    return write(c, site, inputs, [], 201, (input) =>
      readyCreate(c, site, type, input.properties, input.associations ?? []),
    );
  });
  app.post('/objects/:type/batch/update', (c) => update(c, site));
  app.post('/objects/:type/batch/upsert', (c) => upsert(c, site));
  app.post('/objects/:type/batch/archive', async (c) => {
    const type = open(c, site.portal, 'write');
    const { inputs } = await bodyOf(c, archiveShape);
    checkSize(inputs.length, MAX_INPUTS);
    for (const { id } of inputs) {
      const record = site.portal.table(type).get(id);
      if (record !== null && record.archivedMs === null)
        archiveRecord(site.portal, type, record, writeContext(site, c.get('access')));
    }
    return noContent();
  });
}

function checkSize(count: number, most: number): void {
  if (count > most)
    throw invalid(`The maximum number of inputs supported in a batch request is ${most}.`);
}

async function read(c: HubContext, site: Site): Promise<Response> {
  const { portal } = site;
  const type = open(c, portal, 'read');
  const body = await bodyOf(c, readShape);
  const history = body.propertiesWithHistory ?? [];
  checkSize(body.inputs.length, MAX_INPUTS);
  if (history.length > 0 && body.inputs.length > MAX_HISTORY_INPUTS)
    throw invalid(
      `The maximum number of inputs supported in a batch request for property histories is ${MAX_HISTORY_INPUTS}.`,
    );
  const found = new Map<string, HubRecord>();
  const missing: string[] = [];
  for (const { id } of body.inputs) {
    const record = findRecord(portal, type, id, body.idProperty, flagParam(c, 'archived'));
    // An id that was merged away is not found in a batch; only a single
    // read leads on to the winner.
    if (record === null || (!body.idProperty && record.id !== id)) missing.push(id);
    else found.set(record.id, record);
  }
  // In id order, not in the order of the inputs: clients must not rely on positions.
  const rows = [...found.values()]
    .sort((a, b) => a.number - b.number)
    .map((record) =>
      renderRecord(portal, type, record, { properties: body.properties ?? [], history }),
    );
  return batchAnswer(
    rows,
    missing.length > 0 ? [missingItems(type.plural, missing)] : [],
    site.clock.nowMs(),
  );
}

async function update(c: HubContext, site: Site): Promise<Response> {
  const { portal } = site;
  const type = open(c, portal, 'write');
  const { inputs } = await bodyOf(c, updateShape);
  checkSize(inputs.length, MAX_INPUTS);
  checkDuplicates(inputs);
  const missing = inputs.filter(
    (input) => findRecord(portal, type, input.id, input.idProperty, false) === null,
  );
  const errors = missing.map(({ id, objectWriteTraceId }) => ({
    ...missingItems(type.plural, [id]),
    ...(objectWriteTraceId === undefined ? {} : { id: objectWriteTraceId }),
  }));
  return write(
    c,
    site,
    inputs.filter((input) => !missing.includes(input)),
    errors,
    200,
    (input) => readyUpdate(c, site, type, input),
  );
}

type UpdateInput = z.infer<typeof updateShape>['inputs'][number];

function readyUpdate(
  c: HubContext,
  site: Site,
  type: ObjectType,
  input: UpdateInput,
): () => Record<string, unknown> {
  const { portal } = site;
  const found = findRecord(portal, type, input.id, input.idProperty, false);
  const changes = checkWrite(c, portal, type, found, input.properties);
  return () => {
    // Read again: an earlier row of the same call may have changed this record.
    const record = portal.table(type).get(found?.id ?? '');
    if (record === null) throw new Error('a checked record cannot go away within its call');
    return renderWritten(
      portal,
      type,
      updateRecord(portal, type, record, changes, writeContext(site, c.get('access'))),
    );
  };
}

function readyCreate(
  c: HubContext,
  site: Site,
  type: ObjectType,
  properties: Record<string, unknown>,
  associations: z.infer<typeof associationsShape>,
): () => Record<string, unknown> {
  const { portal } = site;
  const changes: Changes = checkWrite(c, portal, type, null, properties);
  checkRequired(type, changes);
  const links: WantedLink[] = checkLinks(portal, type, associations);
  return () => {
    const record = createRecord(portal, type, changes, writeContext(site, c.get('access')));
    addLinks(site, c.get('access'), record.id, links);
    return renderWritten(portal, type, record);
  };
}

async function upsert(c: HubContext, site: Site): Promise<Response> {
  const { portal } = site;
  const type = open(c, portal, 'write');
  const { inputs } = await bodyOf(c, updateShape);
  checkSize(inputs.length, MAX_INPUTS);
  checkDuplicates(inputs);
  for (const name of new Set(inputs.map((input) => input.idProperty ?? 'hs_object_id')))
    if (name !== 'hs_object_id') checkIdProperty(portal, type, name);
  return write(c, site, inputs, [], 200, (input) => {
    const byKey =
      input.idProperty !== undefined &&
      input.idProperty !== null &&
      input.idProperty !== 'hs_object_id';
    if (findRecord(portal, type, input.id, input.idProperty, false) !== null) {
      const apply = readyUpdate(c, site, type, input);
      return () => ({ ...apply(), new: false });
    }
    if (!byKey)
      throw new HubSpotError(
        404,
        'OBJECT_NOT_FOUND',
        `No ${type.name} with ID ${input.id} exists.`,
      );
    const apply = readyCreate(
      c,
      site,
      type,
      { [input.idProperty ?? '']: input.id, ...input.properties },
      [],
    );
    return () => ({ ...apply(), new: true });
  });
}

function checkDuplicates(inputs: readonly { id: string; idProperty?: string | null }[]): void {
  const seen = new Set<string>();
  for (const { id, idProperty: property } of inputs) {
    const key = `${property ?? ''}:${id}`;
    if (seen.has(key))
      throw invalid(`Duplicate IDs found in batch input: [${id}]. IDs must be unique`);
    seen.add(key);
  }
}

/**
 * Checks all rows, then applies those that passed. A wrong row refuses the whole call, unless the
 * rows carry trace ids (or the portal is set so): then it is an error of its own in a 207.
 */
function write<T extends { objectWriteTraceId?: string | undefined }>(
  c: HubContext,
  site: Site,
  inputs: readonly T[],
  errors: ItemError[],
  status: number,
  prepare: (input: T) => () => Record<string, unknown>,
): Response {
  const traced =
    inputs.length > 0 && inputs.every((input) => input.objectWriteTraceId !== undefined);
  const multi =
    traced ||
    (site.portal.settings.switches.batchBadRow === 'multiStatus' && c.req.path.endsWith('/update'));
  const ready: Ready[] = [];
  for (const input of inputs) {
    try {
      ready.push({ traceId: input.objectWriteTraceId, apply: prepare(input) });
    } catch (error) {
      if (!multi || !(error instanceof HubSpotError)) throw error;
      errors.push(
        itemError(
          error,
          'id' in input ? { ids: [String(input.id)] } : {},
          input.objectWriteTraceId,
        ),
      );
    }
  }
  checkWithin(inputs);
  const results = ready.map(({ traceId, apply }) => ({
    ...apply(),
    ...(traceId === undefined ? {} : { objectWriteTraceId: traceId }),
  }));
  return batchAnswer(results, errors, site.clock.nowMs(), status);
}

function checkWithin(inputs: readonly { objectWriteTraceId?: string | undefined }[]): void {
  const traces = inputs.flatMap((input) =>
    input.objectWriteTraceId === undefined ? [] : [input.objectWriteTraceId],
  );
  if (new Set(traces).size !== traces.length)
    throw invalid('objectWriteTraceId values must be unique within a batch.');
}
