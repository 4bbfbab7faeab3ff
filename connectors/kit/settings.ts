/** Settings and secrets of a connection document: every fault at once, never a secret's value. */
import * as z from 'zod';
import { LOOPBACK } from '../../src/model/allowed-host.ts';
import { HeadwaterError } from '../../src/model/error.ts';
import { faultText, shapeFaults } from '../../src/model/shape-faults.ts';

/** Host of an API, as a URL's origin. `fault` may know more about the hosts of a CRM. */
export const origin = (fault: (url: URL) => string | null = () => null) =>
  z.string().transform((text, context) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    const problem = url === null ? 'is not a URL' : (insecure(url) ?? fault(url));
    if (problem !== null || url === null) {
      context.addIssue({ code: 'custom', message: problem ?? '' });
      return z.NEVER;
    }
    return url.origin;
  });

const insecure = ({ protocol, hostname }: URL): string | null =>
  protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname))
    ? null
    : 'must begin with https://';

const refused = (of: string, fault: string, cure: string): HeadwaterError =>
  new HeadwaterError('config', `${of} settings: ${fault}`, { code: 'SETTINGS', cure });

/** The settings of a document; `of` is whose they are, for the message. */
export function readSettings<T>(
  of: string,
  schema: z.ZodType<T>,
  settings: Record<string, unknown>,
): T {
  const parsed = schema.safeParse(settings);
  if (parsed.success) return parsed.data;
  const faults = shapeFaults(schema, parsed.error, settings);
  throw new HeadwaterError(
    'config',
    `${of} settings: ${faults.map((fault) => faultText(fault, null)).join('; ')}`,
    { code: 'SETTINGS', cure: "Correct the connection document's settings.", settings: faults },
  );
}

/** Stands for every secret whose name alone is known; it passes as any text that can be sent. */
export const namedSecrets = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, 'named']));

export interface Needs {
  settings: string[];
  secrets: string[];
}

/** What one way to sign in cannot do without. */
export function demand(
  of: string,
  auth: string,
  needs: Needs,
  given: { settings: Record<string, unknown>; secrets: Record<string, string> },
): void {
  const missing = [
    ...needs.settings.filter((name) => !given.settings[name]).map((name) => `setting ${name}`),
    ...needs.secrets.filter((name) => !given.secrets[name]).map((name) => `secret ${name}`),
  ];
  if (missing.length > 0)
    throw refused(
      of,
      `auth ${auth} needs ${missing.join(', ')}.`,
      'Add it to the connection document; secrets are named there and come from the environment or a file.',
    );
}

/**
 * Secrets that cannot be sent at all; what refuses them on the way would repeat them in its
 * message.
 */
export function demandSendable(
  of: string,
  names: string[],
  secrets: Record<string, string>,
  told: { noun: string; cure: string },
): void {
  const damaged = names.filter((name) => !/^[\x21-\x7e]+$/.test(secrets[name] ?? ''));
  if (damaged.length === 0) return;
  const which = damaged.map((name) => `secret ${name}`).join(' and the ');
  throw refused(
    of,
    `the ${which} holds a line break, a space or another character that no ${told.noun} has.`,
    told.cure,
  );
}
