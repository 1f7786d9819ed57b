/**
 * A proxy as bad as they come, in a process of its own: it speaks HTTP/1.1, says that it asks for the application's own host, and nothing
 * of itself or of who is behind it. Prints the port at which it listens; its argument is that of the application.
 */
const http = require('node:http');
const process = require('node:process');

const port = process.argv[2];
const agent = new http.Agent({ keepAlive: true });
const server = http.createServer((request, response) => {
  const { method, url } = request;
  const headers = { ...request.headers, host: `localhost:${port}` };
  if (headers.origin) headers.origin = `http://localhost:${port}`;
  const passed = http.request({ host: '127.0.0.1', port, method, path: url, headers, agent }, (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  passed.on('error', () => response.destroy());
  response.on('close', () => passed.destroy());
  request.pipe(passed);
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
process.stdin.resume().on('end', () => process.exit());
