/** Those of Django, Rails and Sentry, and their close relatives. */
const SECRET_WORDS = new Set(
  `accesskey api apikey auth authentication authkey authorization bearer cardnumber certificate connectsid cookie
  credential creditcard crypt csrf cvc cvv dsn email encrypted encryptionkey identity jwt key mfa oauth otp pass
  passcode passkey passphrase passw passwd password phpsessid pin privatekey pswd pw pwd salt saml secret secretkey sess
  sessid session sessionid sid signature signingkey ssn sso token totp xsrf`.split(/\s+/),
);
/** What people write together with another word, without anything between: no other English words end so. */
const SECRET_ENDING = /(?:password|passwd|passphrase|secret|token|apikey|sessid|sessionid)$|^password/;

/** How much of a name is looked at, from its end. */
export const NAME_LENGTH = 100;

/** Whether what stands under the name is a secret: one of its words is, as in `authToken` or `X-Auth-Token`, not `author`. */
export function isSecretName(name: string): boolean {
  const words = name
    .slice(-NAME_LENGTH)
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
  return [...words, words.join('')].some(
    (word) => SECRET_WORDS.has(word) || SECRET_WORDS.has(word.replace(/s$/, '')) || SECRET_ENDING.test(word),
  );
}
