import type { PackagedWrite } from '../../../src/model/packaging.ts';
import { COMPONENT } from './component.ts';
import { PAGES_SOURCE, type SourceFile } from './project.ts';
import { metadataXml, type XmlNode } from './xml.ts';

/**
 * Whole record pages, for an org where nobody has arranged any yet. They stand in a folder of their
 * own, since one that is assigned takes the place of the page that people know.
 */
export const recordPageFiles = (writes: PackagedWrite[]): SourceFile[] =>
  [...new Set(writes.map(({ object }) => object))].map((object) => [
    `${PAGES_SOURCE}/flexipages/Headwater_${object}_Record_Page.flexipage-meta.xml`,
    recordPage(object),
  ]);

const region = (name: string, components: string[]): XmlNode => ({
  itemInstances: components.map((component) => ({
    componentInstance: {
      componentName: component,
      identifier: component.replace(':', '_'),
    },
  })),
  name,
  type: 'Region',
});

const recordPage = (object: string): string =>
  metadataXml('FlexiPage', {
    description: `A page of ${object} with what Headwater says beside it; for orgs without one`,
    flexiPageRegions: [
      region('header', ['force:highlightsPanel']),
      region('main', ['force:detailPanel', 'force:relatedListContainer']),
      region('sidebar', [`c:${COMPONENT}`, 'runtime_sales_activities:activityPanel']),
    ],
    masterLabel: `Headwater ${object} Record Page`,
    sobjectType: object,
    template: { name: 'flexipage:recordHomeTemplateDesktop' },
    type: 'RecordPage',
  });
