/** Names of fields that hold secrets, of all forms that have been declared. */
const names = new Set<string>();
const listeners = new Set<(name: string) => void>();

export function addSecretField(name: string): void {
  if (names.has(name)) return;
  names.add(name);
  for (const listener of listeners) listener(name);
}

/** Calls the listener with the name of every field that holds a secret, such as a password: now, and as further forms are declared. */
export function onSecretField(listener: (name: string) => void): void {
  listeners.add(listener);
  for (const name of names) listener(name);
}
