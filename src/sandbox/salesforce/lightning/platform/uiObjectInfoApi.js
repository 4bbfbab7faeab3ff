/** What the platform's module of this name does, over the sandbox's UI API. */
import { ask } from './ask.js';

export class getObjectInfo {
  #give;
  #asked = 0;

  constructor(give) {
    this.#give = give;
    // A wire holds this from its first moment on.
    give({ data: undefined, error: undefined });
  }

  connect() {}

  disconnect() {
    this.#asked++;
  }

  async update({ objectApiName }) {
    const turn = ++this.#asked;
    if (!objectApiName) return this.#give({ data: undefined, error: undefined });
    const answer = await ask(`object-info/${encodeURIComponent(objectApiName)}`);
    if (turn === this.#asked) this.#give(answer);
  }
}
