/** The package's version; a Worker has no file to read it from, and a test compares the two. */
export const VERSION = '0.1.0';
