#!/usr/bin/env node
/**
 * The command line on Node. It checks the runtime before anything else is loaded: the SQLite driver
 * crashes Node 20 without a message.
 */
const NEEDED = [22, 19] as const;
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  process.stderr.write(
    `headwater: needs Node ${NEEDED.join('.')} or newer, this is ${process.versions.node}\n  In a clone, \`npm ci\` brings its own Node: start it with \`npm run -s headwater -- …\`.\n`,
  );
  process.exit(1);
}
const args = process.argv.slice(2);
const { dealsAsked, heapNeededMb, runAgain } = await import('./more-memory.ts');
const heapMb = heapNeededMb(dealsAsked(args));
// exitCode instead of exit(): what is still being written to a pipe gets out.
process.exitCode =
  heapMb === null ? await (await import('./node-main.ts')).main(args) : await runAgain(heapMb);
export {};
