/**
 * Every text that can come out about a partner or a deal, with its template and an example, by
 * language: `npm run texts`, `npm run texts -- --language de`.
 */
import { parseArgs } from 'node:util';
import { PRINTED, PRINTED_IDS } from '../src/model/language/printed.ts';
import { example } from '../src/model/language/example.ts';
import { LANGUAGES, type Language } from '../src/model/language/languages.ts';

const { values } = parseArgs({ options: { language: { type: 'string' } } });
const wanted = values.language;
if (wanted !== undefined && !LANGUAGES.includes(wanted as Language)) {
  process.stderr.write(`texts: --language takes one of ${LANGUAGES.join(', ')}\n`);
  process.exit(2);
}
const languages = wanted === undefined ? LANGUAGES : [wanted as Language];
for (const id of PRINTED_IDS) {
  process.stdout.write(`${id}\n`);
  for (const language of languages) {
    process.stdout.write(`  ${language}  ${PRINTED[language][id].trim().replace(/\s+/g, ' ')}\n`);
    for (const text of example(language, id)) process.stdout.write(`      ${text}\n`);
  }
}
process.stdout.write(`${PRINTED_IDS.length} texts in ${languages.length} languages\n`);
