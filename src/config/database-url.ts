const ENCODED = 'write characters such as # / ? @ % in its user name and password percent-encoded (# is %23)';

/** What is wrong with a DATABASE_URL, as the rest of a sentence that shows nothing of it; undefined for one that can be used. */
export function databaseUrlProblem(url: string): string | undefined {
  if (url.startsWith('sqlite:')) return sqliteProblem(url.slice('sqlite:'.length));
  if (/^postgres(?:ql)?:\/\//.test(url)) return postgresProblem(url);
  return 'must begin with sqlite: or postgres://';
}

function sqliteProblem(path: string): string | undefined {
  if (path.includes(':memory:')) return 'must name a file, not :memory:';
  if (/^\/\/(?:[^/]|$)/.test(path)) {
    return 'must have one slash or three before a path from the root, as in sqlite:///srv/microblog.sqlite';
  }
  if (path.includes('?')) return 'must not have parameters after the name of the SQLite file';
  return path === '' || path.endsWith('/') ? 'must name a file after sqlite:' : undefined;
}

function postgresProblem(url: string): string | undefined {
  if (!URL.canParse(url)) return `must be a valid URL with a port below 65536; ${ENCODED}`;
  const { username, password, hostname, pathname, search, hash } = new URL(url);
  // A password with one of these ends early, and the rest of it would be shown as the host or the database.
  if (hash || pathname.includes('@') || search.includes('@')) return `must be a valid URL; ${ENCODED}`;
  if (!hostname && !search.includes('host=')) return 'must name a server after postgres://';
  return [username, password, pathname].every(isDecodable) ? undefined : `must be a valid URL; ${ENCODED}`;
}

function isDecodable(part: string): boolean {
  try {
    decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}
