import { CARD_TEXTS } from '../../kit/card/texts.ts';
import { SOURCE, type SourceFile } from './project.ts';
import { metadataXml, type XmlNode } from './xml.ts';

/** Custom labels have API names: letters, digits and underscores. */
const labelName = (text: string): string => `HW_${text.replaceAll('-', '_')}`;

/**
 * The component's texts as custom labels, which an admin may change or translate, and the module
 * that gives them to the component by name.
 */
export function labelFiles(module: string): SourceFile[] {
  const texts = Object.entries(CARD_TEXTS);
  const imports = texts
    .map(([text]) => `import ${labelName(text)} from '@salesforce/label/c.${labelName(text)}';\n`)
    .join('');
  const members = texts.map(([text]) => `    '${text}': ${labelName(text)}`).join(',\n');
  return [
    [module, `${imports}\nexport const TEXTS = {\n${members}\n};\n`],
    [
      `${SOURCE}/labels/CustomLabels.labels-meta.xml`,
      metadataXml('CustomLabels', {
        labels: texts.map(
          ([text, value]): XmlNode => ({
            fullName: labelName(text),
            categories: 'Headwater',
            language: 'en_US',
            protected: false,
            shortDescription: `Headwater card: ${text}`,
            value,
          }),
        ),
      }),
    ],
  ];
}
