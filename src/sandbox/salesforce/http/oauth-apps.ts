/** The External Client Apps of the org: who may ask for tokens, and how they prove themselves. */
import {
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  timingSafeEqual,
  type KeyObject,
} from 'node:crypto';

/** Where the vendor's own command line tool waits for the browser to come back. */
const CLI_REDIRECT = 'http://localhost:1717/OauthRedirect';

export interface ClientApp {
  clientId: string;
  clientSecret: string;
  /** Of the certificate uploaded to the app; null = no JWT flow. */
  publicKey: KeyObject | null;
  /** "Run as" user of the client credentials flow; null = the flow is off. */
  runAsUserId: string | null;
  /** Users an admin has approved; null = every user. */
  approvedUserIds: Set<string> | null;
  scope: string;
  redirectUris: string[];
}

export class AppRegistry {
  #apps = new Map<string, ClientApp>();

  add(app: ClientApp): void {
    this.#apps.set(app.clientId, app);
  }

  all(): ClientApp[] {
    return [...this.#apps.values()];
  }

  get(clientId: string): ClientApp | undefined {
    return this.#apps.get(clientId);
  }
}

export interface NewApp {
  app: ClientApp;
  privateKeyPem: string;
}

/** An app with fresh credentials and a fresh RSA key, as made once in Setup. */
export function makeApp(runAsUserId: string | null): NewApp {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const app: ClientApp = {
    // Consumer keys start with 3MVG9 and have 85 characters; secrets have 64 hexadecimal digits.
    clientId: `3MVG9${randomBytes(60).toString('base64url').slice(0, 80).replace(/-/g, '.')}`,
    clientSecret: randomBytes(32).toString('hex').toUpperCase(),
    publicKey,
    runAsUserId,
    approvedUserIds: null,
    scope: 'api refresh_token',
    redirectUris: [CLI_REDIRECT],
  };
  return { app, privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

/** A PEM certificate or public key, as uploaded to an app. Throws when it is neither. */
export function publicKeyOf(pem: string): KeyObject {
  return createPublicKey(pem);
}

export function secretMatches(app: ClientApp, given: string): boolean {
  const [a, b] = [Buffer.from(app.clientSecret), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
