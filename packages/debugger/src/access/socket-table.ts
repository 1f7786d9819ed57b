import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

/** A socket of this machine, as Linux lists them. */
export interface SocketEntry {
  readonly protocol: 'tcp' | 'udp' | 'raw' | 'unix';
  /** Such as `127.0.0.1:3000`; empty for a socket in the file system. */
  readonly local: string;
  readonly remote: string;
  readonly isListening: boolean;
  /** User id of its owner; undefined for a socket in the file system. */
  readonly user?: number;
  readonly inode: string;
}

const TABLES = ['tcp', 'tcp6', 'udp', 'udp6', 'raw', 'raw6'] as const;
const TCP_LISTEN = '0A';
/** The flag of a socket in the file system that waits for connections. */
const UNIX_LISTEN = 0x10000;

/** All sockets that this process can see; none where the system is not Linux. */
export function socketEntries(): SocketEntry[] {
  return [...TABLES.flatMap(internetSockets), ...unixSockets()];
}

/** The inodes of the sockets that a process has open; none where it may not be looked into, or has ended. */
export function socketInodes(pid: string): Set<string> {
  const inodes = new Set<string>();
  for (const descriptor of namesIn(`/proc/${pid}/fd`)) {
    const [, inode] = /^socket:\[(\d+)\]$/.exec(linkAt(`/proc/${pid}/fd/${descriptor}`)) ?? [];
    if (inode) inodes.add(inode);
  }
  return inodes;
}

/** The ids of all processes. */
export function processIds(): string[] {
  return namesIn('/proc').filter((name) => /^\d+$/.test(name));
}

/** The path of the program that a process runs; empty where it may not be looked into, or has ended. */
export function programOf(pid: string): string {
  return linkAt(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, '');
}

/** Address and port as {@link SocketEntry} has them, of what Node says of a connection. */
export function endpoint(address: string | undefined, port: number | undefined): string {
  return `${address?.replace(/^::ffff:(?=[\d.]+$)/, '')}:${port}`;
}

function internetSockets(table: (typeof TABLES)[number]): SocketEntry[] {
  return linesIn(`/proc/net/${table}`).flatMap((line): SocketEntry[] => {
    const [, local, remote, state, , , , user, , inode] = line.trim().split(/\s+/);
    if (local === undefined || remote === undefined || inode === undefined) return [];
    return [
      {
        protocol: table.replace('6', '') as 'tcp' | 'udp' | 'raw',
        local: readEndpoint(local),
        remote: readEndpoint(remote),
        isListening: table.startsWith('tcp') && state === TCP_LISTEN,
        user: Number(user),
        inode,
      },
    ];
  });
}

function unixSockets(): SocketEntry[] {
  return linesIn('/proc/net/unix').flatMap((line): SocketEntry[] => {
    const [, , , flags = '', , , inode] = line.trim().split(/\s+/);
    if (inode === undefined) return [];
    const isListening = (parseInt(flags, 16) & UNIX_LISTEN) !== 0;
    return [{ protocol: 'unix', local: '', remote: '', isListening, inode }];
  });
}

/** Such as `0100007F:0BB8`: numbers of 32 bits in the order of the processor, which is the reverse one nearly everywhere. */
function readEndpoint(text: string): string {
  const [address = '', port = ''] = text.split(':');
  const groups = (address.match(/.{8}/g) ?? []).map((group) => group.match(/../g)?.reverse() ?? []);
  const bytes = groups.flat().map((byte) => parseInt(byte, 16));
  return `${readAddress(bytes)}:${parseInt(port, 16)}`;
}

function readAddress(bytes: readonly number[]): string {
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  if (bytes.length === 4) return bytes.join('.');
  if (/^0{20}ffff/.test(hex)) return bytes.slice(12).join('.');
  return /^0{31}1$/.test(hex) ? '::1' : hex;
}

/** Without the first line, which has titles. */
function linesIn(file: string): string[] {
  try {
    return readFileSync(file, 'latin1').split('\n').slice(1);
  } catch {
    return [];
  }
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function linkAt(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
