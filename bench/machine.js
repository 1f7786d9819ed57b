/** What Linux tells of processes and of the machine; not a number where the system does not tell. */
const { existsSync, readFileSync } = require('node:fs');
const { cpus } = require('node:os');
const { setTimeout: sleep } = require('node:timers/promises');

/** A unit of processor time in /proc. */
const TICK_MS = 10;
/** What of the machine others may use before figures are doubtful. */
const BUSY = 0.2;
const SAMPLE_MS = 300;

/** What a process has used of the processor. */
function cpuMs(pid) {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return NaN;
  // After the name, which may have blanks in it.
  const fields = readFileSync(file, 'utf8').split(') ').at(-1).split(' ');
  return TICK_MS * (Number(fields[11]) + Number(fields[12]));
}

/** What a process has of the memory, in MiB. */
function memoryMiB(pid) {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return NaN;
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(file, 'utf8'))[1]) / 1024;
}

/** How much of the machine is used while what is measured has nothing to do. */
async function busyShare() {
  const before = processorTimes();
  await sleep(SAMPLE_MS);
  const after = processorTimes();
  return 1 - (after.idle - before.idle) / (after.all - before.all);
}

function processorTimes() {
  const times = cpus().map(({ times }) => times);
  const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
  return { idle: sum(times.map(({ idle }) => idle)), all: sum(times.flatMap(Object.values)) };
}

function warnWhereBusy(share) {
  if (share > BUSY) {
    console.log(
      `Others used ${(100 * share).toFixed(0)} % of this machine: all but the CPU time is doubtful.`,
    );
  }
}

module.exports = { busyShare, cpuMs, memoryMiB, warnWhereBusy };
