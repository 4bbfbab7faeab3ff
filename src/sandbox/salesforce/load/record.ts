/** What a thing of the world becomes, and what making it takes. */
import type { WorldEvent } from '../../world/events.ts';
import type { OrgUser, Row } from '../org-types.ts';
import type { SandboxOrg } from '../org.ts';
import type { WorldIds } from './ids.ts';

export interface NewRecord {
  object: string;
  fields: Row;
  user: OrgUser;
}
export interface RecordContext {
  org: SandboxOrg;
  ids: WorldIds;
  /** how this world was made, told on its partner accounts */
  provenance: string;
  prm: boolean;
  multiCurrency: boolean;
}

export type Of<K extends WorldEvent['kind']> = Extract<WorldEvent, { kind: K }>;
