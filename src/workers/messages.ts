/** From a worker: it now serves at this address. */
export interface ReadyMessage {
  readonly type: 'ready';
  readonly address: string;
}

/** To a worker: finish the requests under way, then exit. */
export interface StopMessage {
  readonly type: 'stop';
  /** For the log. */
  readonly reason: string;
  /** Whether another worker takes over, so that open connections can be closed without hurry. */
  readonly isReplaced: boolean;
}

/** Whether a message is one of this type; the cluster and the rate limiters send others over the same channel. */
export function isMessage<T extends ReadyMessage | StopMessage>(
  message: unknown,
  type: T['type'],
): message is T {
  return (message as { readonly type?: unknown } | null)?.type === type;
}
