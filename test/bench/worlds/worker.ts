/** One thread of `bench:worlds`: measures the worlds it is sent, one after another. */
import { parentPort } from 'node:worker_threads';
import { measureWorld, type WorldSize } from './measure.ts';

parentPort?.on('message', (size: WorldSize) => parentPort?.postMessage(measureWorld(size)));
