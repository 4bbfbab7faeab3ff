import { HeadwaterError } from '../../model/error.ts';
import type { AppDeps } from '../api/deps.ts';

/** A shorter secret could be guessed; HubSpot's own have 36 characters. */
const MIN_SECRET_CHARS = 24;

/**
 * The webhooks as the variables of the host set them up. Errors: `config` for a secret that is too
 * short: a webhook that is silently off looks like one to which nothing ever comes.
 */
export function webhookSettings(
  variable: (name: string) => string | undefined,
): AppDeps['webhooks'] {
  const secret = (name: string): string | undefined => {
    const value = variable(name);
    if (value === undefined || value.length >= MIN_SECRET_CHARS) return value;
    throw new HeadwaterError(
      'config',
      // Without its length: on Workers whoever posts to the webhook reads this.
      `${name} is shorter than ${MIN_SECRET_CHARS} characters`,
      {
        code: 'SECRET',
        cure: 'Make one with `openssl rand -hex 32`, or unset it: then the webhook is off.',
      },
    );
  };
  return {
    hubspotSecret: secret('HEADWATER_HUBSPOT_SECRET'),
    salesforceSecret: secret('HEADWATER_SALESFORCE_SECRET'),
    publicOrigin: variable('HEADWATER_PUBLIC_ORIGIN'),
  };
}
