// workerd's own, in place of a polyfill (`[alias]` of wrangler.toml); CommonJS, as those who ask for it are.
module.exports = Promise;
