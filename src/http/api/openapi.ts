import * as z from 'zod';
import type { Route } from './route.ts';

const ERROR = {
  type: 'object',
  properties: {
    error: {
      type: 'object',
      properties: {
        code: { type: 'string' },
        message: { type: 'string' },
        cure: { type: ['string', 'null'] },
      },
      required: ['code', 'message', 'cure'],
    },
  },
  required: ['error'],
};
const problem = (description: string) => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
});

/** The OpenAPI 3.1 document of these routes. */
export function openApi(routes: Route[], version: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) (paths[route.path] ??= {})[route.method] = operation(route);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Headwater',
      version,
      description:
        'Partner scores, forecasts and the state of each sync. Closed without a bearer token or a Cloudflare Access session.',
    },
    paths,
    components: {
      schemas: { Error: ERROR },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        access: { type: 'apiKey', in: 'header', name: 'Cf-Access-Jwt-Assertion' },
      },
    },
  };
}

function operation(route: Route): Record<string, unknown> {
  const parameters = [
    ...[...route.path.matchAll(/\{(\w+)\}/g)].map((match) => ({
      name: match[1],
      in: 'path',
      required: true,
      schema: { type: 'string' },
    })),
    ...(route.query === undefined ? [] : queryParameters(route.query)),
  ];
  return {
    operationId: `${route.method}${route.path.replace(/[^a-z0-9]+(\w)?/gi, (_, next: string | undefined) => next?.toUpperCase() ?? '')}`,
    summary: route.summary,
    ...(route.scope === null
      ? { security: [] }
      : {
          security: [{ token: [route.scope] }, { access: [route.scope] }],
          description: `Needs the scope \`${route.scope}\`.`,
        }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(route.body, 'input') } },
          },
        }),
    responses: {
      [String(route.status ?? 200)]: {
        description: 'Done',
        content: { 'application/json': { schema: schemaOf(route.response, 'output') } },
      },
      ...(route.query === undefined && route.body === undefined
        ? {}
        : { 400: problem('Not understood') }),
      ...(route.scope === null
        ? {}
        : { 401: problem('No valid token or session'), 403: problem('The scope is missing') }),
      ...(route.path.includes('{') ? { 404: problem('Not there') } : {}),
      429: problem('Asked too often'),
    },
  };
}

function queryParameters(query: z.ZodType): Record<string, unknown>[] {
  const { properties = {}, required = [] } = schemaOf(query, 'input') as {
    properties?: Record<string, Record<string, unknown>>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

function schemaOf(type: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io, unrepresentable: 'any' });
  return schema;
}
