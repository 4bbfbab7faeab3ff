/**
 * Packages that go into our own files. They are development dependencies, so that nobody installs
 * the rest of them: of the 70 MB of two CRM clients we use one or two.
 */
export const BUNDLED = [
  ...['@clack/prompts', '@hono/node-server', '@hubspot/api-client', 'commander', 'csv-parse'],
  ...['@jetstreamapp/soql-parser-js', 'csv-stringify', 'drizzle-orm', 'hono', 'jose', 'jsforce'],
  ...['nodemailer', 're2js', 'sax', 'yaml'],
];
