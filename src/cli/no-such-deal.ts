import { HeadwaterError } from '../model/error.ts';

export const noSuchDeal = (typed: string): HeadwaterError =>
  new HeadwaterError('config', `there is no deal ${typed}`, {
    cure: 'Give its id as the CRM shows it; a deal that is new is here after the next run.',
  });
