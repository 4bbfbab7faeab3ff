import type { ReactNode } from 'react';
import type { AnswerOf } from '../api/client.ts';
import { Facts } from '../parts/facts.tsx';
import { moment } from '../parts/format.ts';
import { useSource } from '../parts/words.ts';

type Sourced = Pick<AnswerOf<'/v1/connections/{id}/deals/{deal}'>, 'sources' | 'writes' | 'readAt'>;

/** What stands on the record, each with the field that it comes from, and when that was read. */
export function OnRecord({
  facts,
  sources,
  readAt,
}: Omit<Sourced, 'writes'> & {
  facts: [fact: string, label: string, value: string | null][];
}): ReactNode {
  const source = useSource();
  return (
    <section aria-labelledby="record">
      <h2 id="record">On the record in the {source}</h2>
      <Facts
        facts={facts.map(([fact, label, value]) => ({
          ...{ label, value: value ?? 'empty' },
          note: sources
            .filter((one) => one.fact === fact)
            .map((one) => `${one.object}.${one.field}`)
            .join(', '),
        }))}
      />
      <p className="as-of">
        {readAt === null ? 'Not read yet.' : `As the ${source} had it on ${moment(readAt)}.`}
      </p>
    </section>
  );
}

/** The field of the CRM that a result is written to, in a few words; empty = it is not written. */
export function writtenTo(writes: Sourced['writes'], output: string): string {
  const own = writes.find(({ fact }) => fact === output);
  return own === undefined ? '' : `; written to ${own.object}.${own.field}`;
}
