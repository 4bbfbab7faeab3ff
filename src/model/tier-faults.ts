/** What in a set of ladders contradicts itself: found as the mapping is read, with its place. */

interface Rung {
  name: string;
  requires: { measure: string; atLeast: number }[];
}
interface Ladder {
  name: string;
  types?: string[] | undefined;
  rungs: Rung[];
}
interface Fault {
  message: string;
  path: (string | number)[];
}

const same = (text: string): string => text.trim().toLowerCase();

/** A type in two ladders, or two ladders for all others: a partner could stand on both. */
function shared(ladders: readonly Ladder[]): Fault[] {
  const seen = new Map<string, string>();
  return ladders.flatMap(({ name, types }, l) =>
    (types ?? ['']).flatMap((type) => {
      const before = seen.get(same(type));
      seen.set(same(type), name);
      if (before === undefined) return [];
      const of = type === '' ? 'every type that no other names' : `the type "${type}"`;
      return [{ message: `"${before}" and "${name}" are both for ${of}`, path: [l] }];
    }),
  );
}

/** A higher rung that asks less than a lower one, or two of one name. */
function contradicting({ rungs }: Ladder, l: number): Fault[] {
  const most = new Map<string, { atLeast: number; tier: string }>();
  const names = new Set<string>();
  return rungs.flatMap(({ name, requires }, r) => {
    const path = [l, 'rungs', r];
    const faults: Fault[] = names.has(same(name))
      ? [{ message: `the tier "${name}" is there twice`, path }]
      : [];
    names.add(same(name));
    if (r === 0 && requires.length > 0)
      faults.push({ message: `"${name}" is the lowest tier, so it can ask nothing`, path });
    for (const [measure, below] of most) {
      const own = requires.find((one) => one.measure === measure);
      if (own === undefined || own.atLeast < below.atLeast)
        faults.push({
          message: `"${name}" asks less ${measure} than "${below.tier}" below it`,
          path,
        });
    }
    const asked = new Set<string>();
    for (const { measure, atLeast } of requires) {
      if (asked.has(measure)) faults.push({ message: `"${name}" asks ${measure} twice`, path });
      asked.add(measure);
      most.set(measure, { atLeast, tier: name });
    }
    return faults;
  });
}

export const ladderFaults = (ladders: readonly Ladder[]): Fault[] => [
  ...shared(ladders),
  ...ladders.flatMap(contradicting),
];
