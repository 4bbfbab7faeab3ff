import type { AlertChannel, KeptAlert } from '../../model/alert.ts';
import type { CrmTask, CrmTasks } from '../../model/crm-task.ts';
import type { Intent } from '../../store/intents.ts';
import { demandAddress, secretOf as secretIn } from '../outbound/address.ts';

/** An alert with its words, as a channel sends it. */
export interface Message {
  /** The same however often it is sent: who gets it twice can tell. */
  id: string;
  title: string;
  lines: string[];
  alerts: KeptAlert[];
  /** Mail address of whom it is for; null = there is none, or it is for a room. */
  to: string | null;
  toName: string | null;
  /** The record that it is about; null = it is gone, or it is about the engine. */
  about: CrmTask['about'];
  nowMs: number;
}

/** One mail, for whatever sends mails on this host. */
export interface Mail {
  from: string;
  to: string;
  subject: string;
  text: string;
  /** Makes a mail that is sent twice recognisable. */
  id: string;
}

export interface ChannelDeps {
  fetch: typeof fetch;
  nowMs: () => number;
  /** Hosts that whoever runs this lists beside the known ones (HEADWATER_HOSTS). */
  hosts: readonly string[];
  secrets: Readonly<Record<string, string>>;
  /** Sends by SMTP; absent where the host has no sockets. Errors: `config` for an unusable URL. */
  smtp?: (url: string, mail: Mail) => Promise<Sent>;
  /** Tasks of the CRM; null = it has none. Absent where this host reaches no CRM here. */
  tasks?: () => Promise<CrmTasks | null>;
}

/** What a channel wrote into the CRM: a field of a record, so that it can be taken back. */
export interface Written extends Pick<Intent, 'object' | 'recordId' | 'field'> {
  /** What takes it back, and what stands there now. */
  oldValue: string;
  newValue: string;
}

/** `gone`: nothing more will ever be taken there. `refused`: this message will not be taken. */
export type Sent =
  | { ok: true; wrote?: Written }
  | { ok: false; why: 'gone' | 'refused' | 'later'; error: string };

/** So long a channel may take; more would hold up all that comes behind. */
const TIMEOUT_MS = 15_000;

export const secretOf = (name: string, { secrets }: ChannelDeps): string =>
  secretIn(name, secrets, 'alerts');

/** Statuses after which the same message may be taken a moment later. */
const LATER = new Set([401, 403, 404, 408, 409, 425, 429]);

function sentBy(response: Response): Sent {
  const { status } = response;
  if (response.ok) return { ok: true };
  if (status === 410) return { ok: false, why: 'gone', error: 'answered 410: it is gone for good' };
  // A body or a secret that was meant for one host is sent to no other.
  if (response.type === 'opaqueredirect' || (status >= 300 && status < 400))
    return { ok: false, why: 'later', error: 'redirects; give its new address' };
  const why = status >= 500 || LATER.has(status) ? 'later' : 'refused';
  return { ok: false, why, error: `answered ${status}` };
}

/** Posts JSON to where alerts may go. Never follows a redirect, never throws for the network. */
export async function postJson(
  url: string,
  body: string,
  headers: Record<string, string>,
  deps: ChannelDeps,
): Promise<Sent> {
  demandAddress(url, deps, 'alerts');
  try {
    const response = await deps.fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    return sentBy(response);
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    // Its message may hold the address, which is a secret of some channels.
    return {
      ...{ ok: false, why: 'later' },
      error: name === 'TimeoutError' ? 'did not answer in 15 s' : 'cannot be reached',
    };
  }
}

/** One kind of channel. `grouped`: many alerts for one person make one message. */
export interface Sender<Kind extends AlertChannel['kind']> {
  grouped: boolean;
  send(
    channel: Extract<AlertChannel, { kind: Kind }>,
    message: Message,
    deps: ChannelDeps,
  ): Promise<Sent>;
}
