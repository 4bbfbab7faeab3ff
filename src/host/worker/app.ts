import type { WorkerEnv } from './env.ts';

export async function workerApp(_request: Request, _env: WorkerEnv): Promise<Response> {
  return new Response('ok');
}
