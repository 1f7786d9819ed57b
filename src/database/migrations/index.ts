import { CreateTables1795305600000 } from './1795305600000-create-tables';
import { CreateErrorTables1795305700000 } from './1795305700000-create-error-tables';
import { CreateSubmissions1795305900000 } from './1795305900000-create-submissions';
import { WidenTexts1795306000000 } from './1795306000000-widen-texts';
import { KeepDeletedPosts1795306100000 } from './1795306100000-keep-deleted-posts';
import { KeepRoutesOfErrors1795306300000 } from './1795306300000-keep-routes-of-errors';
import { KeepRefusedMails1795306400000 } from './1795306400000-keep-refused-mails';

/** All migrations, oldest first. One that has been released is never changed; a change is a new one. */
export const migrations = [
  CreateTables1795305600000,
  CreateErrorTables1795305700000,
  CreateSubmissions1795305900000,
  WidenTexts1795306000000,
  KeepDeletedPosts1795306100000,
  KeepRoutesOfErrors1795306300000,
  KeepRefusedMails1795306400000,
];
