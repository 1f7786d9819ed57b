/** From a worker: it serves at this address. */
export interface ReadyMessage {
  readonly type: 'ready';
  readonly address: string;
}

/** To a worker: it shall end once the requests are answered that it has. */
export interface StopMessage {
  readonly type: 'stop';
  /** Said in the log. */
  readonly reason: string;
  /** Whether another worker takes over, so that clients with an open connection need not notice. */
  readonly isReplaced: boolean;
}

/** Whether a message is one of this type; the cluster and the rate limiters send others over the same channel. */
export function isMessage<T extends ReadyMessage | StopMessage>(
  message: unknown,
  type: T['type'],
): message is T {
  return (message as { readonly type?: unknown } | null)?.type === type;
}
