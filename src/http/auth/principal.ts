/** read: see results. run: start runs. admin: change connections. Each includes nothing but itself. */
export const SCOPES = ['read', 'run', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** Who asks. `by` tells how they signed in: a browser's session needs a guard against other sites' forms. */
export interface Principal { name: string; scopes: ReadonlySet<Scope>; by: 'token' | 'access' }

export const isScope = (text: string): text is Scope => (SCOPES as readonly string[]).includes(text);

/** `read,run` or `read+run` as scopes; words that are none are left out. */
export const parseScopes = (text: string): Set<Scope> => new Set(text.split(/[,+ ]/).map((word) => word.trim()).filter(isScope));
