/** What the platform's module of this name does, over the sandbox's UI API. */
import { ask } from './ask.js';

/** What may be asked of a record, each a list of names. */
const LISTS = ['fields', 'optionalFields', 'layoutTypes', 'modes'];

export class getRecord {
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

  async update({ recordId, ...lists }) {
    const turn = ++this.#asked;
    const given = LISTS.filter((name) => lists[name]?.length > 0);
    if (!recordId || given.length === 0) return this.#give({ data: undefined, error: undefined });
    const names = new URLSearchParams(given.map((name) => [name, lists[name].join(',')]));
    const answer = await ask(`records/${encodeURIComponent(recordId)}?${names}`);
    // An answer to an older question must not replace a newer one.
    if (turn === this.#asked) this.#give(answer);
  }
}

export const getFieldValue = (record, field) => {
  const [, ...names] = String(field.fieldApiName ?? field).split('.');
  return names.reduce((value, name) => (value?.fields ?? {})[name]?.value, record);
};
