import type { ConnectorDeps } from '../../src/model/connector.ts';
import { HeadwaterError } from '../../src/model/error.ts';
import { RETRIES, waitAfter } from '../../src/model/retry.ts';
import { type DiskFile, listNames, realFolder, statFile } from './disk.ts';
import { fileError, toHeadwaterError } from './errors.ts';
import { type Settings, settingsOf } from './settings.ts';
import { type Survey, survey } from './survey.ts';
import { loadWritten, type Written } from './written.ts';

const WRITTEN_FILE = /\.headwater\.csv$/;
const DATA_FILE = /^(.+?)\.csv(\.gz)?$/i;

/**
 * The folder as this session sees it: which files are which objects, and what is known of each file
 * while it stays the same.
 */
export interface Folder {
  dir: string;
  settings: Settings;
  /** Touches of the disk, the counterpart of a CRM's calls. */
  calls(): number;
  objects(): Promise<string[]>;
  /** null = no such object. */
  survey(object: string): Promise<Survey | null>;
  need(object: string): Promise<Survey>;
  /** What Headwater wrote for the object. */
  written(object: string): Promise<Written>;
}

export async function openFolder(settings: Settings, deps: ConnectorDeps): Promise<Folder> {
  const dir = await told(settings.dir, async () => await realFolder(settings.dir));
  const surveys = new Map<string, Promise<Survey>>();
  const writtens = new Map<string, { version: string; written: Promise<Written> }>();
  let calls = 0;

  async function objects(): Promise<Map<string, string>> {
    calls += 1;
    return objectsOf(await told(dir, async () => await listNames(dir)), settings);
  }

  async function fileOf(object: string): Promise<DiskFile | null> {
    const name = (await objects()).get(object);
    calls += 1;
    return name === undefined ? null : await told(name, async () => await statFile(dir, name));
  }

  async function surveyOnce(object: string): Promise<Survey | null> {
    const file = await fileOf(object);
    if (file === null) return null;
    const key = `${object}\n${file.version}`;
    let answer = surveys.get(key);
    if (answer === undefined) {
      calls += 1;
      answer = told(
        file.name,
        async () => await survey(dir, object, file, settingsOf(settings, object)),
      );
      for (const old of surveys.keys()) if (old.startsWith(`${object}\n`)) surveys.delete(old);
      surveys.set(key, answer);
      answer.catch(() => surveys.delete(key));
    }
    return await answer;
  }

  async function surveyed(object: string): Promise<Survey | null> {
    for (let tries = 1; ; tries++) {
      try {
        return await surveyOnce(object);
      } catch (error) {
        const busy = error instanceof HeadwaterError && error.kind === 'transient';
        if (!busy || tries >= RETRIES.file.tries) throw error;
        deps.log('csv.retry', { object, code: error.code, tries });
        await deps.sleep(waitAfter(RETRIES.file, tries, deps.random));
      }
    }
  }

  return {
    dir,
    settings,
    calls: () => calls,
    objects: async () => [...(await objects()).keys()],
    survey: surveyed,
    need: async (object) => {
      const found = await surveyed(object);
      if (found === null) throw fileError({ file: `${object}.csv`, code: 'ENOENT' });
      return found;
    },
    async written(object) {
      const name = `${object}.headwater.csv`;
      const version = await told(name, async () =>
        [await statFile(dir, name), await statFile(dir, `${object}.headwater.json`)]
          .map((file) => file?.version ?? '')
          .join('\n'),
      );
      const known = writtens.get(object);
      if (known?.version === version) return await known.written;
      calls += 1;
      const written = told(name, async () => await loadWritten(dir, object));
      writtens.set(object, { version, written });
      written.catch(() => writtens.delete(object));
      return await written;
    },
  };
}

/** Which object each data file of the folder is: by the settings, else by its own name. */
function objectsOf(names: string[], settings: Settings): Map<string, string> {
  const named = new Map(
    Object.entries(settings.files).flatMap(([object, { file }]) =>
      file === undefined ? [] : [[file, object]],
    ),
  );
  const found = new Map<string, string>();
  for (const name of names) {
    if (!DATA_FILE.test(name) || WRITTEN_FILE.test(name)) continue;
    const object = named.get(name) ?? DATA_FILE.exec(name)?.[1] ?? name;
    if (named.get(name) === undefined && settings.files[object]?.file !== undefined) continue;
    if (found.has(object))
      throw fileError({
        file: object,
        code: 'TWO_FILES',
        detail: `${found.get(object)} and ${name}`,
      });
    found.set(object, name);
  }
  return found;
}

/** Work on a file, its failures in the engine's words. */
export async function told<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toHeadwaterError(error, file);
  }
}
