import type { Request } from 'express';

export type ErrorFormat = 'html' | 'problem' | 'text';

/** In the order in which they are preferred where the client has no preference. */
const TYPES: Readonly<Record<string, ErrorFormat>> = {
  'text/html': 'html',
  'application/problem+json': 'problem',
  'application/json': 'problem',
  'text/plain': 'text',
};

/** The format that the client likes best, by the q-values of its `Accept`; text where it takes none of them. */
export function errorFormat(request: Request): ErrorFormat {
  return TYPES[preferredType(request, Object.keys(TYPES)) ?? 'text/plain'] ?? 'text';
}

/** What the client likes best of these types, by the q-values of its `Accept`; undefined where it takes none of them. */
export function preferredType<T extends string>(request: Request, types: readonly T[]): T | undefined {
  // Parameters such as a charset would have to be the same in what is offered.
  const accept = request.get('Accept')?.replace(/;(?!\s*q\s*=)[^;,]*/gi, '');
  const client = Object.create(request, { headers: { value: { accept } } }) as Request;
  const best = client.accepts([...types]);
  return types.find((type) => type === best);
}

/** Whether the client takes anything, and prefers nothing, such as `curl`. */
export function takesAnything(request: Request): boolean {
  return (request.get('Accept') ?? '*/*').trim() === '*/*';
}
