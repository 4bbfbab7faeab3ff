import { isScope, type Scope } from '../../../model/api-token.ts';

/**
 * Who asks. `by` tells how they signed in: a browser's session needs a guard
 * against other sites' forms.
 */
export interface Principal {
  name: string;
  scopes: ReadonlySet<Scope>;
  by: 'token' | 'access' | 'session';
  /** The connections that a token is limited to; absent = all. */
  connections?: ReadonlySet<string>;
  /** Of somebody who is signed in by a cookie of ours. */
  session?: { hash: string; expiresMs: number };
}

/** `read,run` or `read+run` as scopes; words that are none are left out. */
export const parseScopes = (text: string): Set<Scope> =>
  new Set(
    text
      .split(/[,+ ]/)
      .map((word) => word.trim())
      .filter(isScope),
  );
