/**
 * A deployment as checkDeployStatus and deployRequest report it; the same keys in XML and in JSON.
 */
import type { JsonObject } from '../http/body.ts';
import { dateTimeText } from '../http/stamps.ts';
import type { Site } from '../http/site.ts';
import { isDone } from './deployments.ts';
import type { Deployed } from './deploy.ts';
import type { DeployJob } from './jobs.ts';
import type { Problem } from './package.ts';

interface DeployDetails {
  componentFailures: JsonObject[];
  componentSuccesses: JsonObject[];
  runTestResult: JsonObject;
}

const NO_TESTS = { numFailures: 0, numTestsRun: 0, totalTime: 0 };

/** Keys in the vendor's (alphabetical) order; before the end only that it is under way. */
export function deployResult(site: Site, job: DeployJob, includeDetails: boolean): JsonObject {
  const done = isDone(site, job);
  const { outcome, options } = job;
  const errors = done
    ? outcome.failures.filter(({ warning }) => warning !== true || !options.ignoreWarnings)
    : [];
  const status = !done
    ? 'InProgress'
    : errors.length === 0 && outcome.errorMessage === null
      ? 'Succeeded'
      : outcome.kept && outcome.successes.length > 0
        ? 'SucceededPartial'
        : 'Failed';
  const user = site.org.find(job.userId);
  const name = user === undefined ? '' : String(user.row.Name ?? '');
  const startedAt = dateTimeText(job.startedMs);
  return {
    checkOnly: options.checkOnly,
    ...(done ? { completedDate: dateTimeText(job.doneMs) } : {}),
    createdBy: job.userId,
    createdByName: name,
    createdDate: startedAt,
    ...(includeDetails
      ? {
          details: done
            ? details(job)
            : ({
                componentFailures: [],
                componentSuccesses: [],
                runTestResult: NO_TESTS,
              } satisfies DeployDetails),
        }
      : {}),
    done,
    ...(done && outcome.errorMessage !== null
      ? { errorMessage: outcome.errorMessage, errorStatusCode: 'INVALID_FILE_FORMAT' }
      : {}),
    id: job.id,
    ignoreWarnings: options.ignoreWarnings,
    lastModifiedDate: dateTimeText(done ? job.doneMs : job.startedMs),
    numberComponentErrors: errors.length,
    numberComponentsDeployed: done ? outcome.successes.length : 0,
    numberComponentsTotal: outcome.total,
    numberTestErrors: 0,
    numberTestsCompleted: 0,
    numberTestsTotal: 0,
    rollbackOnError: options.rollbackOnError,
    runTestsEnabled: false,
    startDate: startedAt,
    status,
    success: status === 'Succeeded',
  };
}

function details(job: DeployJob): DeployDetails {
  const at = dateTimeText(job.doneMs);
  const { successes, failures } = job.outcome;
  const manifest = manifestRow(
    job,
    at,
    failures.every(({ fullName }) => fullName !== 'package.xml'),
  );
  return {
    componentFailures: failures.map((problem) => failureRow(problem, at)),
    componentSuccesses: [...successes.map((one) => successRow(one, at)), ...manifest],
    runTestResult: NO_TESTS,
  };
}

function successRow({ component, saved, deleted }: Deployed, createdDate: string): JsonObject {
  return {
    changed: saved.changed,
    componentType: component.type,
    created: saved.created,
    createdDate,
    deleted,
    fileName: component.fileName,
    fullName: component.fullName,
    ...(saved.id === '' ? {} : { id: saved.id }),
    success: true,
  };
}

/** The manifest itself stands among the components, without a type. */
function manifestRow(job: DeployJob, createdDate: string, good: boolean): JsonObject[] {
  if (!good || job.outcome.errorMessage !== null) return [];
  return [
    {
      changed: true,
      componentType: '',
      created: false,
      createdDate,
      deleted: false,
      fileName: 'package.xml',
      fullName: 'package.xml',
      success: true,
    },
  ];
}

function failureRow(problem: Problem, createdDate: string): JsonObject {
  return {
    changed: false,
    ...(problem.column === undefined ? {} : { columnNumber: problem.column }),
    componentType: problem.type,
    created: false,
    createdDate,
    deleted: false,
    fileName: problem.fileName,
    fullName: problem.fullName,
    ...(problem.line === undefined ? {} : { lineNumber: problem.line }),
    problem: problem.message,
    problemType: problem.warning === true ? 'Warning' : 'Error',
    success: false,
  };
}
