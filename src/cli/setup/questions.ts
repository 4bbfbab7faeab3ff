import { dirname, join } from 'node:path';
import type { SetupQuestion, SetupWay } from '../../model/setup.ts';
import type { CliDeps } from '../deps.ts';
import { writeSecret } from './key-pair.ts';
import { saveState, type SetupState } from './state.ts';

/** Asks for what is open, where there is somebody to ask; defaults stand where there is nobody. */
export async function askOpen(
  deps: CliDeps,
  way: SetupWay,
  state: SetupState,
  document: string,
): Promise<void> {
  const open = way.questions.filter(
    ({ name }) => state.answers[name] === undefined && state.secrets[name] === undefined,
  );
  for (const question of open) {
    const answer =
      deps.ask === undefined && question.secret ? undefined : await answerTo(deps, question);
    if (answer === undefined || answer === '') continue;
    await keep(question, answer, state, document);
  }
  await saveState(document, state);
}

async function answerTo(deps: CliDeps, question: SetupQuestion): Promise<string | undefined> {
  const { ask, secret, fault, default: initial } = question;
  if (deps.ask === undefined) return initial;
  const typed = await deps.ask(`${ask}${initial === undefined ? '' : ` [${initial}]`}: `, secret, {
    ...(initial === undefined ? {} : { initial }),
    ...(fault === undefined ? {} : { fault }),
  });
  return typed.trim() || initial;
}

/** One by one: who stops at the next question need not answer this one again. */
async function keep(
  { name, secret }: SetupQuestion,
  answer: string,
  state: SetupState,
  document: string,
): Promise<void> {
  if (secret) {
    const file = `${state.id}.${name}.secret`;
    await writeSecret(join(dirname(document), file), answer);
    state.secrets[name] = { file };
  } else state.answers[name] = answer;
  await saveState(document, state);
}
