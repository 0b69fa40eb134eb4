import { session } from '../../../api/session';
import type { Problem } from './types';

/** A refusal of the server, as its problem document says it. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly problems: Problem[] = [],
    /** Further members of the document. */
    readonly members: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

export interface Answer<T> {
  data: T;
  etag: string | null;
}

export function accessToken(): string | undefined {
  return session.token();
}

export async function request<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
  let response = await send(method, path, body, headers);
  if (response.status === 401 && (await session.renew())) response = await send(method, path, body, headers);
  const text = await response.text();
  const data = text ? (JSON.parse(text) as unknown) : undefined;
  if (response.ok) return { data: data as T, etag: response.headers.get('ETag') };
  const problem = (data ?? {}) as { code?: string; detail?: string; title?: string; problems?: Problem[] };
  throw new ApiProblem(response.status, problem.code ?? 'unknown', problem.detail ?? problem.title ?? 'The server refused.', problem.problems, {
    ...problem,
  });
}

function send(method: string, path: string, body: unknown, headers: Record<string, string>): Promise<Response> {
  const bearer = accessToken();
  return fetch(path, {
    method,
    headers: {
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(bearer && { Authorization: `Bearer ${bearer}` }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}
