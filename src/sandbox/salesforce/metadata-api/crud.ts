/**
 * createMetadata, upsertMetadata, updateMetadata, deleteMetadata, readMetadata: components one
 * call at a time, at most ten.
 */
import type { JsonObject } from '../http/body.ts';
import { fault } from '../http/faults.ts';
import { OrgFault } from '../org-types.ts';
import { documentOf } from './document.ts';
import { handlerOf } from './handlers.ts';
import type { Saved, Workshop } from './workshop.ts';
import { childText, xmlOf, type XmlElement } from './xml.ts';

/** Vendor's limit of components in one call. */
const MAX_COMPONENTS = 10;

type Verb = 'create' | 'update' | 'upsert';

/** Saves the `metadata` elements of a call; one result each. */
export function saveMetadata(
  shop: Workshop,
  verb: Verb,
  body: XmlElement,
  allOrNone: boolean,
): JsonObject[] {
  const elements = limited(body.children.filter(({ name }) => name === 'metadata'));
  return together(shop, allOrNone, elements, (element) => {
    const type = (element.attributes.type ?? '').replace(/^.*:/, '');
    const fullName = childText(element, 'fullName') ?? '';
    return { fullName, work: () => saveOne(shop, verb, type, fullName, documentOf(element)) };
  });
}

function saveOne(
  shop: Workshop,
  verb: Verb,
  type: string,
  fullName: string,
  document: JsonObject,
): JsonObject {
  const handler = handlerOf(type);
  const known = handler.read(shop, fullName);
  if (verb === 'create' && known !== null)
    throw fault(400, 'DUPLICATE_DEVELOPER_NAME', `There is already a ${type} named ${fullName}.`);
  if (verb === 'update' && known === null)
    throw fault(
      400,
      'INVALID_CROSS_REFERENCE_KEY',
      `In field: fullName - no ${type} named ${fullName} found`,
    );
  const saved: Saved = handler.save(shop, { fullName, document });
  return verb === 'upsert' ? { created: saved.created } : {};
}

/** Deletes by type and full names. */
export function deleteMetadata(shop: Workshop, body: XmlElement, allOrNone: boolean): JsonObject[] {
  const type = typeOf(body);
  return together(
    shop,
    allOrNone,
    limited(body.children.filter(({ name }) => name === 'fullNames')),
    (element) => {
      const fullName = element.text.trim();
      return {
        fullName,
        work: () => {
          if (!handlerOf(type).remove(shop, fullName))
            throw fault(400, 'INVALID_CROSS_REFERENCE_KEY', `no ${type} named ${fullName} found`);
          return {};
        },
      };
    },
  );
}

/** The `records` of a read, as XML: each says its type, and one that is not there is nil. */
export function readMetadata(shop: Workshop, body: XmlElement): string {
  const type = typeOf(body);
  return limited(body.children.filter(({ name }) => name === 'fullNames'))
    .map((element) => {
      const fullName = element.text.trim();
      const document = handlerOf(type).read(shop, fullName);
      if (document === null) return '<records xsi:nil="true"/>';
      const { fullName: _short, ...content } = document;
      return `<records xsi:type="${type}">${xmlOf('fullName', fullName)}${Object.entries(content)
        .map(([key, value]) => xmlOf(key, value))
        .join('')}</records>`;
    })
    .join('');
}

function typeOf(body: XmlElement): string {
  return childText(body, 'type') ?? childText(body, 'metadataType') ?? '';
}

function limited(elements: XmlElement[]): XmlElement[] {
  if (elements.length > MAX_COMPONENTS)
    throw fault(
      500,
      'LIMIT_EXCEEDED',
      `record limit reached. cannot submit more than ${MAX_COMPONENTS} records in this operation`,
    );
  return elements;
}

/**
 * Since version 34 what is right is kept beside what is wrong, unless the
 * header asks for all or none.
 */
function together(
  shop: Workshop,
  allOrNone: boolean,
  elements: XmlElement[],
  plan: (element: XmlElement) => { fullName: string; work: () => JsonObject },
): JsonObject[] {
  let results: JsonObject[] = [];
  const kept = shop.run(() => {
    results = elements.map((element) => attemptOne(shop, plan(element)));
    return !allOrNone || results.every(({ success }) => success === true);
  });
  if (kept) return results;
  return results.map((result) =>
    result.success !== true
      ? result
      : {
          errors: {
            message:
              'Record rolled back because not all records were valid and the request was using AllOrNone header',
            statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
          },
          fullName: result.fullName,
          success: false,
        },
  );
}

function attemptOne(
  shop: Workshop,
  { fullName, work }: { fullName: string; work: () => JsonObject },
): JsonObject {
  let result: JsonObject = {};
  shop.run(() => {
    try {
      result = { ...work(), fullName, success: true };
      return true;
    } catch (error) {
      if (!(error instanceof OrgFault)) throw error;
      result = {
        errors: error.faults.map(({ fields, message, errorCode }) => ({
          ...(fields === undefined ? {} : { fields }),
          message,
          statusCode: errorCode,
        })),
        fullName,
        success: false,
      };
      return false;
    }
  });
  return result;
}
