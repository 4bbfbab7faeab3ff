/** The operations of the SOAP Metadata API. */
import { fault } from '../http/faults.ts';
import type { Site } from '../http/site.ts';
import type { OrgUser } from '../org-types.ts';
import { deleteMetadata, readMetadata, saveMetadata } from './crud.ts';
import { deployResult } from './deploy-result.ts';
import {
  deployJob,
  deployValidated,
  isDone,
  requireMetadataRight,
  startDeployment,
} from './deployments.ts';
import { documentOf } from './document.ts';
import { findJob, keepJob, newJobId } from './jobs.ts';
import { describeTypes, listComponents } from './listing.ts';
import { manifestFrom } from './package.ts';
import { retrieve } from './retrieve.ts';
import { soapAnswer, type SoapCall } from './soap.ts';
import { Workshop } from './workshop.ts';
import { child, childText, xmlOf } from './xml.ts';

/** Vendor's limit of listMetadata queries in one call. */
const MAX_QUERIES = 3;

type Call = (site: Site, user: OrgUser, call: SoapCall) => Response;

const CALLS: Record<string, Call> = {
  describeMetadata: () => soapAnswer('describeMetadata', [describeTypes()]),
  listMetadata: (site, user, { body }) => {
    const queries = body.children.filter(({ name }) => name === 'queries');
    if (queries.length > MAX_QUERIES)
      throw fault(
        500,
        'LIMIT_EXCEEDED',
        `record limit reached. cannot submit more than ${MAX_QUERIES} records in this operation`,
      );
    return soapAnswer(
      'listMetadata',
      queries.flatMap((query) =>
        listComponents(new Workshop(site.org, user), childText(query, 'type') ?? ''),
      ),
    );
  },
  readMetadata: (site, user, { body }) =>
    soapAnswer('readMetadata', [{ raw: readMetadata(new Workshop(site.org, user), body) }]),
  createMetadata: saving('create'),
  updateMetadata: saving('update'),
  upsertMetadata: saving('upsert'),
  deleteMetadata: (site, user, { body, allOrNone }) =>
    soapAnswer('deleteMetadata', deleteMetadata(new Workshop(site.org, user), body, allOrNone)),
  deploy: (site, user, { body }) => {
    const options = child(body, 'DeployOptions');
    const zipFile = Buffer.from(childText(body, 'ZipFile') ?? '', 'base64');
    return started(
      'deploy',
      startDeployment(site, user, zipFile, options === undefined ? {} : documentOf(options)).id,
    );
  },
  deployRecentValidation: (site, user, { body }) =>
    soapAnswer('deployRecentValidation', [
      { raw: deployValidated(site, user, childText(body, 'validationId') ?? '').id },
    ]),
  checkDeployStatus: (site, _user, { body }) => {
    const job = deployJob(site, idOf(body.children, 'asyncProcessId'));
    return soapAnswer('checkDeployStatus', [
      deployResult(site, job, childText(body, 'includeDetails') === 'true'),
    ]);
  },
  retrieve: startRetrieval,
  checkRetrieveStatus,
};

/** Runs an operation for a user who may use metadata at all. */
export function perform(site: Site, user: OrgUser, call: SoapCall): Response {
  const work = CALLS[call.operation];
  if (work === undefined)
    throw fault(
      500,
      'CLIENT_ERROR',
      `No operation available for request {http://soap.sforce.com/2006/04/metadata}${call.operation}`,
    );
  requireMetadataRight(user);
  return work(site, user, call);
}

function saving(verb: 'create' | 'update' | 'upsert'): Call {
  return (site, user, { body, allOrNone }) =>
    soapAnswer(
      `${verb}Metadata`,
      saveMetadata(new Workshop(site.org, user), verb, body, allOrNone),
    );
}

function startRetrieval(site: Site, user: OrgUser, { body }: SoapCall): Response {
  const request = child(body, 'retrieveRequest') ?? child(body, 'request');
  const unpackaged = child(request, 'unpackaged');
  if (request === undefined || unpackaged === undefined)
    throw fault(
      500,
      'INVALID_CROSS_REFERENCE_KEY',
      'Only unpackaged components can be retrieved: the org has no packages',
    );
  const manifest = manifestFrom(documentOf(unpackaged));
  const retrieved = retrieve(
    new Workshop(site.org, user),
    manifest,
    childText(request, 'singlePackage') === 'true',
  );
  const id = newJobId(site.org, 'retrieve');
  keepJob(site.org, {
    kind: 'retrieve',
    id,
    userId: user.id,
    doneWallMs: site.clock.wallMs() + site.switches.bulkJobMs,
    retrieved,
  });
  return started('retrieve', id);
}

function checkRetrieveStatus(site: Site, _user: OrgUser, { body }: SoapCall): Response {
  const id = idOf(body.children, 'asyncProcessId');
  const job = findJob(site.org, 'retrieve', id);
  if (job === null) throw fault(500, 'INVALID_ID_FIELD', `no retrieval has the id ${id}`);
  if (!isDone(site, job))
    return soapAnswer('checkRetrieveStatus', [
      { done: false, id: job.id, status: 'InProgress', success: false },
    ]);
  const { zipFile, fileProperties, messages } = job.retrieved;
  const zip =
    childText(body, 'includeZip') === 'false'
      ? ''
      : xmlOf('zipFile', Buffer.from(zipFile).toString('base64'));
  const raw = `<done>true</done>${xmlOf('fileProperties', fileProperties)}${xmlOf('id', job.id)}${xmlOf('messages', messages)}<status>Succeeded</status><success>true</success>${zip}`;
  return soapAnswer('checkRetrieveStatus', [{ raw }]);
}

function started(operation: string, id: string): Response {
  return soapAnswer(operation, [{ done: false, id, state: 'Queued' }]);
}

function idOf(children: SoapCall['body']['children'], name: string): string {
  return children.find((one) => one.name === name || one.name === 'id')?.text.trim() ?? '';
}
