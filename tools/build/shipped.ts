import { BUNDLED } from './bundled.ts';

/** As much of a lockfile as is read here. */
export interface Lock {
  packages: Record<string, { dev?: boolean; dependencies?: Record<string, string> }>;
}

/** What the pages import; Vite puts it into what a browser is sent. */
const IN_PAGES = [
  ...['@base-ui/react', '@tanstack/react-query', '@tanstack/react-router'],
  ...['@tanstack/react-table', 'react', 'react-dom', 'uplot'],
];

/**
 * Packages that may be in what is given out: installed, bundled or sent, and all that they need.
 */
export function shippedNames({ packages }: Lock): Set<string> {
  const names = new Set<string>();
  const add = (name: string): void => {
    if (names.has(name)) return;
    names.add(name);
    // A package that stands nested in another is looked up by its name alone: once too often, at
    // worst.
    for (const [path, { dependencies }] of Object.entries(packages))
      if (path.endsWith(`node_modules/${name}`)) Object.keys(dependencies ?? {}).forEach(add);
  };
  for (const name of [...BUNDLED, ...IN_PAGES, ...Object.keys(packages['']?.dependencies ?? {})])
    add(name);
  return names;
}
