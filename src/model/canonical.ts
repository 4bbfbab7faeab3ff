/** JSON with sorted keys: the same content gives the same text whatever the order of its keys. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner,
  );
}

/**
 * 106-bit content hash as text: two passes of the public-domain cyrb53 mixer with different seeds.
 * It tells changed from unchanged; it is no defence against an attacker, who
 * could change the CRM itself.
 */
export const contentHash = (text: string): string =>
  SEEDS.map((seed) => asText(mix(text, seed))).join('');

/** Hashes of many texts added up: the same texts in any order and any pages give the same sum. */
export type HashSum = [number, number, number, number];
export const emptyHash = (): HashSum => [0, 0, 0, 0];

export function addHash(sum: HashSum, text: string): void {
  const words = SEEDS.flatMap((seed) => mix(text, seed));
  words.forEach((word, i) => void (sum[i] = (sum[i]! + word) >>> 0));
}

const SEEDS = [0x9e3779b9, 0x85ebca6b];

const asText = ([h1, h2]: [number, number]): string =>
  (4294967296 * (2097151 & h2) + h1).toString(36).padStart(11, '0');

function mix(text: string, seed: number): [number, number] {
  let h1 = 0xdeadbeef ^ seed;
  let h2 = 0x41c6ce57 ^ seed;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    h1 = Math.imul(h1 ^ code, 2654435761);
    h2 = Math.imul(h2 ^ code, 1597334677);
  }
  h1 = Math.imul(h1 ^ (h1 >>> 16), 2246822507) ^ Math.imul(h2 ^ (h2 >>> 13), 3266489909);
  h2 = Math.imul(h2 ^ (h2 >>> 16), 2246822507) ^ Math.imul(h1 ^ (h1 >>> 13), 3266489909);
  return [h1 >>> 0, h2 >>> 0];
}
