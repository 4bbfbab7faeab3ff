import type { CrmIdentity, CrmObject } from '../../../model/connector.ts';
import type { HeadwaterError } from '../../../model/error.ts';
import type { OrgDescription } from '../../../sync/run/prepare.ts';

/** What a CRM said of itself: data alone, so that it may outlive the request that asked. */
export interface KnownOrg {
  atMs: number;
  identity: CrmIdentity | null;
  names: { name: string; label: string; custom: boolean }[] | null;
  objects: Map<string, { object: CrmObject | null; refusal: HeadwaterError | null }>;
  inOwnWords?: OrgDescription['inOwnWords'];
}
