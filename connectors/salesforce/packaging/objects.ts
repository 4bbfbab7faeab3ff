import type { PackagedWrite } from '../../../src/model/packaging.ts';
import { customField, packageOf } from '../field-metadata.ts';
import { SOURCE, type SourceFile } from './project.ts';
import { metadataXml, type XmlNode } from './xml.ts';

/** The fields that the mapping writes, as `field deploy` makes them: none of a managed package. */
export const fieldFiles = (writes: PackagedWrite[]): SourceFile[] =>
  writes.flatMap(({ object, fields }) =>
    fields
      .filter(({ spec }) => packageOf(spec.name) === null)
      .map(({ spec }): SourceFile => {
        const metadata = customField(spec).Metadata as XmlNode;
        return [
          `${SOURCE}/objects/${object}/fields/${spec.name}.field-meta.xml`,
          metadataXml('CustomField', { fullName: spec.name, ...metadata }),
        ];
      }),
  );

/** The field of an output on an object; undefined where the mapping does not write it. */
export const fieldOf = ({ fields }: PackagedWrite, output: string): string | undefined =>
  fields.find((field) => field.output === output)?.field;
