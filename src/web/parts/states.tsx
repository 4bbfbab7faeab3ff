import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiError } from '../api/client.ts';
import { ago, moment } from './format.ts';
import { Title } from './title.tsx';

/** Results older than this are shown with a word of warning. */
const STALE_MS = 26 * 3_600_000;

export function Loading({ what }: { what: string }): ReactNode {
  return (
    <p className="state" role="status">
      <span className="spinner" aria-hidden="true" /> Loading {what} …
    </p>
  );
}

/** What is not there, in words; `title` where it is all that the page has to say. */
export function Empty({ children, title }: { children: ReactNode; title?: string }): ReactNode {
  return (
    <>
      {title !== undefined && <Title of={title} />}
      <p className="state empty">{children}</p>
    </>
  );
}

export function Failure({ error, retry }: { error: unknown; retry?: () => void }): ReactNode {
  const known = error instanceof ApiError ? error : null;
  if (known?.status === 401) return <SignedOut />;
  return (
    <div className="state failure" role="alert">
      <p>
        <strong>{known?.message ?? 'Something went wrong on this page.'}</strong>
      </p>
      {known?.cure != null && <p>{known.cure}</p>}
      {retry !== undefined && (
        <button type="button" onClick={retry}>
          Try again
        </button>
      )}
    </div>
  );
}

export function SignedOut({ used = false }: { used?: boolean }): ReactNode {
  return (
    <div className="state failure" role="alert">
      <h1>{used ? 'This link does not work any more' : 'You are signed out'}</h1>
      <p>
        {used ? 'A link signs one person in, once, within a day. ' : ''}Ask whoever runs Headwater
        for a new link: it is the last line of <code>headwater serve</code>, and{' '}
        <code>headwater session link</code> makes more.
      </p>
    </div>
  );
}

/**
 * What a query has: words while it loads, what went wrong, or its data. `title` heads the page
 * until the data does.
 */
export function Loaded<T>({
  of,
  what,
  title,
  children,
}: {
  of: UseQueryResult<T>;
  what: string;
  title?: string;
  children: (data: T) => ReactNode;
}): ReactNode {
  if (of.data !== undefined) return children(of.data);
  return (
    <>
      {title !== undefined && <Title of={title} />}
      {of.isError ? (
        <Failure error={of.error} retry={() => void of.refetch()} />
      ) : (
        <Loading what={what} />
      )}
    </>
  );
}

/** The time of the results, and a warning where they are old. */
export function AsOf({ at }: { at: string | null }): ReactNode {
  const old = at !== null && Date.now() - Date.parse(at) > STALE_MS;
  return (
    <p className={old ? 'as-of stale' : 'as-of'}>
      {old && <strong>These results are old. </strong>}
      As of <time dateTime={at ?? undefined}>{moment(at)}</time>
      {/* A CRM to try things on may have its clock ahead. */}
      {at !== null && Date.parse(at) < Date.now() && ` (${ago(at)})`}
    </p>
  );
}
