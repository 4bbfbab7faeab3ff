import type { CrmValue } from '../../src/model/connector.ts';
import { CREATED_FIELD, ID_FIELD, STAMP_FIELD, systemFields, toField } from './crm-schema.ts';
import {
  type ChangeOptions,
  type MemoryCall,
  MemoryFault,
  type MemoryFaultRule,
  type MemoryFieldInput,
  type MemoryObject,
  type MemoryRecord,
  type MemoryRefusal,
} from './crm-types.ts';
import { keep } from './values.ts';

const DEFAULT_DAILY_CALLS = 100_000;
const ID_DIGITS = 6;

/**
 * A CRM in memory. This class is what people and other programs do to it (the handle a test holds);
 * the connector beside it is what Headwater sees of it.
 * Changes throw a RangeError on an object, field or record that is not there.
 */
export class MemoryCrm {
  readonly id: string;
  readonly objects = new Map<string, MemoryObject>();
  readonly nowMs: () => number;
  /** The CRM never gives larger pages than this, whatever it was asked for. */
  pageMax = Infinity;
  readonly budget = { used: 0, limit: DEFAULT_DAILY_CALLS };
  signedIn = true;
  #faults: (MemoryFaultRule & { left: number })[] = [];
  #ids = 0;

  constructor(options: { id?: string; nowMs?: () => number } = {}) {
    this.id = options.id ?? 'memory';
    this.nowMs = options.nowMs ?? (() => Date.now());
  }

  // ---- schema

  defineObject(
    name: string,
    fields: MemoryFieldInput[],
    options: { label?: string; custom?: boolean } = {},
  ): void {
    const all = [...systemFields(), ...fields.map(toField)];
    this.objects.set(name, {
      name,
      label: options.label ?? name,
      custom: options.custom ?? false,
      fields: new Map(all.map((field) => [field.name, field])),
      records: new Map(),
      deletions: [],
    });
  }

  addField(object: string, field: MemoryFieldInput): void {
    this.object(object).fields.set(field.name, toField(field));
  }

  /** The field and everything it held. */
  removeField(object: string, name: string): void {
    const { fields, records } = this.object(object);
    fields.delete(name);
    for (const record of records.values()) delete record.fields[name];
  }

  hideField(object: string, name: string, hidden = true): void {
    const field = this.object(object).fields.get(name);
    if (field === undefined) throw new RangeError(`no field ${object}.${name}`);
    field.hidden = hidden;
  }

  // ---- records

  /** Returns the id, which is the given one or the next of a series. */
  create(
    object: string,
    fields: Record<string, CrmValue>,
    options: ChangeOptions & { id?: string } = {},
  ): string {
    const atMs = options.atMs ?? this.nowMs();
    const id = options.id ?? `${object}-${String(++this.#ids).padStart(ID_DIGITS, '0')}`;
    const record: MemoryRecord = {
      id,
      createdMs: atMs,
      stampMs: atMs,
      fields: {},
      binned: false,
      mergedIntoId: null,
      links: {},
      history: [],
      refusal: null,
    };
    this.object(object).records.set(id, record);
    this.#set(this.object(object), record, fields, atMs);
    return id;
  }

  update(
    object: string,
    id: string,
    fields: Record<string, CrmValue>,
    options: ChangeOptions = {},
  ): void {
    const record = this.record(object, id);
    this.#set(this.object(object), record, fields, options.atMs ?? this.nowMs());
    this.#touch(record, options);
  }

  /**
   * Into the bin; `hard` beyond it, where no query finds the row any more. Both stand in the delete
   * log.
   */
  remove(object: string, id: string, options: ChangeOptions & { hard?: boolean } = {}): void {
    const record = this.record(object, id);
    record.binned = true;
    this.#touch(record, options);
    this.object(object).deletions.push({ id, deletedAtMs: record.stampMs });
    if (options.hard) this.object(object).records.delete(id);
  }

  undelete(object: string, id: string, options: ChangeOptions = {}): void {
    const record = this.record(object, id);
    record.binned = false;
    record.mergedIntoId = null;
    this.#touch(record, options);
  }

