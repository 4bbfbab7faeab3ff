import { HeadwaterError } from '../../model/error.ts';

/** How a process is asked to end. */
export type StopSignal = 'SIGINT' | 'SIGTERM';

/** Tells a run that somebody wants its process to end: it finishes the step that it is in. */
export interface StopWatch {
  /** Null = nobody has asked. */
  signal(): StopSignal | null;
  /** Resolves when somebody asks. */
  asked: Promise<void>;
}

export const STOPPED = 'STOPPED';

/** What a run ends with that was asked to stop. */
export const stopped = (stop: StopWatch): HeadwaterError =>
  new HeadwaterError('limit', `stopped by ${stop.signal()}: the run is recorded as stopped`, {
    code: STOPPED,
    cure: 'What it has read is kept: the next run goes on from there, and settles what was being written.',
  });

/** A wait that ends when the process is asked to end, and then nothing more is tried. */
export const stoppable =
  (stop: StopWatch | undefined, sleep: (ms: number) => Promise<void>) =>
  async (ms: number): Promise<void> => {
    await (stop === undefined ? sleep(ms) : Promise.race([sleep(ms), stop.asked]));
    if (stop?.signal() != null) throw stopped(stop);
  };
