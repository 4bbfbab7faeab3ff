/** A thread of `bench:worlds`: measures the world it is sent. */
import { parentPort } from 'node:worker_threads';
import { measureWorld, type WorldSize } from './measure.ts';

parentPort?.once('message', (size: WorldSize) => parentPort?.postMessage(measureWorld(size)));
