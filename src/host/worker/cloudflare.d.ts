/**
 * The two runtime modules that only workerd has; the rest of the platform's types are imported by
 * name, so that they don't replace Node's.
 */
declare module 'cloudflare:workers' {
  export abstract class WorkflowEntrypoint<Env> {
    protected env: Env;
    constructor(ctx: unknown, env: Env);
  }
}

declare module 'cloudflare:workflows' {
  /** Fails the instance at once, without retries. */
  export class NonRetryableError extends Error {
    constructor(message: string, name?: string);
  }
}
