import { CALLBACK_PORT, callbackUrl } from '../../../src/model/setup.ts';
import { FIELD_SCOPES, OPTIONAL_SCOPES, READ_SCOPES, WRITE_SCOPES } from '../scopes.ts';

/**
 * The app itself. It signs in by OAuth, since a service key carries no card; the same app connects
 * Headwater.
 */
export const appFile = (description: string): [string, string] => [
  'src/app/app-hsmeta.json',
  `${JSON.stringify(
    {
      uid: 'headwater_app',
      type: 'app',
      config: {
        name: 'Headwater',
        description,
        distribution: 'private',
        auth: {
          type: 'oauth',
          redirectUrls: [callbackUrl(CALLBACK_PORT)],
          requiredScopes: ['oauth', ...READ_SCOPES, ...WRITE_SCOPES, ...FIELD_SCOPES],
          optionalScopes: OPTIONAL_SCOPES,
          conditionallyRequiredScopes: [],
        },
        permittedUrls: { fetch: [], iframe: [], img: [] },
      },
    },
    null,
    2,
  )}\n`,
];
