import { Injectable, Logger } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Environment } from '../config/environment';
import { MAIL_SPOOL } from '../config/paths';
import { PRIVATE_FILE_MODE, makePrivateDirectory } from '@microblog/private-files';
import { Mail } from './mail';

interface SpooledMail {
  readonly mail: Mail;
  readonly createdAt: string;
}

/** Mails on disk, for as long as the database cannot take them. A file a mail; the same mail is the same file. */
@Injectable()
export class Spool {
  private readonly logger = new Logger(Spool.name);
  private readonly directory: string;

  constructor({ LOG_DIR }: Environment) {
    this.directory = resolve(LOG_DIR, MAIL_SPOOL);
  }

  /** Writes the mail whole, down to the disk, or not at all. */
  write(mail: Mail, createdAt: Date): void {
    makePrivateDirectory(this.directory);
    const name = createHash('sha256')
      .update(JSON.stringify([mail.messageId, mail.to]))
      .digest('hex');
    const draft = join(this.directory, `${name}.${process.pid}`);
    try {
      writeFileSync(draft, JSON.stringify({ mail, createdAt }), { mode: PRIVATE_FILE_MODE, flush: true });
      renameSync(draft, join(this.directory, `${name}.json`));
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    }
  }

  /** Hands every mail over, and forgets those that were taken. A file that is no mail is put aside. */
  async drain(take: (mail: Mail, createdAt: Date) => Promise<void>): Promise<void> {
    for (const file of this.files()) {
      const spooled = this.read(file);
      if (!spooled) continue;
      await take(spooled.mail, new Date(spooled.createdAt));
      rmSync(file, { force: true });
    }
  }

  private read(file: string): SpooledMail | undefined {
    try {
      return JSON.parse(readFileSync(file, 'utf8')) as SpooledMail;
    } catch (error) {
      // Another process may have taken it.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      this.logger.error(`${file} is no mail, and was put aside: ${(error as Error).message}`);
      renameSync(file, `${file}.bad`);
      return undefined;
    }
  }

  private files(): string[] {
    try {
      const names = readdirSync(this.directory).filter((name) => name.endsWith('.json'));
      return names.map((name) => join(this.directory, name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }
}
