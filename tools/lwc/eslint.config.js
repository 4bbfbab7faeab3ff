import lwc from '@salesforce/eslint-config-lwc';

/** The vendor's recommended set, for the components as a package holds them. */
export default [
  ...lwc.configs.recommended.map((config) => ({ ...config, files: ['**/lwc/**/*.js'] })),
];
