import { SIGNALS_SECRET, webhookSecret } from '../../model/webhook-secret.ts';
import type { AppDeps } from '../api/deps.ts';

/**
 * The webhooks as the variables of the host set them up. Errors: `config` for a secret that is too
 * short: a webhook that is silently off looks like one to which nothing ever comes.
 */
export function webhookSettings(
  variable: (name: string) => string | undefined,
): AppDeps['webhooks'] {
  const secret = (name: string): string | undefined => webhookSecret(name, variable(name));
  return {
    hubspotSecret: secret('HEADWATER_HUBSPOT_SECRET'),
    salesforceSecret: secret('HEADWATER_SALESFORCE_SECRET'),
    signalsSecret: secret(SIGNALS_SECRET),
    publicOrigin: variable('HEADWATER_PUBLIC_ORIGIN'),
  };
}
