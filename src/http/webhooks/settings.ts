import { SIGNALS_SECRET, webhookSecret } from '../../model/webhook-secret.ts';
import type { AppDeps } from '../api/deps.ts';

/** Variable of the secret of a webhook: `HEADWATER_ACME_SECRET` of the connector `acme`. */
export const secretVariable = (crm: string): string =>
  `HEADWATER_${crm.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}_SECRET`;

/**
 * The webhooks as the variables of the host set them up, each looked at when it is posted to: one
 * whose secret is too short is a `config` error, and shuts no other.
 */
export function webhookSettings(
  variable: (name: string) => string | undefined,
): AppDeps['webhooks'] {
  const secret = (name: string): string | undefined => webhookSecret(name, variable(name));
  return {
    secretOf: (crm) => secret(secretVariable(crm)),
    signalsSecret: () => secret(SIGNALS_SECRET),
    publicOrigin: variable('HEADWATER_PUBLIC_ORIGIN'),
  };
}

/**
 * Errors: `config` for a secret that is too short, where a host would rather not start: a webhook
 * that is silently off looks like one to which nothing ever comes.
 */
export function demandSecrets(webhooks: AppDeps['webhooks'], crms: readonly string[]): void {
  for (const crm of crms) webhooks.secretOf(crm);
  webhooks.signalsSecret();
}
