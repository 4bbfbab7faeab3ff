import { useEffect, type ReactNode } from 'react';

/** The heading of a page, and the title of its tab. */
export function Title({ children, of }: { children?: ReactNode; of: string }): ReactNode {
  useEffect(() => {
    document.title = `${of} · Headwater`;
  }, [of]);
  return <h1>{children ?? of}</h1>;
}
