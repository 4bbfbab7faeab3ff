import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

/** Debian's `chromium`; a browser that npm would download is none of a user's business. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** The one that HEADWATER_CHROMIUM names, or the first on the PATH. */
const found =
  process.env['HEADWATER_CHROMIUM'] ||
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find((path) => existsSync(path));

export const hasBrowser = found !== undefined;

/** A name of tests that need a browser, with the reason where they are skipped. */
export const inBrowser = (name: string): string =>
  hasBrowser ? name : `${name} (skipped: no Chromium on the PATH, nor in HEADWATER_CHROMIUM)`;

export const openChromium = async (): Promise<Browser> =>
  await chromium.launch({ executablePath: found, args: ['--no-sandbox'] });
