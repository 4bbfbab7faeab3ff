/**
 * Stands for the polyfills that jsforce's build for browsers imports for what old browsers lack
 * (`[alias]` of wrangler.toml): workerd has all of it, and they are a thirtieth of the script.
 */
export {};
