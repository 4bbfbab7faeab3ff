/**
 * Components the org keeps as files and does not act on: layouts, record pages, bundles, tabs and
 * the like. Their shape and what they refer to are checked.
 */
import type { JsonObject } from '../http/body.ts';
import { fault } from '../http/faults.ts';
import { documentOf, fileOf, rootOf } from './document.ts';
import { SHAPES } from './shapes.ts';
import { metadataType } from './types.ts';
import type { Handler, Part } from './workshop.ts';
import type { Files } from './zip.ts';

/** The handler of one such type. */
export function storedComponents(type: string): Handler {
  return {
    save: (shop, part) => {
      checkName(type, part.fullName);
      SHAPES[type]?.(shop, part);
      const before = shop.store.get(type, part.fullName);
      const files = part.files ?? filesOf(type, part);
      const changed =
        before === undefined ||
        !sameFiles(before.files, files) ||
        (files.size === 0 && JSON.stringify(before.document) !== JSON.stringify(part.document));
      const entry = shop.record(type, part.fullName, undefined, {
        created: before === undefined,
        document: part.document,
        files,
      });
      return { id: entry.id, created: before === undefined, changed };
    },
    remove: (shop, fullName) => {
      if (shop.store.get(type, fullName) === undefined) return false;
      shop.forget(type, fullName);
      return true;
    },
    read: (shop, fullName) => {
      const entry = shop.store.get(type, fullName);
      return entry === undefined
        ? null
        : { fullName: entry.fullName, ...documentOfFiles(type, entry.document, entry.files) };
    },
    names: (shop) => shop.store.ofType(type).map((entry) => entry.fullName),
  };
}

/** Layouts are named by their label, everything else by an API name. */
function checkName(type: string, fullName: string): void {
  const [bad, form] =
    type === 'Layout'
      ? [!/^\w+-.+$/.test(fullName), 'Object-Layout Name']
      : [!nameOf(type).test(fullName), 'letters, digits and underscores'];
  if (bad)
    throw fault(
      400,
      'INVALID_FULLNAME',
      `The full name '${fullName}' of a ${type} is not valid: ${form} is expected`,
      ['fullName'],
    );
}

/** What lies in a folder has the folder's name before its own. */
const nameOf = (type: string): RegExp =>
  metadataType(type)?.folders === undefined ? /^[A-Za-z][\w.-]*$/ : /^[A-Za-z]\w*(\/[A-Za-z]\w*)?$/;

/** The file a component made by a call would have come in. */
function filesOf(type: string, part: Part): Files {
  const known = metadataType(type);
  if (known?.suffix === undefined || known.suffix === null) return new Map();
  const { fullName: _fullName, ...document } = part.document;
  return new Map([[`${part.fullName}.${known.suffix}`, fileOf(type, document)]]);
}

function documentOfFiles(type: string, document: JsonObject, files: Files): JsonObject {
  const [[path, first] = ['', undefined]] = files;
  const root = path.endsWith('-meta.xml') ? (metadataType(type)?.folders ?? type) : type;
  return files.size === 1 && first !== undefined && type !== 'StaticResource'
    ? documentOf(rootOf(first, root))
    : document;
}

function sameFiles(a: Files, b: Files): boolean {
  return (
    a.size === b.size &&
    [...a].every(([path, bytes]) => Buffer.from(bytes).equals(Buffer.from(b.get(path) ?? [])))
  );
}
