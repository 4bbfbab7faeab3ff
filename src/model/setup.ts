import type { ConnectorDeps } from './connector-deps.ts';

/**
 * How an admin connects an org for the first time, told by the connector: which ways there are,
 * what each needs to know, what to click in the CRM, and how a sign-in in the browser goes. The
 * command line walks through it without knowing the CRM.
 */

/**
 * Where the browser comes back to after a sign-in, unless another port is asked for. Free on most
 * machines, and the same each time: CRMs compare the address with the app's, port and all.
 */
export const CALLBACK_PORT = 8788;
export const CALLBACK_PATH = '/callback';
/** CRMs take plain http only for `localhost` itself, and only the very address the app names. */
export const callbackUrl = (port: number): string => `http://localhost:${port}${CALLBACK_PATH}`;

export interface SetupQuestion {
  /** Name of the setting or secret it fills. */
  name: string;
  ask: string;
  secret: boolean;
  optional?: boolean;
  /** Taken when nothing is said. */
  default?: string;
  /** What is wrong with an answer, in a few words; null when nothing is. */
  fault?: (answer: string) => string | null;
}

/** A piece of work in the CRM's own pages, in the words that stand there. */
export interface SetupStep {
  title: string;
  lines: string[];
}

/** What was made on this machine for the CRM. */
export interface SetupMade {
  /** Certificate to upload (file name). */
  certificate: string | null;
  /** Where the browser comes back to. */
  callbackUrl: string | null;
}

export interface BrowserSignIn {
  /** Page to open. `challenge` is base64url(SHA-256(verifier)) (RFC 7636, S256). */
  authorizeUrl(
    answers: Record<string, string>,
    request: { redirectUri: string; state: string; challenge: string },
  ): string;
  /**
   * Trades the code for lasting secrets; `settings` are what the answer told beside (the
   * instance). Throws HeadwaterError.
   */
  redeem(
    answers: Record<string, string>,
    request: { code: string; redirectUri: string; verifier: string },
    deps: ConnectorDeps,
  ): Promise<{ secrets: Record<string, string>; settings: Record<string, string> }>;
}

export interface SetupWay {
  id: string;
  title: string;
  /** When to choose it. */
  when: string;
  questions: SetupQuestion[];
  /** Secret that an RSA key made here fills; its certificate goes to the CRM. */
  keySecret: string | null;
  signIn: BrowserSignIn | null;
  steps(made: SetupMade): SetupStep[];
  /**
   * Settings of the connection document; answers hold every question's answer but the empty ones.
   */
  settings(answers: Record<string, string>): Record<string, unknown>;
}

export interface ConnectorSetup {
  ways: SetupWay[];
}
