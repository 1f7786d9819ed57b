/** What content negotiation needs of a request; those of Express have it. */
export interface NegotiableRequest {
  get(name: string): string | undefined;
  accepts(types: string[]): string | false;
}

export type ErrorFormat = 'html' | 'problem' | 'text';

/** In order of preference where the client has none. */
const TYPES: Readonly<Record<string, ErrorFormat>> = {
  'text/html': 'html',
  'application/problem+json': 'problem',
  'application/json': 'problem',
  'text/plain': 'text',
};

/** The format that the client prefers, by the q-values of its `Accept`; text where it accepts none of them. */
export function errorFormat(request: NegotiableRequest): ErrorFormat {
  return TYPES[preferredType(request, Object.keys(TYPES)) ?? 'text/plain'] ?? 'text';
}

/** Which of these types the client prefers, by the q-values of its `Accept`; undefined where it accepts none of them. */
export function preferredType<T extends string>(
  request: NegotiableRequest,
  types: readonly T[],
): T | undefined {
  // A parameter such as a charset would have to be the same in what is offered.
  const accept = request.get('Accept')?.replace(/;(?!\s*q\s*=)[^;,]*/gi, '');
  const client = Object.create(request, { headers: { value: { accept } } }) as NegotiableRequest;
  const best = client.accepts([...types]);
  return types.find((type) => type === best);
}

/** Whether the client accepts anything and prefers nothing, as `curl` does. */
export function acceptsAnything(request: NegotiableRequest): boolean {
  return (request.get('Accept') ?? '*/*').trim() === '*/*';
}
