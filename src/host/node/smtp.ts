import { createTransport } from 'nodemailer';
import { HeadwaterError } from '../../model/error.ts';
import type { Mail, Sent } from '../../sync/alert/channel.ts';

/** So long a server may be silent. */
const TIMEOUT_MS = 15_000;

interface SmtpFailure {
  code?: string;
  command?: string;
  responseCode?: number;
}

/**
 * A mailbox that is no more, or a mail that is not taken, holds up no other mail. The server's own
 * words may quote the address, so only its codes are kept.
 */
function failed({ code, command, responseCode = 0 }: SmtpFailure): Sent {
  const refused =
    responseCode >= 500 && ((code === 'EENVELOPE' && command === 'RCPT TO') || code === 'EMESSAGE');
  if (refused) return { ok: false, why: 'refused', error: `was refused: ${responseCode}` };
  const codes = [code, responseCode || undefined].filter((one) => one !== undefined).join(' ');
  return { ok: false, why: 'later', error: `cannot be sent: ${codes || 'no connection'}` };
}

/**
 * Sends one mail by the server of a URL (`smtps://user:password@mail.acme.com`). Without TLS from
 * the start it is demanded before anything is said, except on this machine.
 */
export async function sendBySmtp(
  url: string,
  { from, to, subject, text, id }: Mail,
): Promise<Sent> {
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
    return { ok: true };
  } catch (error) {
    return failed(error as SmtpFailure);
  } finally {
    transport.close();
  }
}
