import type { ReactNode } from 'react';

export interface Fact {
  label: string;
  value: ReactNode;
  /** Small words below it: where it is from, or what it means. */
  note?: ReactNode;
}

/** Facts side by side, each with its name. */
export function Facts({ facts }: { facts: Fact[] }): ReactNode {
  return (
    <dl className="facts">
      {facts.map(({ label, value, note }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            {value}
            {note !== undefined && note !== '' && <small>{note}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
