import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { get, type AnswerOf } from '../api/client.ts';
import { session } from '../api/queries.ts';
import { usePlace } from '../parts/place.ts';
import { Empty, Loaded } from '../parts/states.tsx';
import { Title } from '../parts/title.tsx';
import { YamlEditor } from '../parts/yaml-editor.tsx';
import type { SchemaNode } from '../parts/yaml-words.ts';
import { MappingActivate } from './mapping-activate.tsx';
import { MappingDiff } from './mapping-diff.tsx';
import { MappingFields, type OrgField } from './mapping-fields.tsx';
import { MappingPreview } from './mapping-preview.tsx';
import { MappingVersions } from './mapping-versions.tsx';
import { FaultList, useFaults } from './mapping-faults.tsx';

import '../styles/mapping.css';

type Held = AnswerOf<'/v1/connections/{id}/mapping'>;

/** The mapping in force, and what another one would do before it takes its place. */
export function MappingPage(): ReactNode {
  const { connection } = usePlace();
  const me = useQuery(session);
  const mayEdit = me.data?.scopes.includes('admin') === true;
  const held = useQuery({
    queryKey: ['mapping', connection],
    queryFn: () => get('/v1/connections/{id}/mapping', { id: connection }),
    enabled: mayEdit,
  });
  return (
    <>
      <Title of="Mapping" />
      {me.data !== undefined && !mayEdit ? (
        <Empty>Mappings are for admins: ask for a link with that role.</Empty>
      ) : (
        <Loaded of={held} what="the mapping">
          {(one) => <Editor key={connection} connection={connection} held={one} />}
        </Loaded>
      )}
    </>
  );
}

function Editor({ connection, held }: { connection: string; held: Held }): ReactNode {
  const [text, setText] = useState(held.yaml);
  const [seen, setSeen] = useState(held);
  const [fields, setFields] = useState<OrgField[]>([]);
  const { faults, checking, error } = useFaults(connection, text);
  const schema = useQuery({
    queryKey: ['mapping-schema'],
    queryFn: () => get('/v1/mapping-schema'),
    staleTime: Infinity,
  });
  const load = (version: Held): void => {
    setSeen(version);
    setText(version.yaml);
  };
  const broken = faults.some(({ severity }) => severity === 'error');
  return (
    <>
      <p className="lead">
        In force: {held.kind === 'file' ? `the file ${held.place}` : `pushed to ${held.place}`},
        version <code>{held.version}</code>. The next run uses it.
        {text === seen.yaml ? '' : ' You have changed it here; nothing of that is in force yet.'}
      </p>
      {held.version !== seen.version && (
        <p className="state failure" role="alert">
          Somebody else has put another version in force since you began.{' '}
          <button type="button" onClick={() => load(held)}>
            Load it, and drop what I changed
          </button>
        </p>
      )}
      <div className="beside">
        <section aria-label="Document">
          <YamlEditor
            value={text}
            onChange={setText}
            faults={faults}
            words={{ schema: (schema.data ?? {}) as SchemaNode, fields }}
          />
          <FaultList {...{ faults, checking, error }} />
        </section>
        <MappingFields connection={connection} onFields={setFields} />
      </div>
      <MappingActivate
        {...{ connection, text, seen }}
        blocked={broken || checking || text === seen.yaml}
        onActive={load}
      />
      <MappingDiff {...{ connection, text }} blocked={broken} />
      <MappingPreview {...{ connection, text }} blocked={broken} />
      <MappingVersions {...{ connection, seen }} onOpen={setText} onActive={load} />
    </>
  );
}
