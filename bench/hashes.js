/** What signing in costs beyond the hash of its password, and what waiting sign-ins cost others. */
const { hash, verify } = require('@node-rs/argon2');
const { availableParallelism } = require('node:os');
const { Browser, load, median, printTimes, withApp, writePosts } = require('./support');

const ROUNDS = 5;
const SECONDS = 4;
/** As many as wait at most on two cores; further ones are refused. */
const WAITING = 100;
const PAGES = 60;
/** Those of PasswordsService. */
const OWASP = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

withApp(async (app) => {
  const reader = await writePosts(app.url);
  const stranger = new Browser(app.url);
  const token = await stranger.csrfToken('/login');
  const refused = {
    url: '/login',
    status: 422,
    requests: [
      {
        method: 'POST',
        headers: { Cookie: stranger.cookie, 'Content-Type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          username: 'john',
          password: 'a wrong password',
          csrf_token: token,
        }).toString(),
      },
    ],
  };

  const rates = { 'bare hash': [], 'sign-in': [] };
  for (let round = 0; round < ROUNDS; round++) {
    rates['bare hash'].push(await hashesPerSecond());
    rates['sign-in'].push((await load(app.url, refused, { duration: SECONDS })).perSecond);
  }
  const [bare, signIns] = Object.values(rates).map(median);
  console.log(
    `bare hash ${bare.toFixed(1)}/s, refused sign-in ${signIns.toFixed(1)}/s: ${(signIns / bare).toFixed(2)}`,
  );

  const alone = await timePages(reader);
  const flood = load(app.url, refused, { duration: 600, longestMs: 8_000, connections: WAITING });
  const busy = await timePages(reader);
  await flood;
  printTimes({ 'home page': alone, [`while ${WAITING} sign-ins wait`]: busy });
  console.log(`${(median(busy) / median(alone)).toFixed(2)} times as long`);
});

/** As many at a time as the application makes. */
async function hashesPerSecond() {
  const made = await hash('a long password', OWASP);
  const end = performance.now() + SECONDS * 1_000;
  let count = 0;
  const work = async () => {
    for (; performance.now() < end; count++) await verify(made, 'a wrong password');
  };
  await Promise.all(Array.from({ length: Math.min(3, availableParallelism()) }, work));
  return count / SECONDS;
}

async function timePages(reader) {
  const times = [];
  for (let page = 0; page < PAGES; page++) {
    const start = performance.now();
    await reader.get('/index');
    times.push(performance.now() - start);
  }
  return times;
}
