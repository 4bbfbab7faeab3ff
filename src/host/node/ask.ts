import type { Asked, Choice } from '../../cli/deps.ts';
import { HeadwaterError } from '../../model/error.ts';

/** Loaded when somebody is asked: most commands never ask. */
const prompts = async (): Promise<typeof import('@clack/prompts')> =>
  await import('@clack/prompts');

/** Questions go to stderr, so that stdout stays clean. */
const output = process.stderr;

/** Asks the person at the terminal; a hidden answer shows as dots. */
export async function askOnTerminal(
  question: string,
  hidden: boolean,
  { initial, fault }: Asked = {},
): Promise<string> {
  const clack = await prompts();
  const message = question.replace(/:\s*$/, '');
  const validate = (value: string | undefined): string | undefined =>
    value === undefined || value.trim() === '' ? undefined : (fault?.(value.trim()) ?? undefined);
  return answered(
    clack,
    hidden
      ? await clack.password({ message, validate, output })
      : await clack.text({
          message,
          validate,
          output,
          ...(initial === undefined ? {} : { placeholder: initial, defaultValue: initial }),
        }),
  );
}

/** One of a few, by the arrow keys. */
export async function chooseOnTerminal(question: string, choices: Choice[]): Promise<string> {
  const clack = await prompts();
  const options = choices.map(({ value, label, hint }) => ({
    value,
    label,
    ...(hint === undefined ? {} : { hint }),
  }));
  return answered(clack, await clack.select({ message: question, options, output }));
}

function answered(
  { isCancel }: typeof import('@clack/prompts'),
  answer: string | symbol | undefined,
): string {
  if (isCancel(answer))
    throw new HeadwaterError('config', 'stopped at a question; what was answered is kept', {
      code: 'CANCELLED',
      cure: 'Go on with --resume, where a set-up has begun.',
    });
  return typeof answer === 'string' ? answer : '';
}
