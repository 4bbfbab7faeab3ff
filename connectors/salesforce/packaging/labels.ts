import type { Language } from '../../../src/model/language/languages.ts';
import { cardTexts } from '../../kit/card/texts.ts';
import { SOURCE, type SourceFile } from './project.ts';
import { metadataXml, type XmlNode } from './xml.ts';

/** Custom labels have API names: letters, digits and underscores. */
const labelName = (text: string): string => `HW_${text.replaceAll('-', '_')}`;

/** Languages as the platform names them. */
const LABEL_LANGUAGES: Readonly<Record<Language, string>> = {
  en: 'en_US',
  de: 'de',
  fr: 'fr',
  es: 'es',
};

/**
 * The component's texts as custom labels, which an admin may change or translate, and the module
 * that gives them to the component by name.
 */
export function labelFiles(module: string, language: Language): SourceFile[] {
  const texts = Object.entries(cardTexts(language));
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
            language: LABEL_LANGUAGES[language],
            protected: false,
            shortDescription: `Headwater card: ${text}`,
            value,
          }),
        ),
      }),
    ],
  ];
}
