import { readFile, rm, writeFile } from 'node:fs/promises';
import * as z from 'zod';
import { HeadwaterError } from '../../model/error.ts';

/**
 * How far a set-up has come, kept beside the connection document until it is verified. It never
 * holds a secret, only where each one is.
 */

const stateSchema = z.strictObject({
  version: z.literal(1),
  id: z.string(),
  crm: z.string(),
  way: z.string(),
  mapping: z.string(),
  answers: z.record(z.string(), z.string()),
  secrets: z.record(
    z.string(),
    z.union([z.strictObject({ file: z.string() }), z.strictObject({ env: z.string() })]),
  ),
  /** Certificate for the CRM, beside the document. */
  certificate: z.string().nullable(),
  signedIn: z.boolean(),
  /** The document is ours to write again. */
  written: z.boolean(),
});

export type SetupState = z.infer<typeof stateSchema>;

export const stateFile = (document: string): string => `${document}.setup.json`;

/** null = there is none. */
export async function loadState(document: string): Promise<SetupState | null> {
  const file = stateFile(document);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  try {
    return stateSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new HeadwaterError('config', `${file} cannot be read as a set-up in progress`, {
      code: 'SETUP_STATE',
      cure: 'Remove it and begin again; keys and secrets that were made stay where they are.',
      cause: error,
    });
  }
}

export const saveState = async (document: string, state: SetupState): Promise<void> => {
  await writeFile(stateFile(document), `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
};
export const dropState = async (document: string): Promise<void> => {
  await rm(stateFile(document), { force: true });
};
