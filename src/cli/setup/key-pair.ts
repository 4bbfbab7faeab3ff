import { execFile } from 'node:child_process';
import { generateKeyPair, X509Certificate, createPrivateKey } from 'node:crypto';
import { access, chmod, readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { HeadwaterError } from '../../model/error.ts';

/**
 * An RSA key and a self-signed certificate for it. Node makes the key; a certificate takes openssl,
 * which every Unix and Git for Windows has.
 */

const KEY_BITS = 2048;
/**
 * Apps hold one certificate; a yearly change is forgotten less often than it is useful to thieves.
 */
const VALID_DAYS = 730;
/** Only the owner may read a secret file. */
const SECRET_MODE = 0o600;

export interface KeyFiles {
  key: string;
  certificate: string;
}

const opensslCommand = (files: KeyFiles, name: string): string[] => [
  'req',
  '-new',
  '-x509',
  '-sha256',
  '-days',
  String(VALID_DAYS),
  '-key',
  files.key,
  '-out',
  files.certificate,
  '-subj',
  `/CN=${name}`,
];

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/** Writes a secret for its owner's eyes alone, also where the file was there before. */
export async function writeSecret(file: string, text: string): Promise<void> {
  await writeFile(file, text, { mode: SECRET_MODE });
  await chmod(file, SECRET_MODE);
}

/**
 * Makes what is missing of the two files: a key that is there stays, and so does a certificate that
 * belongs to it. `config` error with the exact command where there is no openssl.
 */
export async function makeKeyPair(files: KeyFiles, name: string): Promise<void> {
  if (!(await exists(files.key))) {
    const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: KEY_BITS });
    await writeSecret(files.key, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  }
  if ((await exists(files.certificate)) && (await belongs(files))) return;
  const args = opensslCommand(files, name);
  try {
    await promisify(execFile)('openssl', args);
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new HeadwaterError(
      'config',
      missing
        ? 'there is no openssl on this machine to make the certificate'
        : `openssl made no certificate: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
      {
        code: 'OPENSSL',
        cure: `The key is in ${files.key}. Where openssl is, run: openssl ${args.map((arg) => (/^[\w./:=-]+$/.test(arg) ? arg : `"${arg}"`)).join(' ')}, then go on with --resume.`,
        cause: error,
      },
    );
  }
}

async function belongs(files: KeyFiles): Promise<boolean> {
  try {
    return new X509Certificate(await readFile(files.certificate)).checkPrivateKey(
      createPrivateKey(await readFile(files.key)),
    );
  } catch {
    return false; // neither can be used: a new certificate replaces it
  }
}
