/**
 * Every text that can come out about a partner or a deal, with its template and an example, by
 * language: `npm run texts`, `npm run texts -- --language de`.
 */
import { parseArgs } from 'node:util';
import { CATALOGUE, TEXT_IDS } from '../src/model/language/catalogue.ts';
import { example } from '../src/model/language/example.ts';
import { LANGUAGES, type Language } from '../src/model/language/languages.ts';

const { values } = parseArgs({ options: { language: { type: 'string' } } });
const wanted = values.language;
if (wanted !== undefined && !LANGUAGES.includes(wanted as Language)) {
  process.stderr.write(`texts: --language takes one of ${LANGUAGES.join(', ')}\n`);
  process.exit(2);
}
const languages = wanted === undefined ? LANGUAGES : [wanted as Language];
for (const id of TEXT_IDS) {
  process.stdout.write(`${id}\n`);
  for (const language of languages) {
    process.stdout.write(`  ${language}  ${CATALOGUE[language][id].trim().replace(/\s+/g, ' ')}\n`);
    for (const text of example(language, id)) process.stdout.write(`      ${text}\n`);
  }
}
process.stdout.write(`${TEXT_IDS.length} texts in ${languages.length} languages\n`);
