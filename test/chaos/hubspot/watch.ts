import type { HubRecord } from '../../../src/sandbox/hubspot/model/types.ts';
import type { Portal } from '../../../src/sandbox/hubspot/portal.ts';
import { Watch, type Value } from '../watch.ts';
import { idOf, stampOf } from './expected.ts';
import { WRITTEN } from './mapping.ts';
import { TYPES, typeOf } from './rows.ts';

/** What the engine sends of a record. */
interface Input {
  id: string;
  properties: Record<string, unknown>;
}

export const valuesOf = (object: string, record: HubRecord): Record<string, Value> =>
  Object.fromEntries(
    WRITTEN[object]!.map(({ field, numeric }) => {
      const text = record.values[field] ?? null;
      return [field, numeric && text !== null ? Number(text) : text];
    }),
  );

export class PortalWatch extends Watch {
  readonly #portal: Portal;
  readonly settleMs: number;
  /** What the index showed of each object when it was last looked at. */
  readonly #shown = new Map<string, number>();
  /** Versions that search shows later than windows wait. */
  readonly #excused = new Set<string>();

  constructor(portal: Portal, settleMs: number) {
    super(WRITTEN);
    this.#portal = portal;
    this.settleMs = settleMs;
  }

  /** Time has passed: the index may have come to show more. */
  tick(): void {
    this.observe((object, version) => version === this.#shown.get(object));
  }

  /** Notes what search shows by now, and what was archived. Called after every change. */
  observe(skip: (object: string, version: number) => boolean = () => false): void {
    const nowMs = this.#portal.nowMs();
    for (const object of Object.keys(TYPES)) {
      const table = this.#portal.table(typeOf(this.#portal, object));
      const version = table.view.settle(nowMs);
      if (skip(object, version)) continue;
      this.#shown.set(object, version);
      for (const record of table.view.records()) this.#note(object, record, nowMs);
      for (const record of table.all())
        if (record.archivedMs !== null) this.#note(object, record, nowMs);
    }
  }

  #note(object: string, record: HubRecord, nowMs: number): void {
    const stampMs = stampOf(record);
    const key = `${object}/${idOf(object, record.id)}`;
    this.see(
      key,
      stampMs,
      record.archivedMs !== null,
      this.#excused.has(`${key}@${stampMs}`) ? Infinity : Math.min(nowMs, stampMs + this.settleMs),
    );
  }

  /** Every record with its stamp, as the portal itself has them. */
  stamps(): Set<string> {
    return new Set(
      Object.keys(TYPES).flatMap((object) =>
        [...this.#portal.table(typeOf(this.#portal, object)).all()].map(
          (record) => `${object}/${idOf(object, record.id)}@${stampOf(record)}`,
        ),
      ),
    );
  }

  /**
   * What is new since `before` will be seen too late for its window: only the
   * next full pass can bring it.
   */
  excuse(before: Set<string>): void {
    for (const version of this.stamps()) if (!before.has(version)) this.#excused.add(version);
  }

  /** The records of an object before a write of the engine. */
  before(object: string): Map<string, HubRecord> {
    return new Map(
      [...this.#portal.table(typeOf(this.#portal, object)).all()].map((record) => [
        record.id,
        record,
      ]),
    );
  }

  /**
   * Judges what a write of the engine did to the records of its object: every one of them
   * that has another version now.
   */
  after(object: string, before: Map<string, HubRecord>, inputs: Input[]): void {
    const table = this.#portal.table(typeOf(this.#portal, object));
    const ledOn = new Set(inputs.map(({ id }) => table.mergedInto(id)));
    for (const record of table.all()) {
      const old = before.get(record.id);
      if (old === record || old === undefined || ledOn.has(record.id)) continue;
      const input = inputs.find(({ id }) => id === record.id);
      // HubSpot leads a write to a merged-away id on to the winner: nobody can know of a merge that
      // comes between look and write. What stands there then is as if a person had typed it.
      const id = idOf(object, record.id);
      if (input !== undefined)
        this.judge(
          object,
          id,
          Object.keys(input.properties),
          valuesOf(object, old),
          valuesOf(object, record),
          this.versions.get(`${object}/${id}`)?.stampMs === stampOf(old),
        );
    }
  }
}
