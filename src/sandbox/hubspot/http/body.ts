/** Request bodies and query parameters, read the way HubSpot reads them. */
import type { Context } from 'hono';
import * as z from 'zod';
import { HubSpotError, invalid } from '../model/errors.ts';
import { parse, parseChange } from '../properties/definition.ts';
import type { HubEnv } from './site.ts';

export type HubContext = Context<HubEnv>;

/** The JSON body in the given shape. Throws 400 (or 415 for something that is not JSON at all). */
export async function bodyOf<T>(c: HubContext, shape: z.ZodType<T>): Promise<T> {
  const type = c.req.header('content-type') ?? '';
  const text = await c.req.text();
  if (text !== '' && type !== '' && !type.includes('json'))
    throw new HubSpotError(415, null, 'Unsupported Media Type');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw invalid('Invalid input JSON on line 1, column 1: the body is not readable');
  }
  return parse(shape, json);
}

/** The body of a change: only what it names. */
export const changeOf = async <T extends object>(
  c: HubContext,
  shape: z.ZodType<T>,
): Promise<Partial<T>> => parseChange(shape, await bodyOf(c, valuesShape));

/** A list parameter, given repeated or with commas. */
export function listParam(c: HubContext, name: string): string[] {
  return (c.req.queries(name) ?? [])
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

export function flagParam(c: HubContext, name: string): boolean {
  return c.req.query(name) === 'true';
}

/** A page size between 1 and `most`. Throws 400 outside of it. */
export function limitParam(c: HubContext, standard: number, most: number): number {
  const text = c.req.query('limit');
  if (text === undefined) return standard;
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1)
    throw invalid(`Invalid integer value for limit: ${text}`);
  if (limit > most) throw invalid(`limit must be less than or equal to ${most} but was ${limit}`);
  return limit;
}

/** A path parameter that the route has. */
export function part(c: HubContext, name: string): string {
  return decodeURIComponent(c.req.param(name) ?? '');
}

export const idShape = z.union([z.string(), z.number()]).transform(String);
export const valuesShape = z.record(z.string(), z.unknown());
