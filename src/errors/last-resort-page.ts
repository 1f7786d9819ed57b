import { PublicError, toSentences } from './public-error';
import { TypedText } from './typed-texts';

/** Shown when the error page itself cannot be; it needs no template, no session and no database. */
export function lastResortPage(publicError: PublicError): string {
  const [headline = '', ...rest] = toSentences(publicError).map(escape);
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${headline} - Microblog</title>
    <link rel="stylesheet" href="/static/pico.min.css">
    <link rel="stylesheet" href="/static/microblog.css">
    <link rel="icon" href="/static/icon.svg" type="image/svg+xml">
  </head>
  <body>
    <header>
      <div class="column"><a class="brand" href="/">Microblog</a></div>
    </header>
    <main class="column narrow">
      <h1>${headline.replace(/\.$/, '')}</h1>
      ${rest.map((sentence) => `<p>${sentence}</p>`).join('\n      ')}
      ${(publicError.typed ?? []).map(typedText).join('\n      ')}
      <p><a href="/">Home</a></p>
    </main>
  </body>
</html>
`;
}

function typedText({ label, value }: TypedText): string {
  return `<p><label>${escape(label)}<textarea rows="4" readonly dir="auto">\n${escape(value)}</textarea></label></p>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
