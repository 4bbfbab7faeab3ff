import * as z from 'zod';
import { cleanLine } from '../../model/clean-text.ts';
import { asHeadwaterError } from '../../model/error.ts';
import type { Language } from '../../model/language/languages.ts';
import type { Reworded, Rewriter } from '../../model/rewriter.ts';
import { otherFigures } from '../../model/same-figures.ts';
import { demandAddress, secretOf } from './address.ts';

export interface RewordDeps {
  fetch: typeof fetch;
  hosts: readonly string[];
  secrets: Readonly<Record<string, string>>;
}

const WHAT = 'rewriter';
/** Models answer slowly; a person waits for it. */
const TIMEOUT_MS = 30_000;
/** A longer answer is no summary. */
const MOST = 2000;

const INSTRUCTION = `Reword the summary you are given for a business reader, in its own language.
Keep every number and name as it is written and in the same order, write no number in words, add no
fact and no advice. Answer with the reworded summary alone.`;

const answerSchema = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
});

/** What a model made of a text. Errors: whatever went wrong on the way. */
async function asked({ url, model, secret }: Rewriter, text: string, deps: RewordDeps) {
  demandAddress(url, deps, WHAT);
  const key = secret === undefined ? null : secretOf(secret, deps.secrets, WHAT);
  const response = await deps.fetch(url, {
    method: 'POST',
    // What was meant for one host is sent to no other.
    redirect: 'manual',
    headers: {
      'content-type': 'application/json',
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
    },
    body: JSON.stringify({
      ...{ model, temperature: 0 },
      messages: [
        { role: 'system', content: INSTRUCTION },
        { role: 'user', content: text },
      ],
    }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) {
    await response.body?.cancel();
    return { answer: null, status: response.status };
  }
  const found = answerSchema.safeParse(await response.json().catch(() => null));
  const content = found.data?.choices[0]!.message.content ?? '';
  return { answer: cleanLine(content).trim(), status: response.status };
}

/** Why an answer may not stand for the text; null = it may. */
function refusal(text: string, answer: string, names: readonly string[], language: Language) {
  if (answer === '') return 'the language model answered nothing';
  if (answer.length > MOST || /<\/?\w|https?:|\]\(/i.test(answer))
    return 'the language model answered more than a summary';
  const other = otherFigures(text, answer, language);
  if (other !== null) return `the language model changed the numbers (${other})`;
  const lost = names.find((name) => text.includes(name) && !answer.includes(name));
  return lost === undefined ? null : `the language model left out ${lost}`;
}

/**
 * Asks a language model for other words, and shows them only where they hold the same numbers and
 * names. Nothing but the sentences is sent; whatever goes wrong, the sentences stay.
 */
export async function reword(
  rewriter: Rewriter,
  sentences: string[],
  names: readonly string[],
  language: Language,
  deps: RewordDeps,
): Promise<Reworded> {
  const text = sentences.join(' ');
  try {
    const { answer, status } = await asked(rewriter, text, deps);
    const refused =
      answer === null
        ? `the language model answered ${status}`
        : refusal(text, answer, names, language);
    return { sentences, rewritten: refused === null ? answer : null, refused };
  } catch (error) {
    const known = asHeadwaterError(error);
    // The message of a failed call may hold its address.
    const refused =
      known.kind === 'config' ? known.message : 'the language model cannot be reached';
    return { sentences, rewritten: null, refused };
  }
}
