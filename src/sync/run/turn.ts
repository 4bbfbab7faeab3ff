/** Whoever waits beside a long computation (a signal, another request) gets a turn. */
export const othersTurn = async (): Promise<void> =>
  await new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
