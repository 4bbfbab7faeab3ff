/**
 * The metadata types the org knows, with the folder and file names of the source and zip formats
 * (as describeMetadata lists them).
 */
export interface MetadataType {
  name: string;
  directory: string;
  /** File ending; null for bundles, which are folders. */
  suffix: string | null;
  /** First three characters of the ids its components get. */
  keyPrefix: string;
  /** Elements of the file that are components of their own: element name -> type. */
  children?: Record<string, string>;
  /** Its components lie in folders, which are components too, with a file of this root. */
  folders?: string;
  /** Where in the order of a deployment it comes: what others refer to goes first. */
  rank: number;
}

/**
 * Components inside an object's file. Only fields and validation rules change what the org does;
 * the others are kept as they came.
 */
const OBJECT_CHILDREN: Record<string, string> = {
  fields: 'CustomField',
  validationRules: 'ValidationRule',
  recordTypes: 'RecordType',
  compactLayouts: 'CompactLayout',
  listViews: 'ListView',
  fieldSets: 'FieldSet',
  webLinks: 'WebLink',
  businessProcesses: 'BusinessProcess',
  indexes: 'Index',
  sharingReasons: 'SharingReason',
};

export const METADATA_TYPES: readonly MetadataType[] = [
  {
    name: 'CustomObject',
    directory: 'objects',
    suffix: 'object',
    keyPrefix: '01I',
    children: OBJECT_CHILDREN,
    rank: 0,
  },
  { name: 'LightningComponentBundle', directory: 'lwc', suffix: null, keyPrefix: '0Rb', rank: 3 },
  {
    name: 'StaticResource',
    directory: 'staticresources',
    suffix: 'resource',
    keyPrefix: '081',
    rank: 3,
  },
  { name: 'CustomLabels', directory: 'labels', suffix: 'labels', keyPrefix: '101', rank: 3 },
  {
    name: 'ReportType',
    directory: 'reportTypes',
    suffix: 'reportType',
    keyPrefix: '070',
    rank: 3,
  },
  {
    name: 'Report',
    directory: 'reports',
    suffix: 'report',
    keyPrefix: '00O',
    folders: 'ReportFolder',
    rank: 4,
  },
  {
    name: 'Dashboard',
    directory: 'dashboards',
    suffix: 'dashboard',
    keyPrefix: '01Z',
    folders: 'DashboardFolder',
    rank: 5,
  },
  {
    name: 'QuickAction',
    directory: 'quickActions',
    suffix: 'quickAction',
    keyPrefix: '09D',
    rank: 4,
  },
  { name: 'Layout', directory: 'layouts', suffix: 'layout', keyPrefix: '00h', rank: 5 },
  { name: 'FlexiPage', directory: 'flexipages', suffix: 'flexipage', keyPrefix: '0M0', rank: 6 },
  { name: 'CustomTab', directory: 'tabs', suffix: 'tab', keyPrefix: '01r', rank: 7 },
  {
    name: 'CustomApplication',
    directory: 'applications',
    suffix: 'app',
    keyPrefix: '02u',
    rank: 8,
  },
  {
    name: 'PermissionSet',
    directory: 'permissionsets',
    suffix: 'permissionset',
    keyPrefix: '0PS',
    rank: 9,
  },
];

const CHILD_PREFIXES: Record<string, string> = {
  CustomField: '00N',
  ValidationRule: '03d',
  RecordType: '012',
  CompactLayout: '0AH',
  ListView: '00B',
  FieldSet: '0IX',
  WebLink: '00b',
  BusinessProcess: '019',
  Index: '0I9',
  SharingReason: '04u',
};

/** Types that live in another type's file. */
export const CHILD_TYPES: readonly string[] = Object.values(OBJECT_CHILDREN);

export function metadataType(name: string): MetadataType | undefined {
  return METADATA_TYPES.find((one) => one.name === name);
}

/** A manifest may name single labels; they always come in the one file that holds all. */
export const LABEL = 'CustomLabel';

export function isKnownType(name: string): boolean {
  return metadataType(name) !== undefined || CHILD_TYPES.includes(name) || name === LABEL;
}

export function keyPrefixOf(type: string): string {
  return metadataType(type)?.keyPrefix ?? CHILD_PREFIXES[type] ?? '000';
}

/** Fields come after all objects, other children after all fields. */
export function rankOf(type: string): number {
  return metadataType(type)?.rank ?? (type === 'CustomField' ? 1 : 2);
}

/** The element of an object's file that holds components of a child type. */
export function childElement(type: string): string | undefined {
  return Object.entries(OBJECT_CHILDREN).find(([, name]) => name === type)?.[0];
}
