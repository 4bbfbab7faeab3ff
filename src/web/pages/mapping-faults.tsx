import { useEffect, useState, type ReactNode } from 'react';
import { post } from '../api/client.ts';
import { plural } from '../parts/format.ts';
import { Failure } from '../parts/states.tsx';
import type { LineFault } from '../parts/yaml-editor.tsx';

/** After so long without a key the document is checked. */
const PAUSE_MS = 500;

export interface Checked {
  faults: LineFault[];
  checking: boolean;
  error: unknown;
}

/** What is wrong with a document, a moment after somebody stopped typing. */
export function useFaults(connection: string, text: string): Checked {
  const [checked, setChecked] = useState<Checked>({ faults: [], checking: true, error: null });
  useEffect(() => {
    let late = false;
    setChecked((before) => ({ ...before, checking: true }));
    const timer = setTimeout(() => {
      post('/v1/connections/{id}/mapping/check', { id: connection }, { text }).then(
        ({ faults }) => late || setChecked({ faults, checking: false, error: null }),
        (error: unknown) => late || setChecked({ faults: [], checking: false, error }),
      );
    }, PAUSE_MS);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [connection, text]);
  return checked;
}

/** The same faults as a list, for those who do not look for marks in lines. */
export function FaultList({ faults, checking, error }: Checked): ReactNode {
  if (error !== null) return <Failure error={error} />;
  const errors = faults.filter(({ severity }) => severity === 'error');
  const shown = faults.filter(({ severity }) => severity !== 'note');
  return (
    <>
      <p role="status">
        {checking
          ? 'Checking against the org …'
          : errors.length === 0
            ? 'It fits the org.'
            : `${plural(errors.length, 'error')} to correct.`}
      </p>
      {shown.length > 0 && (
        <ul className="faults" aria-label="Faults">
          {shown.map(({ severity, line, column, message, cure }) => (
            <li
              key={`${line}:${column}:${message}`}
              className={severity === 'error' ? 'failed' : ''}
            >
              Line {line}: {message} {cure}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
