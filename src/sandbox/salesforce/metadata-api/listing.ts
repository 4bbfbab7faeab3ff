/** What metadata there is: types, components with their files, and who changed them. */
import type { JsonObject } from '../http/body.ts';
import { dateTimeText } from '../http/stamps.ts';
import { handlerOf } from './handlers.ts';
import { CHILD_TYPES, childElement, isKnownType, METADATA_TYPES, metadataType } from './types.ts';
import type { Workshop } from './workshop.ts';

/** The describeMetadata result. */
export function describeTypes(): JsonObject {
  return {
    metadataObjects: METADATA_TYPES.map((type) => ({
      ...(type.children === undefined ? {} : { childXmlNames: Object.values(type.children) }),
      directoryName: type.directory,
      inFolder: type.folders !== undefined,
      metaFile: type.name === 'StaticResource',
      ...(type.suffix === null ? {} : { suffix: type.suffix }),
      xmlName: type.name,
    })),
    organizationNamespace: '',
    partialSaveAllowed: true,
    testRequired: false,
  };
}

/**
 * One FileProperties row for each component of a type; nothing for a type the org
 * does not know, as the vendor.
 */
export function listComponents(shop: Workshop, type: string): JsonObject[] {
  if (!isKnownType(type)) return [];
  return handlerOf(type)
    .names(shop)
    .map((fullName) => fileProperties(shop, type, fullName));
}

/**
 * `fileName` below the package's folder. Components never saved through metadata belong to the
 * org's first administrator from its beginning.
 */
export function fileProperties(shop: Workshop, type: string, fullName: string): JsonObject {
  const entry = shop.store.get(type, fullName);
  const person = (id: string) => String(shop.org.find(id)?.row.Name ?? '');
  const born = shop.org.find(shop.org.id)?.row.CreatedDate;
  const bornMs = typeof born === 'number' ? born : 0;
  const [createdById, modifiedById] = [
    entry?.createdById ?? shop.org.admin.id,
    entry?.modifiedById ?? shop.org.admin.id,
  ];
  const id = shop.org.metadataId(fullName) ?? entry?.id ?? rowId(shop, type, fullName);
  return {
    createdById,
    createdByName: person(createdById),
    createdDate: dateTimeText(entry?.createdMs ?? bornMs),
    fileName: fileNameOf(type, fullName),
    fullName: encodedName(type, fullName),
    id,
    lastModifiedById: modifiedById,
    lastModifiedByName: person(modifiedById),
    lastModifiedDate: dateTimeText(entry?.modifiedMs ?? bornMs),
    ...(fullName.endsWith('__c') || type !== 'CustomObject'
      ? { manageableState: 'unmanaged' }
      : {}),
    type,
  };
}

function rowId(shop: Workshop, type: string, fullName: string): string {
  if (type !== 'PermissionSet') return '';
  return String([...shop.org.table(type).values()].find((row) => row.Name === fullName)?.Id ?? '');
}

/** The file a component lies in, from the package's folder on. */
export function fileNameOf(type: string, fullName: string): string {
  if (CHILD_TYPES.includes(type) && childElement(type) !== undefined)
    return `objects/${fullName.split('.')[0] ?? ''}.object`;
  const known = metadataType(type);
  const name = encodedName(type, fullName);
  return known === undefined || known.suffix === null
    ? `${known?.directory ?? type}/${name}`
    : `${known.directory}/${name}.${known.suffix}`;
}

/** Layout names hold what a path cannot; the vendor escapes it in names and files alike. */
function encodedName(type: string, fullName: string): string {
  return type === 'Layout'
    ? fullName.replace(
        /[%/\\:*?"<>|()&']/g,
        (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
      )
    : fullName;
}
