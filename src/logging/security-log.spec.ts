import type { Request, Response } from 'express';
import { UnitOfWork } from '@microblog/unit-of-work';
import { LoggingService } from './logging.service';
import { beginRequestContext, contextOf } from '../http/request-context';
import { Session } from '../users/session.entity';
import { SecurityLog, SecurityRecord } from './security-log';

describe('SecurityLog', () => {
  function record(record: SecurityRecord, userId?: number): string | undefined {
    let written: string | undefined;
    const logging = {
      securityEvent: (line: string, level: string) => (written = `${level} ${line}`),
    } as unknown as LoggingService;
    const request = { ip: '192.0.2.1' } as Request;
    beginRequestContext(request, {} as Response, () => {
      if (userId !== undefined) contextOf(request).session = { userId } as Session;
      new SecurityLog(logging, {} as UnitOfWork).record(record);
    });
    return written;
  }

  it('says what happened, from where, to whom and how it ended', () => {
    expect(record({ event: 'sign_in', outcome: 'success', userId: 7, username: 'susan' })).toBe(
      'info event=sign_in outcome=success address=192.0.2.1 user_id=7 username="susan"',
    );
  });

  it('warns of what failed or was refused, with the reason', () => {
    expect(
      record({ event: 'sign_in', outcome: 'failure', username: 'susan', reason: 'wrong password' }),
    ).toBe('warn event=sign_in outcome=failure address=192.0.2.1 username="susan" reason="wrong password"');
  });

  it('takes who is signed in for whom it is about', () => {
    expect(record({ event: 'sign_out', outcome: 'success' }, 7)).toContain(' user_id=7');
  });

  it.each([
    ['another line', 'a\nevent=sign_in outcome=success', '"a\\nevent=sign_in outcome=success"'],
    ['another value', '" user_id=1 x="', '"\\" user_id=1 x=\\""'],
    ['a command of the terminal', '\x1b[31m\x7f\x9b', '"\\u001b[31m\\u{7f}\\u{9b}"'],
    ['another direction of the text', 'susan\u202e\u2028\u200b', '"susan\\u{202e}\\u{2028}\\u{200b}"'],
    ['half a character', '\ud800', '"\\ud800"'],
    ['a page of text', 'x'.repeat(60_000), `"${'x'.repeat(64)}"`],
  ])('lets no name forge %s', (_what, username, shown) => {
    expect(record({ event: 'sign_in', outcome: 'failure', username })).toBe(
      `warn event=sign_in outcome=failure address=192.0.2.1 username=${shown}`,
    );
  });

  it('leaves letters of any language as they are', () => {
    expect(record({ event: 'sign_in', outcome: 'failure', username: 'zoë 🔑' })).toContain('"zoë 🔑"');
  });
});
