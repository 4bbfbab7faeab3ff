import type { PackageTexts } from '../../kit/card/texts.ts';
import { SOURCE, type SourceFile } from './project.ts';
import type { ReportIdea } from './report-ideas.ts';
import { metadataXml, type XmlNode } from './xml.ts';

interface Panel {
  idea: ReportIdea;
  sums: string | null;
  by: string;
}

/** Twelve columns, two panels in a row. */
const COLUMNS = 12;
const [WIDTH, HEIGHT] = [6, 8];
const MOST_BARS = 10;

/** One dashboard that everybody with the reports' folder may open. */
export const dashboard = (folder: string, panels: Panel[], texts: PackageTexts): SourceFile => [
  `${SOURCE}/dashboards/${folder}/Channel.dashboard-meta.xml`,
  metadataXml('Dashboard', {
    backgroundEndColor: '#FFFFFF',
    backgroundFadeDirection: 'Diagonal',
    backgroundStartColor: '#FFFFFF',
    chartTheme: 'light',
    colorPalette: 'unity',
    dashboardGridLayout: {
      dashboardGridComponents: panels.map((panel, at) => place(folder, panel, at, texts)),
      numberOfColumns: COLUMNS,
      rowHeight: 36,
    },
    dashboardType: 'SpecifiedUser',
    isGridLayout: true,
    textColor: '#000000',
    title: texts.dashboard,
    titleColor: '#000000',
    titleSize: 12,
  }),
];

const place = (folder: string, panel: Panel, at: number, texts: PackageTexts): XmlNode => ({
  colSpan: WIDTH,
  columnIndex: (at * WIDTH) % COLUMNS,
  dashboardComponent: component(folder, panel, texts),
  rowIndex: Math.floor((at * WIDTH) / COLUMNS) * HEIGHT,
  rowSpan: HEIGHT,
});

function component(folder: string, { idea, sums, by }: Panel, texts: PackageTexts): XmlNode {
  const summary: XmlNode =
    sums === null
      ? { aggregate: 'RowCount', axisBinding: 'y', column: 'RowCount' }
      : { aggregate: 'Sum', axisBinding: 'y', column: sums };
  const all: XmlNode = {
    chartSummary: summary,
    componentType: idea.chart,
    displayUnits: 'Auto',
    header: texts[idea.title],
    report: `${folder}/${idea.name}`,
  };
  if (idea.chart === 'Metric') return { ...all, indicatorHighColor: '#54C254' };
  return {
    ...all,
    autoselectColumnsFromReport: false,
    chartAxisRange: 'Auto',
    drillEnabled: false,
    drillToDetailEnabled: false,
    enableHover: true,
    groupingColumn: by,
    legendPosition: 'Bottom',
    maxValuesDisplayed: MOST_BARS,
    showPercentage: false,
    showValues: true,
    sortBy: 'RowValueDescending',
    useReportChart: false,
  };
}
