import type { PackagedWrite, PackageRequest } from '../../../src/model/packaging.ts';
import { filledText, packageTexts, type PackageTexts } from '../../kit/card/texts.ts';
import { dashboard } from './dashboard.ts';
import { fieldOf } from './objects.ts';
import { IDEAS, type ReportIdea } from './report-ideas.ts';
import { SOURCE, type SourceFile } from './project.ts';
import { metadataXml, type XmlNode } from './xml.ts';

const FOLDER = 'Headwater';
const TYPE_NAMES = { partner: 'Headwater_Partners', deal: 'Headwater_Deals' } as const;
const CATEGORIES: Record<string, string> = { Account: 'accounts', Opportunity: 'opportunities' };

/** A report type for each object, reports over them, and the dashboard; none of what is missing. */
export function reportFiles({ writes, language }: PackageRequest): SourceFile[] {
  const texts = packageTexts(language);
  const objects = (['partner', 'deal'] as const).flatMap((entity) => {
    const write = writes.find((one) => one.entity === entity && one.fields.length > 0);
    return write === undefined ? [] : [write];
  });
  const wanted = IDEAS.flatMap((idea) => {
    const write = objects.find(({ entity }) => entity === idea.entity);
    const outputs = [idea.sums, idea.by].filter((name) => name !== null);
    const isThere = write !== undefined && outputs.every((name) => fieldOf(write, name));
    return isThere ? [{ idea, write }] : [];
  });
  if (wanted.length === 0) return [];
  return [
    ...objects.map((write) => reportType(write, texts)),
    folder('reports', 'ReportFolder', 'reportFolder'),
    ...wanted.map(({ idea, write }) => report(idea, write, texts)),
    folder('dashboards', 'DashboardFolder', 'dashboardFolder'),
    dashboard(
      FOLDER,
      wanted.map(({ idea, write }) => ({ idea, ...columnsOf(idea, write) })),
      texts,
    ),
  ];
}

const folder = (place: string, type: string, suffix: string): SourceFile => [
  `${SOURCE}/${place}/${FOLDER}.${suffix}-meta.xml`,
  metadataXml(type, { name: 'Headwater' }),
];

/** What the platform itself calls a column of a custom report type: `Account$Name`. */
function columnsOf(idea: ReportIdea, write: PackagedWrite) {
  const column = (output: string | null): string | null =>
    output === null ? null : `${write.object}$${fieldOf(write, output)}`;
  return { sums: column(idea.sums), by: column(idea.by) ?? `${write.object}$Name` };
}

function reportType({ object, entity, fields }: PackagedWrite, texts: PackageTexts): SourceFile {
  const columns = ['Name', ...fields.map(({ field }) => field)].map(
    (field): XmlNode => ({ checkedByDefault: field === 'Name', field, table: object }),
  );
  return [
    `${SOURCE}/reportTypes/${TYPE_NAMES[entity]}.reportType-meta.xml`,
    metadataXml('ReportType', {
      baseObject: object,
      category: CATEGORIES[object] ?? 'other',
      deployed: true,
      description: filledText(texts.typeAbout, object),
      label: entity === 'partner' ? texts.typePartners : texts.typeDeals,
      sections: [{ columns, masterLabel: 'Headwater' }],
    }),
  ];
}

function report(idea: ReportIdea, write: PackagedWrite, texts: PackageTexts): SourceFile {
  const { sums, by } = columnsOf(idea, write);
  const shown = sums ?? `${write.object}$Name`;
  return [
    `${SOURCE}/reports/${FOLDER}/${idea.name}.report-meta.xml`,
    metadataXml('Report', {
      columns: [{ field: shown, ...(sums === null ? {} : { aggregateTypes: 'Sum' }) }],
      format: 'Summary',
      groupingsDown: { dateGranularity: 'Day', field: by, sortOrder: 'Asc' },
      name: texts[idea.title],
      reportType: `${TYPE_NAMES[idea.entity]}__c`,
      scope: 'organization',
      showDetails: false,
      showGrandTotal: true,
      showSubTotals: true,
      timeFrameFilter: {
        dateColumn: `${write.object}$CreatedDate`,
        interval: 'INTERVAL_CUSTOM',
      },
    }),
  ];
}
