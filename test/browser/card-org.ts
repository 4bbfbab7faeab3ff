/** An org with a package deployed to it, seen in a browser. */
import { expect } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { packagedWrites } from '../../src/mapping/compile/closing.ts';
import { packager } from '../../connectors/salesforce/packaging/index.ts';
import { metadataFormat } from '../../connectors/salesforce/packaging/metadata-format.ts';
import { parsed } from '../mapping/fixtures/document.ts';
import { list, openAdmin, type Admin } from '../sandbox/salesforce/metadata-api/metadata.ts';
import { openChromium } from './open-chromium.ts';

/** What hangs for longer comes no more. */
const COMPILED_MS = 240_000;

export interface CardOrg {
  admin: Admin;
  /** Id of a new record. */
  create(object: string, fields: Record<string, unknown>): Promise<string>;
  /** The card of a record, as text; `query` is the page's. */
  card(id: string, query?: string): Promise<string>;
  /** A user who sees every field of the package, and records of these objects alone. */
  addReader(username: string, objects: string[]): Promise<string>;
  page: Page;
  close(): Promise<void>;
}

/** `before`: metadata that must be there first; `change`: the package as somebody edited it. */
export async function openCardOrg(
  mapping: string,
  {
    before = {},
    change = (files) => files,
  }: {
    before?: Record<string, string>;
    change?: (files: Record<string, string>) => Record<string, string>;
  } = {},
): Promise<CardOrg> {
  const admin = await openAdmin();
  const document = parsed(mapping);
  const writes = packagedWrites(document);
  const { language } = document.settings;
  const { files } = await packager({ writes, currency: 'EUR', language, version: '1' });
  if (Object.keys(before).length > 0) await deployed(admin, before);
  await deployed(admin, change(Object.fromEntries(metadataFormat(files))));
  const { org, username } = admin.sandbox;
  await assign(admin, username, 'Headwater_Integration');
  const objects = [...new Set(writes.map(({ object }) => object))];
  for (const set of org.userByName(username)?.permissionSetIds ?? [])
    for (const object of objects.filter((name) => name.endsWith('__c')))
      org.grantObject(set, object);
  const browser: Browser = await openChromium();
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  // The first page of an org waits for the vendor's compiler, on a busy machine for long.
  page.setDefaultTimeout(COMPILED_MS);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('dialog', (dialog) => faults.push(`a dialog: ${dialog.message()}`));
  return {
    admin,
    page,
    create: async (object, fields) =>
      String((await admin.connection.sobject(object).create(fields)).id),
    addReader: async (username, objects) => {
      const profile = 'Minimum Access - API Only Integrations';
      org.addUser({ username, lastName: 'Reader', profile });
      const set = await assign(admin, username, 'Headwater');
      for (const object of objects) org.grantObject(set, object);
      return username;
    },
    card: async (id, query = '') => {
      await page.goto(`${admin.sandbox.url}/record/${id}${query}`);
      // The body is there at once; what it says comes with the answers of the wires.
      await page.locator('aside .body > :not(lightning-spinner)').first().waitFor();
      return await page.locator('aside').innerText();
    },
    close: async () => {
      await browser.close();
      await admin.close();
      expect(faults).toEqual([]);
    },
  };
}

async function deployed(admin: Admin, files: Record<string, string>): Promise<void> {
  const result = await admin.deploy(files);
  expect([result.status, list(result.details.componentFailures)]).toEqual(['Succeeded', []]);
}

async function assign(admin: Admin, username: string, set: string): Promise<string> {
  const { records } = await admin.connection.query<{ Id: string }>(
    `SELECT Id FROM PermissionSet WHERE Name = '${set}'`,
  );
  await admin.connection.sobject('PermissionSetAssignment').create({
    AssigneeId: admin.sandbox.org.userByName(username)?.id ?? '',
    PermissionSetId: records[0]?.Id ?? '',
  });
  return records[0]?.Id ?? '';
}
