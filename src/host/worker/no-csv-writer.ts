/** Stands for the writer of CSV that jsforce has for its Bulk API (`[alias]` of wrangler.toml). */
export function stringify(): never {
  throw new Error('The Worker leaves out the writer of CSV that jsforce brings along');
}
