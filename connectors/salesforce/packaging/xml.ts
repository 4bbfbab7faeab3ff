/**
 * Metadata XML as the vendor's own tools print it: four spaces, the name first, the rest by name. A
 * name with `@` is an attribute of its element.
 */

type XmlValue = string | number | boolean | XmlNode | (string | XmlNode)[];
export interface XmlNode {
  [name: string]: XmlValue | undefined;
}

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';
const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');

function lines(node: XmlNode, indent: string): string[] {
  const names = Object.keys(node)
    .filter((name) => !name.startsWith('@'))
    .sort((a, b) => (a === 'fullName' ? -1 : b === 'fullName' ? 1 : a < b ? -1 : 1));
  return names.flatMap((name) => {
    const value = node[name];
    if (value === undefined) return [];
    return (Array.isArray(value) ? value : [value]).flatMap((each) =>
      typeof each === 'object'
        ? element(name, each, indent)
        : [`${indent}<${name}>${escaped(String(each))}</${name}>`],
    );
  });
}

function element(name: string, node: XmlNode, indent: string): string[] {
  const attributes = Object.entries(node)
    .filter(([key]) => key.startsWith('@'))
    .map(([key, value]) => ` ${key.slice(1)}="${escaped(String(value))}"`)
    .join('');
  const inside = lines(node, `${indent}    `);
  return inside.length === 0
    ? [`${indent}<${name}${attributes}/>`]
    : [`${indent}<${name}${attributes}>`, ...inside, `${indent}</${name}>`];
}

export const metadataXml = (root: string, node: XmlNode): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${NAMESPACE}">\n${lines(node, '    ').join('\n')}\n</${root}>\n`;
