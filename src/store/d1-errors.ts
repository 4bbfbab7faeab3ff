import { HeadwaterError } from '../model/error.ts';

interface Rule {
  words: RegExp;
  kind: HeadwaterError['kind'];
  code: string;
  cure?: string;
}

/**
 * D1's own messages (https://developers.cloudflare.com/d1/observability/debug-d1/) and SQLite's, by
 * what the engine should do about them.
 */
const RULES: Rule[] = [
  {
    words: /fence_guard/i,
    kind: 'limit',
    code: 'LEASE_LOST',
    cure: 'Another run has taken over this connection; it goes on from the last page.',
  },
  {
    words: /no such table|no such column|has no column named/i,
    kind: 'config',
    code: 'D1_MIGRATION',
    cure: 'A migration is missing: npx wrangler d1 migrations apply headwater --remote',
  },
  { words: /too many (api )?(sub)?requests by single worker/i, kind: 'limit', code: 'SUBREQUESTS' },
  {
    words: /maximum db size|database or disk is full|storage limit/i,
    kind: 'config',
    code: 'D1_FULL',
    cure: 'The database has reached its size limit: move some connections to a database of their own (docs/workers.md).',
  },
  {
    words:
      /too many sql variables|statement too long|string or blob too big|sqlite_toobig|too many terms/i,
    kind: 'bug',
    code: 'D1_LIMIT',
  },
  {
    words: /constraint failed|datatype mismatch|sqlite_constraint|malformed json/i,
    kind: 'bug',
    code: 'D1_CONSTRAINT',
  },
  {
    words:
      /network connection lost|internal error|storage caused object to be reset|replica is unavailable|replica .{0,40}unavailable|reset because its code was updated|overloaded|cannot resolve d1 db|timed? ?out|timeout|too many requests|database is locked|isolate has exceeded|cpu limit|memory limit/i,
    kind: 'transient',
    code: 'D1_BUSY',
  },
];

/**
 * What D1 threw, in the engine's terms. The message is the database's own and holds no bound value.
 */
export function d1Error(error: unknown): HeadwaterError {
  if (error instanceof HeadwaterError) return error;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof HeadwaterError) return cause;
  const words = cause instanceof Error ? cause.message : String(cause);
  const rule = RULES.find((each) => each.words.test(words));
  return new HeadwaterError(rule?.kind ?? 'bug', `D1: ${words.replace(/^D1_ERROR: /, '')}`, {
    code: rule?.code ?? 'D1',
    ...(rule?.cure === undefined ? {} : { cure: rule.cure }),
    cause: error,
  });
}
