/**
 * Changes made past the API by the control plane: an administrator's or a named user's, with stamps
 * of choice, at once or committed late.
 */
import * as z from 'zod';
import type { OrgUser, Row, SaveOptions, SaveResult } from '../org-types.ts';
import { anyAdmin } from './access.ts';
import { incomingRow } from './incoming.ts';
import { attempt } from './save.ts';
import type { Site } from './site.ts';

const fields = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
const common = {
  /** username; default: an administrator */
  as: z.string().optional(),
  /** the stamp it gets */
  atMs: z.number().optional(),
  /** becomes visible only this much later, stamped as of now */
  commitAfterMs: z.number().min(0).optional(),
};
const change = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('insert'), object: z.string(), fields, ...common }),
  z.strictObject({
    op: z.literal('update'),
    object: z.string(),
    id: z.string(),
    fields,
    ...common,
  }),
  z.strictObject({
    op: z.literal('delete'),
    id: z.string(),
    hard: z.boolean().default(false),
    ...common,
  }),
  z.strictObject({ op: z.literal('undelete'), id: z.string(), ...common }),
  z.strictObject({
    op: z.literal('merge'),
    winnerId: z.string(),
    loserIds: z.array(z.string()).min(1).max(2),
    ...common,
  }),
]);
const changesShape = z.union([
  z.array(change),
  z.strictObject({ changes: z.array(change) }).transform(({ changes }) => changes),
]);
type Change = z.infer<typeof change>;

type Outcome =
  | { ok: true; id: string }
  | { ok: true; pending: true; dueMs: number }
  | { ok: false; errors: { errorCode: string; message: string }[] };

export class AdminChanges {
  readonly #site: Site;
  #pending: { dueMs: number; change: Change }[] = [];

  constructor(site: Site) {
    this.#site = site;
  }

  /** Applies a list of changes in order; one outcome each. */
  apply(input: unknown): Outcome[] {
    this.commitDue();
    return changesShape.parse(input).map((one) => {
      if (one.commitAfterMs === undefined) return outcome(this.#apply(one));
      const nowMs = this.#site.org.nowMs();
      this.#pending.push({
        dueMs: nowMs + one.commitAfterMs,
        change: { ...one, atMs: one.atMs ?? nowMs },
      });
      return { ok: true, pending: true, dueMs: nowMs + one.commitAfterMs };
    });
  }

  /**
   * Long transactions whose end has come: their rows appear now, with the
   * stamps of their beginning.
   */
  commitDue(): void {
    if (this.#pending.length === 0) return;
    const nowMs = this.#site.org.nowMs();
    const due = this.#pending.filter(({ dueMs }) => dueMs <= nowMs);
    this.#pending = this.#pending.filter(({ dueMs }) => dueMs > nowMs);
    for (const { change: one } of due) this.#apply(one);
  }

  clear(): void {
    this.#pending = [];
  }

  #apply(one: Change): SaveResult {
    const { org } = this.#site;
    const user = this.#user(one.as);
    const options: SaveOptions = one.atMs === undefined ? {} : { atMs: one.atMs };
    return attempt(() => {
      switch (one.op) {
        case 'insert':
          return org.insert(user, one.object, this.#row(user, one.object, one.fields), options);
        case 'update':
          return org.update(
            user,
            one.object,
            one.id,
            this.#row(user, one.object, one.fields),
            options,
          );
        case 'delete':
          return org.remove(user, one.id, { ...options, hard: one.hard });
        case 'undelete':
          return org.undelete(user, one.id, options);
        case 'merge':
          return org.merge(user, one.winnerId, one.loserIds, options);
      }
    });
  }

  #row(user: OrgUser, name: string, values: Row): Row {
    const object = this.#site.org.object(name);
    return object === undefined ? values : incomingRow(this.#site.org, user, object, values);
  }

  #user(name: string | undefined): OrgUser {
    if (name === undefined) return anyAdmin(this.#site);
    const user = this.#site.org.userByName(name);
    if (user === undefined) throw new RangeError(`No user ${name}`);
    return user;
  }
}

function outcome(saved: SaveResult): Outcome {
  return saved.ok
    ? { ok: true, id: saved.id }
    : { ok: false, errors: saved.faults.map(({ errorCode, message }) => ({ errorCode, message })) };
}
