/**
 * Marks that turn the direction of everything behind them: a name that holds one could show an
 * amount or a file's ending backwards. Nobody's language needs them in a name.
 */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;

/** JSON whose texts turn no direction; whoever typed them into the CRM is a stranger. */
export const readJson = (text: string): unknown =>
  JSON.parse(text, (_, value: unknown) =>
    typeof value === 'string' ? value.replace(TURNING, ' ') : value,
  );
