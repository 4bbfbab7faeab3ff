/** A line of a bench; what does not hold makes it fail at the end. */
export type Say = (ok: boolean, text: string) => void;

export const say: Say = (ok, text) => {
  process.stdout.write(`${ok ? '✓' : '✗'} ${text}\n`);
  if (!ok) process.exitCode = 1;
};
