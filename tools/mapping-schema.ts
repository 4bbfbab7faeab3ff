import { writeFileSync } from 'node:fs';
import { jsonSchema } from '../src/mapping/document/schema.ts';

/**
 * Writes the JSON Schema that editors complete mapping documents from. Run after a change of the
 * mapping's shape: `node tools/mapping-schema.ts`.
 */
writeFileSync(
  new URL('../mappings/mapping.schema.json', import.meta.url),
  `${JSON.stringify(jsonSchema(), null, 1)}\n`,
);
