/** What the platform's module of this name does, over the sandbox's UI API. */
import { ask } from './ask.js';

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

  async update({ recordId, fields = [], optionalFields = [] }) {
    const turn = ++this.#asked;
    if (!recordId || fields.length + optionalFields.length === 0)
      return this.#give({ data: undefined, error: undefined });
    const names = new URLSearchParams();
    if (fields.length > 0) names.set('fields', fields.join(','));
    if (optionalFields.length > 0) names.set('optionalFields', optionalFields.join(','));
    const answer = await ask(`records/${encodeURIComponent(recordId)}?${names}`);
    // An answer to an older question must not replace a newer one.
    if (turn === this.#asked) this.#give(answer);
  }
}

export const getFieldValue = (record, field) => {
  const [, ...names] = String(field.fieldApiName ?? field).split('.');
  return names.reduce((value, name) => (value?.fields ?? {})[name]?.value, record);
};
