import { asHeadwaterError } from '../../model/error.ts';

/** An answer other than 2xx. */
export class Problem extends Error {
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 412 | 413 | 415 | 428 | 429 | 500 | 503;
  readonly code: string;
  readonly cure: string | undefined;
  constructor(status: Problem['status'], code: string, message: string, cure?: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.cure = cure;
  }
}

const STATUS = {
  config: 409,
  auth: 409,
  limit: 429,
  transient: 503,
  rejected: 400,
  bug: 500,
} as const;

/** Any thrown value as a problem; what nobody foresaw says nothing of its inside. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const known = asHeadwaterError(error);
  if (known.kind === 'bug')
    return new Problem(500, 'INTERNAL', 'something went wrong inside; the log has it');
  return new Problem(
    STATUS[known.kind],
    known.code ?? known.kind.toUpperCase(),
    known.message,
    known.cure,
  );
}

/** Some screens of text; what a request got wrong ten thousand times is not all repeated to it. */
const MAX_MESSAGE = 8_000;

const clipped = (text: string): string =>
  text.length <= MAX_MESSAGE ? text : `${text.slice(0, MAX_MESSAGE)}…`;

export const problemBody = (
  problem: Problem,
): { error: { code: string; message: string; cure: string | null } } => ({
  error: { code: problem.code, message: clipped(problem.message), cure: problem.cure ?? null },
});
