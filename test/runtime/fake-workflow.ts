import type { DurableStep } from '../../src/host/worker/durable-steps.ts';

/**
 * A Workflow engine in memory: results of steps are kept as JSON, failed steps are tried again,
 * sleeps return at once. It can die where a real isolate can:
 * after a step's work but before its result was kept, or right behind the step. What it kept is
 * then handed to the next one.
 */
export class FakeWorkflow implements DurableStep {
  readonly kept: Map<string, string>;
  readonly slept: { name: string; untilMs: number }[] = [];
  readonly onSleep: (untilMs: number) => Promise<void>;
  executed = 0;
  readonly #death: { after: number; losing: boolean } | null;
  #dead = false;
  /**
   * Resolves when the isolate is gone: nothing of it runs any more, so what
   * waits for it waits for ever.
   */
  readonly died: Promise<null>;
  #die: () => void = () => {};

  constructor(
    kept: Map<string, string> = new Map(),
    death: { after: number; losing: boolean } | null = null,
    onSleep: (untilMs: number) => Promise<void> = async () => {},
  ) {
    this.kept = kept;
    this.#death = death;
    this.onSleep = onSleep;
    this.died = new Promise((resolve) => {
      this.#die = () => resolve(null);
    });
  }

  async do<T>(
    name: string,
    config: { retries: { limit: number } },
    work: () => Promise<T>,
  ): Promise<T> {
    if (this.#dead) return await new Promise(() => {});
    const known = this.kept.get(name);
    if (known !== undefined) return JSON.parse(known) as T;
    for (let attempt = 0; ; attempt++) {
      try {
        const result = JSON.stringify(await work());
        this.executed++;
        const dying = this.#death !== null && this.executed >= this.#death.after;
        if (!dying || !this.#death?.losing) this.kept.set(name, result);
        if (!dying) return JSON.parse(result) as T;
        break;
      } catch (error) {
        if (attempt >= config.retries.limit) throw asCrossed(error);
      }
    }
    this.#dead = true;
    this.#die();
    return await new Promise(() => {});
  }

  async sleepUntil(name: string, at: Date): Promise<void> {
    if (this.#dead) return await new Promise(() => {});
    if (this.kept.has(`sleep ${name}`)) return;
    this.slept.push({ name, untilMs: at.getTime() });
    await this.onSleep(at.getTime());
    this.kept.set(`sleep ${name}`, 'null');
  }
}

/** What is left of an error on the other side of a step: its name and its message. */
function asCrossed(error: unknown): Error {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return Object.assign(new Error(message), { name });
}
