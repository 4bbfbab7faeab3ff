import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { get, put, type AnswerOf } from '../api/client.ts';
import { Confirm } from '../parts/confirm.tsx';
import { TextField } from '../parts/fields.tsx';

type Held = AnswerOf<'/v1/connections/{id}/mapping'>;

/** Puts the document in force, with a reason. */
export function MappingActivate({
  connection,
  text,
  seen,
  blocked,
  onActive,
}: {
  connection: string;
  text: string;
  seen: Held;
  blocked: boolean;
  onActive: (held: Held) => void;
}): ReactNode {
  const client = useQueryClient();
  const [why, setWhy] = useState<string | undefined>();
  const activate = async (): Promise<void> => {
    const at = { id: connection };
    await put('/v1/connections/{id}/mapping', at, { text, why: why ?? '' }, seen.version);
    setWhy(undefined);
    const held = await get('/v1/connections/{id}/mapping', at);
    onActive(held);
    await client.invalidateQueries();
  };
  return (
    <div className="decide">
      <TextField label="Why this version" type="search" value={why} onChange={setWhy} />
      <Confirm
        label="Activate"
        title="Put this mapping in force?"
        tone="main"
        disabled={blocked || why === undefined || why.trim() === ''}
        act={activate}
      >
        <p>
          The next run reads what is new and maps the local copy anew. Each version stays, so you
          can go back.
        </p>
      </Confirm>
    </div>
  );
}
