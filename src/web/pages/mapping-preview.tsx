import { useState, type ReactNode } from 'react';
import { post, type Answered } from '../api/client.ts';
import { Pick, TextField } from '../parts/fields.tsx';
import { Empty, Failure } from '../parts/states.tsx';

type Row = Answered<'post /v1/connections/{id}/mapping/preview'>['rows'][number];
type Entity = Row['after'][number]['entity'];
type Choice = 'typical' | 'refused' | 'ids';

const ENTITIES: [Entity, string][] = [
  ['partner', 'Partners'],
  ['deal', 'Deals'],
  ['account', 'Customers'],
  ['dealPartner', 'Partners on deals'],
  ['registration', 'Registrations'],
  ['activity', 'Activities'],
  ['user', 'Users'],
  ['plan', 'Plans'],
  ['target', 'Targets'],
  ['milestone', 'Milestones'],
];
const isEntity = (text: string | undefined): text is Entity =>
  ENTITIES.some(([entity]) => entity === text);

/** Real records before and after the document. */
export function MappingPreview({
  connection,
  text,
  blocked,
}: {
  connection: string;
  text: string;
  blocked: boolean;
}): ReactNode {
  const [entity, setEntity] = useState<Entity>('partner');
  const [pick, setPick] = useState<Choice>('typical');
  const [ids, setIds] = useState<string | undefined>();
  const [rows, setRows] = useState<Row[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const show = async (): Promise<void> => {
    setError(null);
    try {
      const named = (ids ?? '').split(/[\s,]+/).filter((id) => id !== '');
      const body = { text, entity, pick, ids: pick === 'ids' ? named : [] };
      const at = { id: connection };
      setRows((await post('/v1/connections/{id}/mapping/preview', at, body)).rows);
    } catch (thrown) {
      setError(thrown);
    }
  };
  return (
    <section aria-labelledby="preview">
      <h2 id="preview">Real records before and after</h2>
      <div className="filters">
        <Pick
          label="Of"
          all="Partners"
          choices={ENTITIES.slice(1).map(([value, label]) => ({ value, label }))}
          value={entity === 'partner' ? undefined : entity}
          onChange={(one) => setEntity(isEntity(one) ? one : 'partner')}
        />
        <Pick
          label="Which"
          all="Typical ones"
          choices={[
            { value: 'refused', label: 'Refused ones' },
            { value: 'ids', label: 'By their ids' },
          ]}
          value={pick === 'typical' ? undefined : pick}
          onChange={(one) => setPick(one === 'refused' || one === 'ids' ? one : 'typical')}
        />
        {pick === 'ids' && <TextField label="Ids" value={ids} onChange={setIds} />}
        <button type="button" disabled={blocked} onClick={() => void show()}>
          Show five records
        </button>
      </div>
      {error !== null && <Failure error={error} />}
      {rows?.length === 0 && <Empty>There is no such record.</Empty>}
      {rows?.map((row) => (
        <Shown key={`${row.object} ${row.id}`} row={row} />
      ))}
    </section>
  );
}

const valueOf = (value: string | number | boolean | null): string =>
  value === null ? '(empty)' : String(value);

function Shown({ row }: { row: Row }): ReactNode {
  return (
    <article className="state">
      <h3>
        {row.object} {row.id}
      </h3>
      {row.after.map(({ entity, outcome, values, reasons }) => (
        <div key={entity}>
          <p className={outcome === 'refused' ? 'failed' : ''}>
            {entity}: {outcome} {reasons.join(' ')}
          </p>
          <Values of={values} />
        </div>
      ))}
      <details>
        <summary>The record as the CRM has it</summary>
        <Values of={row.before} />
      </details>
    </article>
  );
}

const Values = ({ of }: { of: Record<string, string | number | boolean | null> }): ReactNode => (
  <dl className="pairs">
    {Object.entries(of).map(([field, value]) => (
      <div key={field}>
        <dt>{field}</dt>
        <dd>{valueOf(value)}</dd>
      </div>
    ))}
  </dl>
);
