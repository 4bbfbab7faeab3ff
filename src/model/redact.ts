const REMOVED = '[removed]';
/** Form fields of a token endpoint that must be seen nowhere else. */
const SECRET_FORM_FIELDS = ['client_secret', 'refresh_token', 'assertion', 'code', 'password'];
/** Shorter texts turn up by chance, and no CRM's secrets are so short. */
const LEAST_CHARACTERS = 8;

/**
 * The secrets that a request carries: its credentials, and what it gives a token endpoint. Proxies
 * echo requests in their error pages, and fetch quotes a header it refuses.
 */
export function secretsOfRequest(request: {
  headers?: Record<string, string>;
  body?: unknown;
}): string[] {
  const found: string[] = [];
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    if (name.toLowerCase() === 'authorization')
      found.push(value.slice(value.indexOf(' ') + 1), ...value.split(/\s+/));
  }
  if (typeof request.body === 'string' && !/^\s*[{[<]/.test(request.body)) {
    const form = new URLSearchParams(request.body);
    for (const name of SECRET_FORM_FIELDS) found.push(form.get(name) ?? '');
  }
  // As they are, as a URL or a form writes them, as JSON writes them. Longest first, so
  // that no part of one stays.
  const written = found.flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ '': secret }).toString().slice(1),
    JSON.stringify(secret).slice(1, -1),
  ]);
  return [...new Set(written)]
    .filter((secret) => secret.length >= LEAST_CHARACTERS)
    .sort((a, b) => b.length - a.length);
}

export const withoutSecrets = (text: string, secrets: string[]): string =>
  secrets.reduce((rest, secret) => rest.replaceAll(secret, REMOVED), text);

/**
 * The error itself, unless it or a cause of it speaks a secret: then one with the same name and
 * code, and clean words alone.
 */
export function errorWithoutSecrets(error: unknown, secrets: string[]): unknown {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { message } = at;
    if (!secrets.some((secret) => message.includes(secret))) continue;
    const clean = new Error(
      withoutSecrets(error instanceof Error ? error.message : String(error), secrets),
    );
    clean.name = error instanceof Error ? error.name : 'Error';
    return 'code' in at ? Object.assign(clean, { code: at.code }) : clean;
  }
  return error;
}
