/** Shown when the error page itself cannot be rendered; it needs no template, no session and no database. */
export const LAST_RESORT_PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>An unexpected error has occurred - Microblog</title>
  </head>
  <body>
    <h1>An unexpected error has occurred</h1>
    <p>Please try again later.</p>
    <p><a href="/">Back to Microblog</a></p>
  </body>
</html>
`;
