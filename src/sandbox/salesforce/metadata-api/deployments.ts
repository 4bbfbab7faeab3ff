/** Starting and quick-deploying deployments, for SOAP and REST alike. */
import type { JsonObject } from '../http/body.ts';
import { fault } from '../http/faults.ts';
import type { Site } from '../http/site.ts';
import type { OrgUser } from '../org-types.ts';
import { deploy, type DeployOptions } from './deploy.ts';
import { findJob, keepJob, newJobId, type DeployJob } from './jobs.ts';
import { Workshop } from './workshop.ts';

/** Vendor's limit of an archive in a SOAP or REST call. */
const MAX_ZIP_BYTES = 39 * 1024 * 1024;

/** Options as they came, over the vendor's defaults: a partial deployment has to be asked for. */
function optionsOf(asked: JsonObject): DeployOptions {
  return {
    checkOnly: asked.checkOnly === true,
    rollbackOnError: asked.rollbackOnError !== false,
    singlePackage: asked.singlePackage === true,
    ignoreWarnings: asked.ignoreWarnings === true,
    allowMissingFiles: asked.allowMissingFiles === true,
  };
}

/**
 * Deploys at once; callers see it as done when the switch for job times says so. Throws for a user
 * without the right, and for an archive too large.
 */
export function startDeployment(
  site: Site,
  user: OrgUser,
  zipFile: Uint8Array,
  asked: JsonObject,
): DeployJob {
  requireMetadataRight(user);
  if (zipFile.length > MAX_ZIP_BYTES)
    throw fault(
      400,
      'LIMIT_EXCEEDED',
      'Maximum size of request reached. Maximum size of request is 39 MB.',
    );
  const startedMs = site.org.nowMs();
  const options = optionsOf(asked);
  const outcome = deploy(new Workshop(site.org, user), zipFile, options);
  const job: DeployJob = {
    kind: 'deploy',
    id: newJobId(site.org, 'deploy'),
    userId: user.id,
    startedMs,
    doneMs: site.org.nowMs(),
    doneWallMs: site.clock.wallMs() + site.switches.bulkJobMs,
    options,
    asked,
    zipFile,
    outcome,
  };
  keepJob(site.org, job);
  return job;
}

/** Quick deploy: what a check-only deployment proved goes in without being sent again. */
export function deployValidated(site: Site, user: OrgUser, id: string): DeployJob {
  const validated = deployJob(site, id);
  if (!validated.options.checkOnly || validated.outcome.failures.length > 0)
    throw fault(400, 'INVALID_ID_FIELD', `The deployment ${id} is not a successful validation`);
  return startDeployment(site, user, validated.zipFile, { ...validated.asked, checkOnly: false });
}

/** The job of an id; throws when there is none. */
export function deployJob(site: Site, id: string): DeployJob {
  const job = findJob(site.org, 'deploy', id);
  if (job === null)
    throw fault(404, 'INVALID_ID_FIELD', `INVALID_ID_FIELD: no deployment has the id ${id}`);
  return job;
}

export function isDone(site: Site, job: { doneWallMs: number }): boolean {
  return site.clock.wallMs() >= job.doneWallMs;
}

export function requireMetadataRight(user: OrgUser): void {
  if (!user.admin)
    throw fault(
      403,
      'INSUFFICIENT_ACCESS',
      'INSUFFICIENT_ACCESS: use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions',
    );
}
