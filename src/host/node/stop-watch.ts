import { constants } from 'node:os';
import type { StopSignal, StopWatch } from '../../sync/run/stop.ts';

const SIGNALS: readonly StopSignal[] = ['SIGINT', 'SIGTERM'];

let watch: StopWatch | null = null;

/**
 * The first SIGINT or SIGTERM asks the running work to stop after the step that it is in, and says
 * so; a second one ends the process at once. One watch serves the whole process.
 */
export function stopWatch(stderr: (text: string) => void): StopWatch {
  watch ??= newWatch(stderr);
  return watch;
}

function newWatch(stderr: (text: string) => void): StopWatch {
  let asked: StopSignal | null = null;
  let tell = (): void => {};
  const whenAsked = new Promise<void>((resolve) => {
    tell = resolve;
  });
  for (const signal of SIGNALS)
    process.on(signal, () => {
      if (asked !== null) process.exit(128 + constants.signals[signal]);
      asked = signal;
      stderr('headwater: stopping after this step; once more ends it at once\n');
      tell();
    });
  return { signal: () => asked, asked: whenAsked };
}
