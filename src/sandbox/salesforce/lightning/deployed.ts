/** The components for record pages that were deployed to an org, and the labels they use. */
import { documentOf, listOf, rootOf } from '../metadata-api/document.ts';
import type { Entry } from '../metadata-api/store.ts';
import { storeOf } from '../metadata-api/store.ts';
import type { SandboxOrg } from '../org.ts';
import type { LightningSource } from './modules.ts';

export interface Placed {
  bundle: string;
  label: string;
}

export function deployedSource(org: SandboxOrg): LightningSource {
  const store = storeOf(org);
  const labels = store
    .ofType('CustomLabels')
    .flatMap(({ files }) =>
      [...files.values()].flatMap((bytes) =>
        listOf(documentOf(rootOf(bytes, 'CustomLabels')), 'labels').map(
          (label): [string, string] => [String(label.fullName), String(label.value)],
        ),
      ),
    );
  return {
    bundles: new Map(bundlesOf(org).map(({ fullName, files }) => [fullName, files])),
    labels: new Map(labels),
  };
}

/** Changes whenever another source was deployed. */
export const deployedVersion = (org: SandboxOrg): string =>
  [...bundlesOf(org), ...storeOf(org).ofType('CustomLabels')]
    .map(({ fullName, files }) => `${fullName}:${[...files.values()].map(String).join()}`)
    .join('|');

const bundlesOf = (org: SandboxOrg): Entry[] => storeOf(org).ofType('LightningComponentBundle');

interface Offer extends Placed {
  /** None = every object. */
  objects: string[];
}

/** Components whose configuration offers them for record pages. */
const offers = (org: SandboxOrg): Offer[] =>
  bundlesOf(org).flatMap(({ fullName, files }) => {
    const bytes = files.get(`${fullName}/${fullName}.js-meta.xml`);
    if (bytes === undefined) return [];
    const text = Buffer.from(bytes).toString('utf8');
    const objects = [...text.matchAll(/<object>(\w+)<\/object>/g)].map(([, name]) => name!);
    const isOffered = /<isExposed>true</.test(text) && /<target>lightning__RecordPage</.test(text);
    const label = /<masterLabel>([^<]*)</.exec(text)?.[1] ?? fullName;
    return isOffered ? [{ bundle: fullName, label, objects }] : [];
  });

/** Those for record pages of an object. */
export const placedOn = (org: SandboxOrg, object: string): Placed[] =>
  offers(org)
    .filter(({ objects }) => objects.length === 0 || objects.includes(object))
    .map(({ bundle, label }) => ({ bundle, label }));

/** Objects that any of them names, in the order of their names. */
export const offeredFor = (org: SandboxOrg): string[] =>
  [...new Set(offers(org).flatMap(({ objects }) => objects))].sort();
