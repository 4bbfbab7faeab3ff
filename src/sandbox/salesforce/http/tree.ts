/** `/composite/tree/T`: insert records with their children, all or none. */
import type { Hono } from 'hono';
import type { ObjectDefinition } from '../metadata/definition.ts';
import type { SalesforceFault, SaveResult } from '../org-types.ts';
import { asList, asObject, readJsonObject, type JsonObject } from './body.ts';
import { fault, jsonResponse, rowErrors } from './faults.ts';
import { attempt, objectOf, Saver, saveOptions, typedObject } from './save.ts';
import type { SalesforceEnv, Site } from './site.ts';

const MAX_RECORDS = 200;
const MAX_DEPTH = 5;

interface Planted {
  referenceId: string;
  saved: SaveResult;
}

export function mountTree(app: Hono<SalesforceEnv>, site: Site): void {
  app.post('/services/data/:version/composite/tree/:object', async (c) => {
    const object = objectOf(site.org, c.req.param('object'));
    const records = asList((await readJsonObject(c.req.raw)).records, 'records').map(asObject);
    const planted: Planted[] = [];
    const gardener = new Gardener(
      site,
      new Saver(site.org, c.get('user'), saveOptions(c.req.raw)),
      planted,
    );
    const ok = site.org.transaction(() => {
      for (const record of records) gardener.plant(object, record, null, 1);
      return planted.every(({ saved }) => saved.ok);
    });
    if (ok)
      return jsonResponse(
        {
          hasErrors: false,
          results: planted.map(({ referenceId, saved }) => ({
            referenceId,
            id: saved.ok ? saved.id : null,
          })),
        },
        201,
      );
    const failed = planted.flatMap(({ referenceId, saved }) =>
      saved.ok ? [] : [{ referenceId, errors: rowErrors(saved.faults) }],
    );
    return jsonResponse({ hasErrors: true, results: failed }, 400);
  });
}

interface ParentLink {
  field: string;
  id: string;
}

class Gardener {
  readonly #site: Site;
  readonly #saver: Saver;
  readonly #planted: Planted[];

  constructor(site: Site, saver: Saver, planted: Planted[]) {
    this.#site = site;
    this.#saver = saver;
    this.#planted = planted;
  }

  plant(
    object: ObjectDefinition,
    record: JsonObject,
    parent: ParentLink | null,
    depth: number,
  ): void {
    const referenceId = String(asObject(record.attributes ?? {}).referenceId ?? '');
    if (depth > MAX_DEPTH || this.#planted.length >= MAX_RECORDS)
      return this.#fail(
        referenceId,
        fault(
          400,
          'LIMIT_EXCEEDED',
          `A tree holds at most ${MAX_RECORDS} records in ${MAX_DEPTH} levels`,
        ).faults,
      );
    const isChildList = (value: unknown): value is { records: unknown[] } =>
      typeof value === 'object' &&
      value !== null &&
      Array.isArray((value as { records?: unknown }).records);
    const own = Object.fromEntries(
      Object.entries(record).filter(([, value]) => !isChildList(value)),
    );
    const saved = attempt(() =>
      this.#saver.insert(object, parent === null ? own : { ...own, [parent.field]: parent.id }),
    );
    this.#planted.push({ referenceId, saved });
    for (const [name, value] of Object.entries(record)) {
      if (!isChildList(value)) continue;
      for (const child of value.records.map(asObject))
        this.#plantChild(object, name, child, saved, depth);
    }
  }

  #plantChild(
    parent: ObjectDefinition,
    relationship: string,
    record: JsonObject,
    saved: SaveResult,
    depth: number,
  ): void {
    const { type, referenceId } = asObject(record.attributes ?? {});
    try {
      const child = typedObject(this.#site.org, type);
      const link = child.fields.find(
        (field) =>
          field.childRelationshipName?.toLowerCase() === relationship.toLowerCase() &&
          (field.referenceTo ?? []).includes(parent.name),
      );
      if (link === undefined)
        throw fault(
          400,
          'INVALID_FIELD',
          `No such column '${relationship}' on sobject of type ${parent.name}`,
        );
      // Below a parent that failed nothing can be planted; the parent's own error tells why.
      if (saved.ok) this.plant(child, record, { field: link.name, id: saved.id }, depth + 1);
    } catch (error) {
      const failed = attempt(() => {
        throw error;
      });
      if (!failed.ok) this.#fail(String(referenceId ?? ''), failed.faults);
    }
  }

  #fail(referenceId: string, faults: SalesforceFault[]): void {
    this.#planted.push({ referenceId, saved: { ok: false, faults } });
  }
}
