import * as z from 'zod';
import type { CrmField, FieldPlanItem, FieldSpec } from '../../src/model/connector.ts';
import { readOnlyField } from '../kit/fields.ts';
import type { Client } from './client.ts';
import { isMissingPermission, isNotFound } from './errors.ts';
import { misfit } from './field-metadata.ts';
import { query } from './query.ts';
import { soqlStatement, soqlString } from './soql.ts';

/**
 * Custom fields that are there and that the integration user's describe does not show: found, and
 * looked at, through the Tooling API.
 */

/** Types of the Metadata API as describe calls them. */
const NATIVE: Record<string, string> = {
  Number: 'double',
  Percent: 'percent',
  Currency: 'currency',
  Text: 'string',
  TextArea: 'textarea',
  LongTextArea: 'textarea',
  Html: 'textarea',
  Checkbox: 'boolean',
  Date: 'date',
  DateTime: 'datetime',
  Picklist: 'picklist',
  MultiselectPicklist: 'multipicklist',
  Email: 'email',
  Phone: 'phone',
  Url: 'url',
  Lookup: 'reference',
  MasterDetail: 'reference',
  AutoNumber: 'string',
  EncryptedText: 'encryptedstring',
  Time: 'time',
  Location: 'location',
  Summary: 'summary',
};
/** What a text area holds; its metadata names no length. */
const TEXT_AREA = 255;

const shown = z.object({
  Metadata: z
    .looseObject({
      type: z.string().nullish(),
      length: z.number().nullish(),
      precision: z.number().nullish(),
      scale: z.number().nullish(),
      formula: z.string().nullish(),
    })
    .nullish(),
});

/**
 * Tooling ids of an object's custom fields, seen or hidden, by API name in lower case: with the
 * package's prefix and `__c`.
 */
export async function customFieldIds(client: Client, object: string): Promise<Map<string, string>> {
  try {
    const owner = object.endsWith('__c') ? await durableId(client, object) : object;
    const statement = soqlStatement({
      select: ['Id', 'DeveloperName', 'NamespacePrefix'],
      from: 'CustomField',
      where: [`TableEnumOrId = ${soqlString(owner)}`],
    });
    const { records } = await query(client, statement, {
      tooling: true,
      what: `listing custom fields of ${object}`,
    });
    return new Map(
      records.map((record) => [
        apiName(record['NamespacePrefix'], record['DeveloperName']),
        String(record['Id']),
      ]),
    );
  } catch (error) {
    // Without Tooling rights the plan says "create"; the create itself then tells that the field is
    // there.
    if (isNotFound(error) || isMissingPermission(error)) return new Map();
    throw error;
  }
}

const apiName = (prefix: unknown, name: unknown): string =>
  `${typeof prefix === 'string' && prefix !== '' ? `${prefix}__` : ''}${String(name)}__c`.toLowerCase();

/** The Tooling API's id of a custom object. */
export async function durableId(client: Client, object: string): Promise<string> {
  const statement = soqlStatement({
    select: ['DurableId'],
    from: 'EntityDefinition',
    where: [`QualifiedApiName = ${soqlString(object)}`],
  });
  const { records } = await query(client, statement, {
    tooling: true,
    what: `looking up ${object}`,
  });
  return String(records[0]?.['DurableId'] ?? object);
}

/**
 * A plan for a field that is hidden: access, where it is of the right kind; nothing, where access
 * to a field of another kind would not help.
 */
export async function planHidden(
  client: Client,
  spec: FieldSpec,
  id: string,
): Promise<FieldPlanItem> {
  const field = await hiddenField(client, spec, id);
  if (field === null)
    return {
      ...spec,
      action: 'grant',
      detail: 'exists, but the integration user can see neither it nor its type',
    };
  const fault = misfit(spec, field);
  return fault === null
    ? { ...spec, action: 'grant', detail: 'exists, but the integration user cannot see it' }
    : { ...spec, action: 'conflict', detail: `${fault} (the integration user cannot see it)` };
}

/**
 * The field as describe would show it to somebody who may see it, as far as its kind goes; null
 * when its definition cannot be read.
 */
async function hiddenField(client: Client, spec: FieldSpec, id: string): Promise<CrmField | null> {
  try {
    const { Metadata: definition } = await client.json(
      {
        method: 'GET',
        path: `/tooling/sobjects/CustomField/${id}`,
        effect: 'read',
        what: `looking at ${spec.object}.${spec.name}`,
      },
      shown,
    );
    if (!definition?.type) return null;
    const calculated = (definition.formula ?? '') !== '';
    return readOnlyField(spec.name, 'other', {
      label: spec.label,
      nativeType: NATIVE[definition.type] ?? definition.type,
      createable: !calculated,
      updateable: !calculated,
      calculated,
      custom: true,
      filterable: true,
      length: definition.length ?? (definition.type === 'TextArea' ? TEXT_AREA : null),
      precision: definition.precision ?? null,
      scale: definition.scale ?? null,
    });
  } catch (error) {
    if (isNotFound(error) || isMissingPermission(error)) return null;
    throw error;
  }
}
