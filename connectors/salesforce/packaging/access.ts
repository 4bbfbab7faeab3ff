import type { PackagedWrite, PackageRequest } from '../../../src/model/packaging.ts';
import { packageTexts } from '../../kit/card/texts.ts';
import { PERMISSION_SETS } from '../grants.ts';
import { SOURCE, type SourceFile } from './project.ts';
import { metadataXml, type XmlNode } from './xml.ts';

type PermissionSet = (typeof PERMISSION_SETS)[number];

/** One for reps, one for managers, one for the user that Headwater signs in as. */
export const permissionSetFiles = ({ writes, language }: PackageRequest): SourceFile[] =>
  PERMISSION_SETS.map((set) => [
    `${SOURCE}/permissionsets/${set.name}.permissionset-meta.xml`,
    permissionSet(set, writes, packageTexts(language)[set.about]),
  ]);

function permissionSet(set: PermissionSet, writes: PackagedWrite[], description: string): string {
  const names = writes.flatMap(({ object, fields }) =>
    fields.map(({ field }) => `${object}.${field}`),
  );
  return metadataXml('PermissionSet', {
    description,
    fieldPermissions: [...new Set(names)]
      .sort()
      .map((field): XmlNode => ({ editable: set.edit, field, readable: true })),
    hasActivationRequired: false,
    label: set.label,
    userPermissions: set.rights.map((name): XmlNode => ({ enabled: true, name })),
  });
}
