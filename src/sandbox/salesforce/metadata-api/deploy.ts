/**
 * A deployment: components saved in an order that satisfies what they refer to, all or
 * none unless told otherwise.
 */
import { OrgFault } from '../org-types.ts';
import { FileError } from './document.ts';
import { handlerOf } from './handlers.ts';
import { readPackage, type Component, type Package, type Problem } from './package.ts';
import { rankOf } from './types.ts';
import { Workshop, type Saved } from './workshop.ts';
import { unzip, ZipError } from './zip.ts';

export interface DeployOptions {
  checkOnly: boolean;
  rollbackOnError: boolean;
  singlePackage: boolean;
  ignoreWarnings: boolean;
  allowMissingFiles: boolean;
}
export interface Deployed {
  component: Pick<Component, 'type' | 'fullName' | 'fileName'>;
  saved: Saved;
  deleted: boolean;
}
export interface DeployOutcome {
  successes: Deployed[];
  failures: Problem[];
  total: number;
  errorMessage: string | null;
  /** Is anything of it in the org now? */
  kept: boolean;
}

/**
 * Deploys a zip for the workshop's user. What is wrong with it stands in the
 * outcome; nothing is thrown for it.
 */
export function deploy(shop: Workshop, zipFile: Uint8Array, options: DeployOptions): DeployOutcome {
  let content: Package;
  try {
    content = readPackage(unzip(zipFile), options.singlePackage);
  } catch (error) {
    if (error instanceof ZipError)
      return { successes: [], failures: [], total: 0, errorMessage: error.message, kept: false };
    throw error;
  }
  const problems = options.allowMissingFiles
    ? content.problems.filter(
        ({ message }) => !message.includes('was not found in zipped directory'),
      )
    : content.problems;
  const outcome: DeployOutcome = {
    successes: [],
    failures: problems,
    total: 0,
    errorMessage: null,
    kept: false,
  };
  outcome.kept = shop.run(() => {
    saveAll(shop, content.components, outcome);
    const failed = () =>
      outcome.failures.some(({ warning }) => warning !== true || !options.ignoreWarnings);
    if (options.rollbackOnError && failed()) return false;
    // Deletions come last, when everything else is known to hold: dropped fields take their
    // values with them for good.
    removeAll(shop, content, outcome, options.checkOnly);
    return !options.checkOnly && !(options.rollbackOnError && failed());
  });
  outcome.total =
    content.components.length +
    [...content.deletions.members.values()].reduce((sum, names) => sum + names.size, 0);
  return outcome;
}

/**
 * Goes over what is left again as long as that helps: components may refer to others
 * further on in the package.
 */
function saveAll(shop: Workshop, components: readonly Component[], outcome: DeployOutcome): void {
  let left = components
    .map((component, index) => ({ component, index }))
    .sort((a, b) => rankOf(a.component.type) - rankOf(b.component.type) || a.index - b.index)
    .map(({ component }) => component);
  let failures: Problem[] = [];
  for (let before = Number.POSITIVE_INFINITY; left.length > 0 && left.length < before; ) {
    before = left.length;
    failures = [];
    left = left.filter((component) => {
      const problem = saveOne(shop, component, outcome);
      if (problem !== null) failures.push(problem);
      return problem !== null;
    });
  }
  outcome.failures.push(...failures);
}

function saveOne(shop: Workshop, component: Component, outcome: DeployOutcome): Problem | null {
  const { type, fullName, fileName, line, column } = component;
  // One component is saved whole or not at all, whatever becomes of the others.
  let problem: Problem | null = null;
  let saved: Saved | null = null;
  shop.run(() => {
    try {
      saved = handlerOf(type).save(shop, component);
      return true;
    } catch (error) {
      if (!(error instanceof OrgFault || error instanceof FileError)) throw error;
      problem = {
        type,
        fullName,
        fileName,
        message: error.message,
        line: error instanceof FileError ? error.line : line,
        column: error instanceof FileError ? error.column : column,
      };
      return false;
    }
  });
  if (saved !== null) outcome.successes.push({ component, saved, deleted: false });
  return problem;
}

function removeAll(
  shop: Workshop,
  content: Package,
  outcome: DeployOutcome,
  checkOnly: boolean,
): void {
  const wanted = [...content.deletions.members].flatMap(([type, names]) =>
    [...names].map((fullName) => ({ type, fullName, fileName: 'destructiveChanges.xml' })),
  );
  for (const component of wanted.sort((a, b) => rankOf(b.type) - rankOf(a.type))) {
    try {
      const handler = handlerOf(component.type);
      const found = checkOnly
        ? handler.read(shop, component.fullName) !== null
        : handler.remove(shop, component.fullName);
      if (found)
        outcome.successes.push({
          component,
          saved: { id: '', created: false, changed: true },
          deleted: true,
        });
      else
        outcome.failures.push({
          ...component,
          message: `No ${component.type} named: ${component.fullName} found`,
          warning: true,
        });
    } catch (error) {
      if (!(error instanceof OrgFault)) throw error;
      outcome.failures.push({ ...component, message: error.message });
    }
  }
}
