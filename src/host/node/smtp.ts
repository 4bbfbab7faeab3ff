import { createTransport } from 'nodemailer';
import { HeadwaterError } from '../../model/error.ts';
import type { Mail } from '../../sync/alert/channel.ts';

/** So long a server may be silent. */
const TIMEOUT_MS = 15_000;

/**
 * Sends one mail by the server of a URL (`smtps://user:password@mail.acme.com`). Without TLS from
 * the start it is demanded before anything is said, except on this machine.
 */
export async function sendBySmtp(
  url: string,
  { from, to, subject, text, id }: Mail,
): Promise<void> {
  const server = URL.parse(url);
  if (server === null || !/^smtps?:$/.test(server.protocol))
    throw new HeadwaterError('config', 'alerts: the secret of the SMTP channel is no smtp:// URL', {
      code: 'SETTINGS',
      cure: 'Such as smtps://user:password@mail.acme.com, or smtp://…:587 for STARTTLS.',
    });
  const secure = server.protocol === 'smtps:';
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(server.hostname);
  const user = decodeURIComponent(server.username);
  const transport = createTransport({
    ...{ host: server.hostname, secure, requireTLS: !secure && !local },
    port: Number(server.port) || (secure ? 465 : 587),
    ...(user === '' ? {} : { auth: { user, pass: decodeURIComponent(server.password) } }),
    ...{ connectionTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS },
    // What is sent is text: nothing is read from files or fetched.
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  try {
    await transport.sendMail({ from, to, subject, text, messageId: `<${id}@headwater>` });
  } finally {
    transport.close();
  }
}
