/** workerd's own, in place of a polyfill (`[alias]` of wrangler.toml). */
export default URLSearchParams;
