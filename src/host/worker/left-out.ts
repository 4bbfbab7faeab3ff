/**
 * Stands for what jsforce's build for browsers imports and nothing here calls (`[alias]` of
 * wrangler.toml): polyfills for what old browsers lack and workerd has, and the writer of XML.
 */
export {};
