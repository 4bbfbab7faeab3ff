import { API_VERSION, SOURCE } from './project.ts';
import { metadataXml, type XmlNode } from './xml.ts';

/**
 * The same content as the Metadata API takes it: what belongs to an object inside the object's
 * file, no `-meta.xml` in names, and a manifest of everything.
 */

/** Folder of the project -> type of what lies in it. */
const TYPES: Record<string, string> = {
  dashboards: 'Dashboard',
  flexipages: 'FlexiPage',
  labels: 'CustomLabels',
  lwc: 'LightningComponentBundle',
  permissionsets: 'PermissionSet',
  reportTypes: 'ReportType',
  reports: 'Report',
};
/** Folder below an object -> element of its file, and type. */
const PARTS: Record<string, [element: string, type: string]> = {
  fields: ['fields', 'CustomField'],
  listViews: ['listViews', 'ListView'],
};
const HEAD = /^<\?xml[^>]*>\s*<\w+ xmlns="[^"]*">\n?/;

export function metadataFormat(source: ReadonlyMap<string, string>): Map<string, string> {
  const files = new Map<string, string>();
  const objects = new Map<string, string[]>();
  const members = new Map<string, Set<string>>();
  const note = (type: string, name: string): void => {
    members.set(type, (members.get(type) ?? new Set()).add(name));
  };
  for (const [path, text] of source) {
    if (!path.startsWith(`${SOURCE}/`)) continue;
    const [folder = '', ...rest] = path.slice(SOURCE.length + 1).split('/');
    const type = TYPES[folder];
    if (folder === 'objects') {
      const [object = '', part = '', file = ''] = rest;
      const [element, child] = PARTS[part] ?? ['', ''];
      objects.set(object, [...(objects.get(object) ?? []), inside(element, text)]);
      note(child, `${object}.${file.replace(/\.\w+-meta\.xml$/, '')}`);
    } else if (folder === 'lwc') {
      files.set(`lwc/${rest.join('/')}`, text);
      note('LightningComponentBundle', rest[0] ?? '');
    } else if (type !== undefined) {
      const name = rest.join('/');
      const isFolder = /\.\w+Folder-meta\.xml$/.test(name);
      files.set(
        `${folder}/${isFolder ? name.replace(/\.\w+-meta/, '-meta') : name.replace('-meta.xml', '')}`,
        text,
      );
      note(type, name.replace(/\.\w+-meta\.xml$/, ''));
    }
  }
  for (const [object, parts] of objects)
    files.set(`objects/${object}.object`, wrapped('CustomObject', parts.join('')));
  return new Map([['package.xml', manifest(members)], ...files]);
}

const inside = (element: string, text: string): string =>
  `<${element}>${text.replace(HEAD, '').replace(/<\/\w+>\s*$/, '')}</${element}>`;

const wrapped = (root: string, body: string): string =>
  metadataXml(root, {}).replace(`\n</${root}>`, `${body}</${root}>`);

const manifest = (members: Map<string, Set<string>>): string =>
  metadataXml('Package', {
    types: [...members].map(([name, all]): XmlNode => ({ members: [...all].sort(), name })),
    version: API_VERSION,
  });
