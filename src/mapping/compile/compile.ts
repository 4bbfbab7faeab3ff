import { canonicalJson, contentHash } from '../../model/canonical.ts';
import { HeadwaterError } from '../../model/error.ts';
import type { MappedRow } from '../../model/entities.ts';
import type {
  CompiledMapping,
  DescribeLookup,
  FieldRule,
  MappingDocument,
} from '../../model/mapping.ts';
import { patternFault } from '../document/pattern.ts';
import { exists, resolvePath } from '../document/paths.ts';
import { playbookFaults } from '../document/playbook.ts';
import { readsOutcome, withOutcome } from './outcome.ts';
import { compileRows } from './row-mapper.ts';
import { optionLabels } from '../../model/options.ts';
import { pathsOf, ruleObject, sourcesOf, type Source } from '../document/sources.ts';
import { streamsOf, type LiveSource } from './streams.ts';
import { wordFields } from './words.ts';
import { compileWrites } from './writes.ts';
import { isZone } from '../../model/zone.ts';

/**
 * Raised when the same document and row come to map differently, so that every
 * local copy is mapped again.
 */
const MAPPER_REVISION = 3;

const CHECK = 'Run `headwater mapping check`: it lists every fault with its line.';

function fail(message: string): never {
  throw new HeadwaterError('config', message, { cure: CHECK });
}

function checkRule(given: FieldRule, place: string): void {
  const rule = ruleObject(given);
  const fault = rule.parse === undefined ? null : patternFault(rule.parse);
  if (fault !== null) fail(`The pattern of ${place} ${fault}.`);
  if (rule.zone !== undefined && !isZone(rule.zone))
    fail(`${place} names the time zone \`${rule.zone}\`, which does not exist.`);
  if (rule.divideBy === 0) fail(`${place} divides by zero.`);
  for (const inner of rule.coalesce ?? []) checkRule(inner, place);
}

/**
 * Sources whose object the org has. A field that vanished must stop the run: read as empty
 * it would wipe good values.
 */
function liveSources(document: MappingDocument, describe: DescribeLookup): LiveSource[] {
  return sourcesOf(document).flatMap((source): LiveSource[] => {
    const object = describe(source.source.object);
    for (const [field, rule] of Object.entries(source.source.fields))
      checkRule(rule, `${source.entity}.${field}`);
    if (object === null || object === undefined) {
      if (source.source.optional === true) return [];
      return fail(
        `The CRM has no object \`${source.source.object}\` (entity ${source.entity}), or this user may not see it.`,
      );
    }
    for (const { path, optional } of pathsOf(source)) {
      if (!optional && !exists(resolvePath(object, path, describe)))
        fail(
          `${object.name} has no field \`${path}\` (entity ${source.entity}), or this user may not see it.`,
        );
    }
    return [{ ...source, source: withOutcome(source, object), object }];
  });
}

/**
 * What of the CRM's description decides how rows map: which optional things are there, which
 * texts hold several values, and where the CRM tells a deal's outcome.
 */
function describeFacts(all: Source[], live: LiveSource[], describe: DescribeLookup): unknown {
  const paths = live.flatMap((source) =>
    pathsOf(source).map(({ path }) => ({
      name: `${source.object.name}.${path}`,
      fact: resolvePath(source.object, path, describe),
    })),
  );
  const names = (keep: (fact: ReturnType<typeof resolvePath>) => boolean): string[] =>
    [...new Set(paths.filter(({ fact }) => keep(fact)).map(({ name }) => name))].sort();
  return {
    absentObjects: all
      .map(({ source }) => source.object)
      .filter((object) => !live.some((source) => source.object.name === object))
      .sort(),
    outcomes: all
      .map((source) => ({ source, object: describe(source.source.object) ?? null }))
      .filter(({ source, object }) => object !== null && readsOutcome(source, object))
      .map(({ source }) => source.source.object)
      .sort(),
    labels: live.flatMap(({ entity, source, object }) =>
      wordFields(entity, source).flatMap((path) => {
        const fact = resolvePath(object, path, describe);
        return exists(fact) ? [[object.name, path, ...optionLabels(fact.field)]] : [];
      }),
    ),
    absent: names((fact) => !exists(fact)),
    multiple: names(
      (fact) =>
        exists(fact) && (fact.field.type === 'multipicklist' || fact.field.several === true),
    ),
  };
}

function fixedStages(document: MappingDocument): MappedRow[] {
  return (document.stages ?? []).map((stage) => ({
    entity: 'stage',
    object: 'mapping',
    id: stage.key,
    values: {
      key: stage.key,
      label: stage.label ?? stage.key,
      order: stage.order,
      closed: stage.closed,
      won: stage.won,
      probability: stage.probability ?? null,
      active: true,
    },
    stampMs: 0,
    deleted: false,
    mergedIntoId: null,
  }));
}

/**
 * A document against one org's description, ready to map. Pure: the same input gives the same
 * mapper, and `version` (`contentHash` of model/canonical.ts) changes exactly when a row
 * could map differently: with settings.timeZone, stages, entities, dealPartner, or which
 * optional fields the org has.
 * Throws HeadwaterError `config` on what `checkMapping` calls an error in sources (unknown object
 * or field, unsafe pattern, unknown zone).
 */
export function compileMapping(
  document: MappingDocument,
  describe: DescribeLookup,
): CompiledMapping {
  const { settings, stages, entities, dealPartner } = document;
  if (!isZone(settings.timeZone)) fail(`The time zone \`${settings.timeZone}\` does not exist.`);
  const [fault] = playbookFaults(document);
  if (fault !== undefined) fail(fault.message);
  const live = liveSources(document, describe);
  return {
    crm: document.crm,
    version: contentHash(
      canonicalJson({
        revision: MAPPER_REVISION,
        timeZone: settings.timeZone,
        stages,
        entities,
        dealPartner,
        facts: describeFacts(sourcesOf(document), live, describe),
      }),
    ),
    settings,
    dealPartner,
    streams: streamsOf(live, describe),
    writes: compileWrites(document, describe),
    fixedStages: fixedStages(document),
    playbook: document.playbook,
    mapRow: compileRows(live, describe, settings.timeZone),
  };
}
