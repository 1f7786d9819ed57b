import type { Socket } from 'node:net';
import { basename } from 'node:path';
import { isLoopback } from './access-denial';
import { SocketEntry, endpoint, processIds, programOf, socketEntries, socketInodes } from './socket-table';

/** Browsers. They have connections to everywhere, but forward no requests for others. */
const BROWSERS =
  /^(?:google-)?chrom(?:e|ium)(?:-browser|-headless-shell|-stable|-beta|-unstable)?$|^headless_shell$|^(?:firefox|librewolf|waterfox|zen|floorp)(?:-bin|-esr)?$|^(?:msedge|microsoft-edge|brave(?:-browser)?|vivaldi(?:-bin)?|opera|epiphany|falkon|konqueror)$|^(?:WebKitNetworkProcess|QtWebEngineProcess)$/;

/** Remembered for each connection, since searching all processes again costs much more. */
const verdicts = new WeakMap<Socket, boolean>();
/** The processes that were found before, the last one first: it is mostly the same browser. */
const knownProcesses = new Set<string>();
const MOST_KNOWN = 10;

/**
 * Whether the program at the other end of a loopback connection is one that certainly asks for itself and for the user whom this process
 * runs as: a browser, or a program such as `curl` that has no connection to the outside and takes none. A proxy or a tunnel may send just
 * what a browser does, but it must take connections or hold some to elsewhere. Not certain of anybody where the system is not Linux, or
 * where the program may not be looked into.
 */
export function isOwnClient(socket: Socket): boolean {
  const verdict = verdicts.get(socket) ?? judge(socket);
  verdicts.set(socket, verdict);
  return verdict;
}

function judge({ remoteAddress, remotePort, localAddress, localPort }: Socket): boolean {
  const entries = socketEntries();
  const [there, here] = [endpoint(remoteAddress, remotePort), endpoint(localAddress, localPort)];
  const peer = entries.find(({ local, remote }) => local === there && remote === here);
  if (!peer || peer.inode === '0' || peer.user !== process.getuid?.()) return false;
  const pid = processWith(peer.inode);
  if (pid === undefined) return false;
  return BROWSERS.test(basename(programOf(pid))) || asksOnly(socketInodes(pid), entries);
}

function processWith(inode: string): string | undefined {
  const pid =
    [...knownProcesses].find((id) => socketInodes(id).has(inode)) ??
    processIds().find((id) => socketInodes(id).has(inode));
  if (pid === undefined) return undefined;
  const others = [...knownProcesses].filter((id) => id !== pid);
  knownProcesses.clear();
  for (const id of [pid, ...others].slice(0, MOST_KNOWN)) knownProcesses.add(id);
  return pid;
}

/** Whether all that a process has open are connections to services on this machine, which it has made itself. */
function asksOnly(inodes: ReadonlySet<string>, entries: readonly SocketEntry[]): boolean {
  const servedPorts = new Set(
    entries.filter(({ isListening }) => isListening).map(({ local }) => portOf(local)),
  );
  const harmless = entries.filter(
    ({ protocol, local, remote, isListening }) =>
      !isListening &&
      (protocol === 'unix' ||
        (protocol === 'tcp' && isLoopback(addressOf(remote)) && !servedPorts.has(portOf(local)))),
  );
  const known = new Set(harmless.map(({ inode }) => inode));
  return [...inodes].every((inode) => known.has(inode));
}

function addressOf(text: string): string {
  return text.slice(0, text.lastIndexOf(':'));
}

function portOf(text: string): string {
  return text.slice(text.lastIndexOf(':') + 1);
}
