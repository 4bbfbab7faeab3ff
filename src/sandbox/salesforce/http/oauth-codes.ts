/** Authorization codes of the web server flow. */
import { createHash, randomBytes } from 'node:crypto';
import { OAuthError } from './oauth-error.ts';

export interface CodeGrant {
  userId: string;
  clientId: string;
  redirectUri: string;
  scope: string;
  challenge: string | null;
  issuedMs: number;
}

/** Salesforce's codes live fifteen minutes. */
const CODE_LIFE_MS = 15 * 60_000;

export class CodeStore {
  readonly #codes = new Map<string, CodeGrant>();

  issue(grant: CodeGrant): string {
    const code = `aPrx${randomBytes(42).toString('base64url')}==`;
    this.#codes.set(code, grant);
    return code;
  }

  /**
   * The grant of a code, which is thereby used up. Throws `invalid_grant` for
   * one unknown, used or too old.
   */
  redeem(code: string, nowMs: number): CodeGrant {
    const grant = this.#codes.get(code);
    this.#codes.delete(code);
    if (grant === undefined) throw new OAuthError('invalid_grant', 'invalid authorization code');
    if (nowMs - grant.issuedMs >= CODE_LIFE_MS)
      throw new OAuthError('invalid_grant', 'expired authorization code');
    return grant;
  }
}

/**
 * Throws unless `verifier` is what the challenge was made from; a code asked for without a
 * challenge needs none. A challenge without a method is S256, the only one the vendor takes.
 */
export function verifyChallenge(challenge: string | null, verifier: string | undefined): void {
  if (challenge === null) return;
  if (verifier === undefined || verifier === '')
    throw new OAuthError('invalid_grant', 'code verifier required');
  if (createHash('sha256').update(verifier).digest('base64url') !== challenge.replace(/=+$/, ''))
    throw new OAuthError('invalid_grant', 'invalid code verifier');
}
