import type { SMTPTransportOptions } from 'nodemailer';
import { Environment } from '../config/environment';

/** A mail server that does not answer is given up after these. */
const TIMEOUTS_MS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };

/**
 * TLS is taken wherever it is offered. It must be, with a certificate that can be trusted, where MAIL_USE_TLS says so or a password would
 * leave this machine; otherwise a certificate of the server's own making is still better than an open line.
 */
export function smtpOptions(environment: Environment): SMTPTransportOptions {
  const { MAIL_SERVER, MAIL_PORT, MAIL_USE_TLS, MAIL_USERNAME, MAIL_PASSWORD } = environment;
  const mustBeSecret = MAIL_USE_TLS || environment.sendsPasswordAway;
  return {
    host: MAIL_SERVER,
    port: MAIL_PORT,
    requireTLS: mustBeSecret,
    tls: { rejectUnauthorized: mustBeSecret },
    auth: MAIL_USERNAME ? { user: MAIL_USERNAME, pass: MAIL_PASSWORD } : undefined,
    ...TIMEOUTS_MS,
  };
}
