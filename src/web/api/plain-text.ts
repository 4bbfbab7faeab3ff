/**
 * Marks that turn the direction of everything behind them: a name that holds one could show an
 * amount or a file's ending backwards. Nobody's language needs them in a name.
 */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;

/**
 * JSON whose texts turn no direction; whoever typed them into the CRM is a stranger. A document
 * that is edited and sent back stays as it is: its editor shows such marks as what they are.
 */
export const readJson = (text: string): unknown =>
  JSON.parse(text, (name, value: unknown) =>
    typeof value === 'string' && name !== 'yaml' ? value.replace(TURNING, ' ') : value,
  );
