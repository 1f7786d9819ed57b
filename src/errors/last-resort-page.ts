import { ErrorAccount, sentences } from './error-account';

/** Shown when the error page itself cannot be; it needs no template, no session and no database. */
export function lastResortPage(account: ErrorAccount): string {
  const [headline = '', ...rest] = sentences(account).map(escape);
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${headline} - Microblog</title>
  </head>
  <body>
    <h1>${headline.replace(/\.$/, '')}</h1>
    ${rest.map((sentence) => `<p>${sentence}</p>`).join('\n    ')}
    <p><a href="/">Back to Microblog</a></p>
  </body>
</html>
`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
