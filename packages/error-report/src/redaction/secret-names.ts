/** Those of Django, Rails and Sentry, and their close relatives. */
const SECRET_WORDS = words(
  `accesskey api apikey auth authentication authkey authorization bearer cardnumber certificate connectsid cookie
  credential creditcard crypt csrf cvc cvv dsn email encrypted encryptionkey hmac identity jwt key mfa nonce oauth otp pass
  passcode passkey passphrase passw passwd password phpsessid pin privatekey pswd pw pwd salt saml secret secretkey sess
  sessid session sessionid sid sig signature signingkey ssn sso token totp xsrf`,
);
/** Passwords, secrets and keys elsewhere. */
const FOREIGN_WORDS = words(
  `kennwort passwort losungswort geheim geheimnis schlüssel zugangscode zugangsdaten
  motdepasse mdp jeton clé clef
  contraseña clave secreto senha segredo parola segreto parolachiave
  wachtwoord sleutel lösenord passord adgangskode kodeord salasana lykilorð
  hasło haslo heslo jelszó jelszo parolă şifre lozinka geslo parole slaptažodis salasõna
  пароль секрет κωδικός סיסמה 密码 密碼 パスワード 비밀번호`,
);
/** What people write together with another word, without anything between: no other English words end so. */
const SECRET_ENDING =
  /(?:password|passwd|passphrase|secret|token|apikey|sessid|sessionid|signature|kennwort|passwort|contrasena|wachtwoord)$|^password|^(?:admin|db|ftp|ldap|login|mail|my|root|smtp|user)(?:pass|pw)$|(?:access|activation|auth|authorization|backup|confirm|confirmation|device|invitation|invite|login|onetime|pairing|recovery|reset|security|sms|twofactor|unlock|user|verification|verify)code$/;
/** Secrets in a request, such as one of OAuth; elsewhere they say what kind of error it is, or how something is. */
const WEAK_NAME = /^(?:code|state|(?:.*[^a-z])?assertion)$/i;

/** How much of a name is looked at, from its end. */
export const NAME_LENGTH = 100;

/** Names that a form has declared to be those of secrets, folded. */
const declared = new Set<string>();
/** The same names come again and again. */
const known = new Map<string, boolean>();
const MOST_KNOWN = 2_000;

/** Makes a name that of a secret, wherever it turns up from now on. */
export function declareSecretName(name: string): void {
  declared.add(foldName(name));
  known.clear();
}

/** Whether what stands under the name is a secret: one of its words is, as in `authToken` or `X-Auth-Token`, not `author`. */
export function isSecretName(name: string): boolean {
  const end = name.slice(-NAME_LENGTH);
  const found = known.get(end) ?? judge(end);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(end, found);
  return found;
}

function judge(end: string): boolean {
  if (!WEAK_NAME.test(end) && isDeclared(end)) return true;
  const split = end.replace(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, ' ');
  const found = foldName(split).split(/[^\p{L}]+/u);
  return [...found, found.join('')].some(
    (word) => isSecretWord(word) || isSecretWord(word.replace(/s$/, '')) || SECRET_ENDING.test(word),
  );
}

/** The same for the name of a parameter or a field of a request. */
export function isSecretParameter(name: string): boolean {
  return isSecretName(name) || isWeakName(name) || isDeclared(name);
}

/** Whether the name is that of a secret in a request only, and even there not always. */
export function isWeakName(name: string): boolean {
  return WEAK_NAME.test(name.slice(-NAME_LENGTH)) && !isDeclared(name);
}

function isSecretWord(word: string): boolean {
  return SECRET_WORDS.has(word) || FOREIGN_WORDS.has(word);
}

/** The whole name, or the last part of one such as `user[kennwort]` or `user.kennwort`. */
function isDeclared(name: string): boolean {
  if (declared.size === 0) return false;
  const folded = foldName(name);
  return declared.has(folded) || declared.has(/[^[\].]*(?=[[\].]*$)/.exec(folded)?.[0] ?? '');
}

/** Without capitals and accents: in a URL or in code either may be missing. */
function foldName(name: string): string {
  // eslint-disable-next-line no-control-regex
  if (/^[\x00-\x7f]*$/.test(name)) return name.toLowerCase();
  return name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/).map(foldName));
}
