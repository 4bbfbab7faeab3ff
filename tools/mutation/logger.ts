import type { Logger } from '@stryker-mutator/api/logging';

const nothing = (): void => {};
const no = (): boolean => false;

/** What Stryker's parts would say of themselves is not what was asked. */
export const SILENT: Logger = {
  ...{ trace: nothing, debug: nothing, info: nothing, warn: nothing },
  ...{ error: nothing, fatal: nothing },
  ...{ isTraceEnabled: no, isDebugEnabled: no, isInfoEnabled: no },
  ...{ isWarnEnabled: no, isErrorEnabled: no, isFatalEnabled: no },
};
