import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { get, type AnswerOf } from '../api/client.ts';
import { Pick, TextField } from '../parts/fields.tsx';
import { percent } from '../parts/format.ts';
import { Loaded } from '../parts/states.tsx';

export type OrgField = AnswerOf<'/v1/connections/{id}/mapping/objects/{object}'>['fields'][number];

/** Fields that are shown at once; an object may have many hundreds. */
const SHOWN = 60;

/** What the org has to map: its objects and fields by the words of its people. */
export function MappingFields({
  connection,
  onFields,
}: {
  connection: string;
  onFields: (fields: OrgField[]) => void;
}): ReactNode {
  const [object, setObject] = useState<string | undefined>();
  const objects = useQuery({
    queryKey: ['org-objects', connection],
    queryFn: () => get('/v1/connections/{id}/mapping/objects', { id: connection }),
    staleTime: Infinity,
  });
  return (
    <section aria-label="Fields of the org">
      <h2>Fields of the org</h2>
      <Loaded of={objects} what="the objects">
        {({ objects: all }) => (
          <Pick
            label="Object"
            all="Choose an object"
            choices={all
              .map(({ name, label }) => ({
                value: name,
                label: label === name ? label : `${label} (${name})`,
              }))
              .sort((a, b) => a.label.localeCompare(b.label))}
            value={object}
            onChange={setObject}
          />
        )}
      </Loaded>
      {object !== undefined && <Fields {...{ connection, object, onFields }} />}
    </section>
  );
}

function Fields({
  connection,
  object,
  onFields,
}: {
  connection: string;
  object: string;
  onFields: (fields: OrgField[]) => void;
}): ReactNode {
  const [wanted, setWanted] = useState<string | undefined>();
  const found = useQuery({
    queryKey: ['org-fields', connection, object],
    queryFn: () => get('/v1/connections/{id}/mapping/objects/{object}', { id: connection, object }),
    staleTime: Infinity,
  });
  useEffect(() => {
    if (found.data !== undefined) onFields(found.data.fields);
  }, [found.data, onFields]);
  const asked = (wanted ?? '').toLowerCase();
  return (
    <>
      <TextField label="Search fields and values" value={wanted} onChange={setWanted} />
      <Loaded of={found} what="the fields">
        {({ fields, sampled }) => {
          const fit = fields.filter(({ name, label, values }) =>
            [name, label, ...values].some((text) => text.toLowerCase().includes(asked)),
          );
          return (
            <>
              <p className="as-of">
                {fit.length} of {fields.length} fields; values of {sampled} records
              </p>
              <ul className="bare" aria-label="Fields">
                {fit.slice(0, SHOWN).map((field) => (
                  <li key={field.name}>
                    <strong>{field.label}</strong> <code>{field.name}</code> {field.type}
                    {field.filled !== null && `, filled ${percent(field.filled)}`}
                    <small>{field.values.join(' · ')}</small>
                  </li>
                ))}
              </ul>
              {fit.length > SHOWN && <p>Search to see the others.</p>}
            </>
          );
        }}
      </Loaded>
    </>
  );
}
