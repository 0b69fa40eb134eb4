import { allowance } from './allowance';
import { session } from './session';
import type { Violation } from './types';

/** A refusal of the hub, as its problem document (RFC 9457) says it. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly violations: readonly Violation[] = [],
    readonly traceId?: string,
    /** Everything that the document says, what only some codes have included. */
    readonly members: Readonly<Record<string, unknown>> = {},
    /** When the same may be asked again, in milliseconds from now. */
    readonly retryAfter?: number,
  ) {
    super(message);
  }
}

export interface Answer<T> {
  data: T;
  etag: string | null;
}

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** What is asked right now: a button that is pressed twice asks once. */
const underway = new Map<string, Promise<Answer<unknown>>>();

/** Calls the hub as the signed-in user; an expired access token is renewed once, behind the caller's back. */
export function call<T>(path: string, options: Call = {}): Promise<Answer<T>> {
  const { method = 'GET', body, headers, signal } = options;
  if (method === 'GET' || signal || body instanceof FormData) return ask<T>(path, options);
  const question = JSON.stringify([session.who(), method, path, body, headers]);
  const asked = underway.get(question) ?? ask<T>(path, options).finally(() => underway.delete(question));
  underway.set(question, asked);
  return asked as Promise<Answer<T>>;
}

async function ask<T>(path: string, options: Call): Promise<Answer<T>> {
  const response = await send(path, options);
  if (response.status === 401) session.end();
  return answer<T>(response);
}

export const get = async <T>(path: string, signal?: AbortSignal): Promise<T> => (await call<T>(path, { signal })).data;
export const post = async <T = void>(path: string, body?: unknown): Promise<T> => (await call<T>(path, { method: 'POST', body })).data;
export const remove = async (path: string, headers?: Record<string, string>): Promise<void> => {
  await call(path, { method: 'DELETE', headers });
};

/** Lets the browser save what the hub answers as a file. */
export async function download(path: string, name: string, headers?: Record<string, string>): Promise<void> {
  const response = await send(path, { headers });
  if (!response.ok) {
    await answer(response);
    return;
  }
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** `?a=1&b=2` of what is set. */
export function query(values: Record<string, string | number | null | undefined>): string {
  const set = Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return set.length === 0 ? '' : `?${new URLSearchParams(set.map(([key, value]) => [key, String(value)]))}`;
}

/** What was begun for one person in one organization is sent for them or not at all. */
const elsewhere = (): ApiProblem =>
  new ApiProblem(409, 'working-elsewhere', 'In another tab you went on in another organization, or as somebody else. Nothing was sent: load this page anew.');

async function send(path: string, options: Call): Promise<Response> {
  if (session.hasLeft()) throw elsewhere();
  const who = session.who();
  const response = await once(path, options);
  allowance.hear(response.headers);
  if (response.status !== 401) return response;
  const renewed = await session.renew();
  if (session.hasLeft() || (who !== undefined && who !== session.who())) throw elsewhere();
  return renewed ? once(path, options) : response;
}

function once(path: string, { method = 'GET', body, headers, signal }: Call): Promise<Response> {
  const token = session.token();
  const form = body instanceof FormData;
  return fetch(path, {
    method,
    signal,
    headers: {
      ...(body !== undefined && !form && { 'Content-Type': 'application/json' }),
      ...(token && { Authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: body === undefined ? undefined : form ? body : JSON.stringify(body),
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiProblem(0, 'unreachable', 'The hub does not answer. Check that it runs and try again.');
  });
}

export async function answer<T>(response: Response): Promise<Answer<T>> {
  const text = await response.text();
  const data = parse(text);
  if (response.ok) return { data: data as T, etag: response.headers.get('ETag') };
  const problem = (data ?? {}) as { code?: string; detail?: string; title?: string; violations?: Violation[]; traceId?: string };
  throw new ApiProblem(
    response.status,
    problem.code ?? 'unknown',
    problem.detail ?? problem.title ?? `The hub refused (${response.status}).`,
    problem.violations,
    problem.traceId,
    { ...problem },
    seconds(response.headers.get('Retry-After')),
  );
}

function seconds(header: string | null): number | undefined {
  const value = Number(header);
  return header === null || Number.isNaN(value) ? undefined : value * 1000;
}

function parse(text: string): unknown {
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
