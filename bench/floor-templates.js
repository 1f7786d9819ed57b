/** The pages of the floor: those of the application, each as one Handlebars template of what a page takes from the database. */

/** @param html of a page without posts */
function pageTemplate(html, username) {
  return html
    .replaceAll(`"/user/${username}"`, '"/user/{{user.username}}"')
    .replaceAll(`value="${username}"`, 'value="{{user.username}}"')
    .replaceAll(`>Hi, ${username}!<`, '>Hi, {{user.username}}!<');
}

/** @param html of a page with posts, all by the same person */
function feedTemplate(html, username) {
  const [posts] = /<li><article[^]*<\/article>\s*<\/li>/.exec(html);
  const [first] = /<li><article[^]*?<\/article>\s*<\/li>/.exec(posts);
  const post = first
    .replace(/\/posts\/\d+/g, '/posts/{{id}}')
    .replace(/\/avatar\/\d+/g, '/avatar/{{author_id}}')
    .replace(/datetime="[^"]+"/g, 'datetime="{{iso}}"')
    .replace(/\d+ \w+ \d{4}, \d\d:\d\d UTC/g, '{{utc}}')
    .replace(/Post number \d+/, '{{body}}')
    .replaceAll(`/user/${username}`, '/user/{{username}}')
    .replaceAll(`>${username}<`, '>{{username}}<');
  const [before, after] = html.split(posts);
  return `${pageTemplate(before, username)}{{#each posts}}${post}{{/each}}${pageTemplate(after, username)}`;
}

module.exports = { feedTemplate, pageTemplate };
