import type { ReactNode } from 'react';
import { Pick, TextField, Tick } from './fields.tsx';
import { usePlace } from './place.ts';

interface Named {
  /** The name in the address. */
  name: string;
  label: string;
}
type Field =
  | (Named & { kind: 'text' | 'number' | 'tick' })
  | (Named & {
      kind: 'pick';
      all: string;
      choices: { value: string; label: string }[];
      /** What the address names is filtered by, whether or not it is one of the choices. */
      open?: true;
    });

/** What a list can be narrowed to; the address holds it, so that a view can be sent on. */
export function FilterBar({ fields }: { fields: Field[] }): ReactNode {
  const { search, setSearch } = usePlace();
  const narrowed = fields.flatMap((field) => narrowedBy(field, search[field.name]));
  return (
    <>
      {narrowed.length > 0 && <p className="printed">Only: {narrowed.join('; ')}</p>}
      <search className="filters" aria-label="Filters">
        {fields.map((field) => {
          const { name, label } = field;
          const value = search[name];
          const set = (next: string | undefined): void => setSearch({ [name]: next });
          if (field.kind === 'tick')
            return (
              <Tick
                key={name}
                label={label}
                checked={value === 'true'}
                onChange={(on) => set(on ? 'true' : undefined)}
              />
            );
          if (field.kind === 'pick') {
            const { all } = field;
            const isOther =
              value !== undefined && field.choices.every((one) => one.value !== value);
            const choices =
              field.open && isOther ? [...field.choices, { value, label: value }] : field.choices;
            return <Pick key={name} {...{ label, all, choices, value }} onChange={set} />;
          }
          const type = field.kind === 'number' ? ({ type: 'number', min: 0 } as const) : {};
          return <TextField key={name} label={label} value={value} onChange={set} {...type} />;
        })}
      </search>
    </>
  );
}

/** What a filter leaves, in words: on paper its field is not seen. */
function narrowedBy(field: Field, value: string | undefined): string[] {
  if (value === undefined) return [];
  if (field.kind === 'tick') return [field.label];
  const choice = field.kind === 'pick' ? field.choices.find((one) => one.value === value) : null;
  if (choice === undefined && field.kind === 'pick' && field.open !== true) return [];
  return [`${field.label} ${choice?.label ?? value}`];
}

export const choicesOf = (all: readonly string[]): { value: string; label: string }[] =>
  all.map((value) => ({ value, label: value[0]!.toUpperCase() + value.slice(1) }));
