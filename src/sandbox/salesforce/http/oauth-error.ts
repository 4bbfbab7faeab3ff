import { jsonResponse } from './faults.ts';

/**
 * A refusal of an OAuth endpoint: `{"error","error_description"}`, status
 * 400 unless said otherwise.
 */
export class OAuthError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, description: string, status = 400) {
    super(description);
    this.code = code;
    this.status = status;
  }

  response(): Response {
    return jsonResponse({ error: this.code, error_description: this.message }, this.status);
  }
}
