import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { get, type AnswerOf } from '../api/client.ts';
import { plural, signed } from '../parts/format.ts';
import { Go } from '../parts/go.tsx';
import { Loaded } from '../parts/states.tsx';
import { Steps, type Step } from '../parts/steps.tsx';

type Waterfall = NonNullable<
  AnswerOf<'/v1/connections/{id}/forecast/changes'>['change']
>['forecast'];
type Part = Waterfall['steps'][number]['by'][number];

const CAUSES: Record<Waterfall['steps'][number]['cause'], string> = {
  time: 'Time went by, with nothing new',
  facts: 'Facts',
  plan: 'The joint plan was revised',
  model: 'The model was fitted anew',
};
const PARTS: Record<Part['cause'], string> = {
  new: 'New deals',
  won: 'Won',
  lost: 'Lost',
  'pulled in': 'Pulled in from a later quarter',
  'pushed out': 'Pushed out to a later quarter',
  amount: 'Amounts changed',
  're-scored': 'Scored anew',
  model: 'The model',
  plan: 'The plan',
};
/** Names that one request may ask for. */
const MAX_NAMES = 200;
const CENT = 0.005;

/** Why a number is another one than before, part by part, each with the deals behind it. */
export function Changed({
  connection,
  change,
  caption,
  text,
}: {
  connection: string;
  change: Waterfall;
  caption: string;
  text: (value: number) => string;
}): ReactNode {
  const part = (id: string, amount: number, label: ReactNode): Step => ({
    ...{ id, amount, label, text: signed(amount, text) },
  });
  const steps = change.steps.flatMap((step): Step[] => {
    const own = step.by.map((one) =>
      part(
        `${step.cause}/${one.cause}`,
        one.amount,
        <Deals {...{ connection, text }} part={one} />,
      ),
    );
    const rest = step.amount - step.by.reduce((sum, one) => sum + one.amount, 0);
    const words = own.length > 0 ? 'Rows that came in late' : CAUSES[step.cause];
    return Math.abs(rest) < CENT && own.length > 0 ? own : [...own, part(step.cause, rest, words)];
  });
  const end = (id: string, label: string, amount: number): Step => ({
    ...{ id, label: <strong>{label}</strong>, amount, whole: true, text: text(amount) },
  });
  return (
    <Steps
      caption={caption}
      steps={[
        end('before', 'Before', change.before ?? 0),
        ...steps,
        end('after', 'Now', change.after ?? 0),
      ]}
      heads={{ label: 'What changed', number: 'By how much' }}
    />
  );
}

/** A part, which opens to the deals behind it. */
function Deals({
  connection,
  part,
  text,
}: {
  connection: string;
  part: Part;
  text: (value: number) => string;
}): ReactNode {
  const [open, setOpen] = useState(false);
  if (part.deals.length === 0) return PARTS[part.cause];
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {PARTS[part.cause]} <small className="aside">{plural(part.deals.length, 'deal')}</small>
      </summary>
      {open && <Names {...{ connection, part, text }} />}
    </details>
  );
}

function Names({ connection, part, text }: Parameters<typeof Deals>[0]): ReactNode {
  const ids = part.deals.slice(0, MAX_NAMES).map(({ dealId }) => dealId);
  const named = useQuery({
    queryKey: ['deal-names', connection, ids],
    queryFn: () =>
      get('/v1/connections/{id}/deals', { id: connection }, { ids: ids.join(','), limit: 200 }),
  });
  return (
    <Loaded of={named} what="the deals">
      {({ deals }) => {
        const names = new Map(deals.map(({ id, name }) => [id, name]));
        return (
          <ul className="bare">
            {part.deals.slice(0, MAX_NAMES).map(({ dealId, amount }) => (
              <li key={dealId}>
                {names.has(dealId) ? (
                  <Go to={[connection, 'deals', dealId]}>{names.get(dealId)}</Go>
                ) : (
                  `a deal that is gone (${dealId})`
                )}{' '}
                {signed(amount, text)}
              </li>
            ))}
          </ul>
        );
      }}
    </Loaded>
  );
}
