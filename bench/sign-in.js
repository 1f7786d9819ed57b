/** Whether the time of a refusal tells that a name exists: a wrong password for one that does against one that nobody has. */
const { Browser, expectStatus, interleave, median, printTimes, withApp } = require('./support');

const ROUNDS = { rounds: 200, warmUp: 20 };

withApp(async (app) => {
  await new Browser(app.url).join('susan');
  const stranger = new Browser(app.url);
  const token = await stranger.csrfToken('/login');
  const refuse = (username) => async () =>
    expectStatus(await stranger.post('/login', { username, password: 'a wrong password' }, token), 422);

  const times = await interleave(
    { 'existing name': refuse('susan'), 'no such name': refuse('nobdy') },
    ROUNDS,
  );
  console.log(`${ROUNDS.rounds} refused sign-ins of each kind, one at a time`);
  printTimes(times);
  const [existing, none] = Object.values(times).map(median);
  console.log(`The medians differ by ${(existing - none).toFixed(2)} ms`);
  // The same name against itself, two rounds to each side in turn: what this machine makes of no difference at all.
  const halves = [0, 1].map((half) =>
    median(Object.values(times)[0].filter((_, index) => (index >> 1) % 2 === half)),
  );
  console.log(`The two halves of the existing name differ by ${(halves[0] - halves[1]).toFixed(2)} ms`);
});