  /** The losers go to the bin, naming the winner; whatever pointed at them points at the winner. */
  merge(object: string, winnerId: string, loserIds: string[], options: ChangeOptions = {}): void {
    for (const id of loserIds) {
      this.remove(object, id, options);
      this.record(object, id).mergedIntoId = winnerId;
    }
    for (const other of this.objects.values()) {
      const references = [...other.fields.values()].filter((field) =>
        field.referenceTo.includes(object),
      );
      for (const record of other.records.values()) {
        const moved = references.filter((field) =>
          loserIds.includes(String(record.fields[field.name] ?? '')),
        );
        if (moved.length > 0)
          this.update(
            other.name,
            record.id,
            Object.fromEntries(moved.map((field) => [field.name, winnerId])),
            options,
          );
      }
    }
    this.#touch(this.record(object, winnerId), options);
  }

  link(
    object: string,
    id: string,
    type: string,
    toId: string,
    labels: string[] = [],
    options: ChangeOptions = {},
  ): void {
    const record = this.record(object, id);
    record.links[type] = [
      ...(record.links[type] ?? []).filter((link) => link.toId !== toId),
      { toId, labels },
    ];
    this.#touch(record, options);
  }

  unlink(
    object: string,
    id: string,
    type: string,
    toId: string,
    options: ChangeOptions = {},
  ): void {
    const record = this.record(object, id);
    record.links[type] = (record.links[type] ?? []).filter((link) => link.toId !== toId);
    this.#touch(record, options);
  }

  /** Every write to the record is refused with these words; null frees it. */
  refuse(object: string, id: string, refusal: MemoryRefusal | null): void {
    this.record(object, id).refusal = refusal;
  }

  // ---- what goes wrong

  fail(rule: MemoryFaultRule): void {
    this.#faults.push({ ...rule, left: rule.times ?? 1 });
  }

  heal(): void {
    this.#faults = [];
  }

  /** A call from outside: counted, within the budget, and subject to faults. */
  answer<T>(call: MemoryCall, object: string | null, work: () => T): T {
    if (!this.signedIn) throw new MemoryFault('SIGNED_OUT', 'the session has ended');
    if (this.budget.used >= this.budget.limit)
      throw new MemoryFault('OVER_BUDGET', `all ${this.budget.limit} calls of the day are used`);
    this.budget.used += 1;
    const fault = this.#faults.find(
      (rule) =>
        rule.left > 0 &&
        rule.call === call &&
        (rule.object === undefined || rule.object === object),
    );
    if (fault !== undefined) fault.left -= 1;
    if (fault !== undefined && fault.when !== 'after')
      throw new MemoryFault(fault.code, `the ${call} call failed`);
    const result = work();
    if (fault !== undefined)
      throw new MemoryFault(fault.code, `the answer to the ${call} call was lost`);
    return result;
  }

  // ---- look-ups

  object(name: string): MemoryObject {
    const object = this.objects.get(name);
    if (object === undefined) throw new RangeError(`no object ${name}`);
    return object;
  }

  record(object: string, id: string): MemoryRecord {
    const record = this.object(object).records.get(id);
    if (record === undefined) throw new RangeError(`no ${object} ${id}`);
    return record;
  }

  #set(
    object: MemoryObject,
    record: MemoryRecord,
    values: Record<string, CrmValue>,
    atMs: number,
  ): void {
    for (const [name, value] of Object.entries(values)) {
      const field = object.fields.get(name);
      if (field === undefined || [ID_FIELD, CREATED_FIELD, STAMP_FIELD].includes(name))
        throw new RangeError(`no field ${object.name}.${name} to set`);
      const kept = keep(field, value);
      if ('fault' in kept) throw new RangeError(kept.fault.message);
      if ((record.fields[name] ?? null) === kept.value) continue;
      record.fields[name] = kept.value;
      record.history.push({ field: name, value: kept.value, atMs, byId: null });
    }
  }

  #touch(record: MemoryRecord, options: ChangeOptions): void {
    if (options.silent !== true) record.stampMs = options.atMs ?? this.nowMs();
  }
}
