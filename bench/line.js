// alba from dist beside skopeo, crane, regctl, s5cmd and rclone over a line of RTT 30 ms and 300 Mbit/s: node bench/line.js [scenario …]
// ROUNDS (3); BENCH_ALBA=…/dist/index.js runs another build. Needs root on Linux; skipped elsewhere.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { bucketEnvironment, openLine, whyNoLine } from './line/open-line.js';
import { makeInputs, scenarios } from './line/scenarios.js';
import { interleave, measure } from './measure.js';

const rounds = Number(process.env.ROUNDS ?? 3);
/** In ms. */
const roundTrip = 30;

const lack = whyNoLine();
if (lack) {
  console.log(`skipped: a line ${lack}`);
  process.exit();
}
const named = process.argv.slice(2);
const chosen = Object.entries(scenarios).filter(([name]) => named.length === 0 || named.includes(name));
const folder = await mkdtemp(join(process.env.BENCH_FOLDER ?? tmpdir(), 'alba-line-'));
process.env.TMPDIR = folder;
try {
  await makeInputs(folder, new Set(chosen.map(([, { input }]) => input)));
  await using line = await openLine(folder);
  const head = `${rounds} rounds, medians; Node ${process.versions.node}, ${availableParallelism()} cores`;
  console.log(`${head}, load ${loadavg()[0].toFixed(1)}\n`);
  console.log('| work | who | wall s | ratio | CPU s | requests | serial |');
  console.log('| --- | --- | ---: | ---: | ---: | ---: | ---: |');
  for (const [name, scenario] of chosen) {
    const results = await interleave(scenario.contestants, rounds, (one) =>
      sample(line, scenario, one, false),
    );
    const ours = results.get(scenario.contestants[0].name);
    for (const contestant of scenario.contestants) {
      const { wall, cpu } = results.get(contestant.name);
      const { requests, serial } = await sample(line, scenario, contestant, true);
      const ratio = (ours.wall / wall).toFixed(2);
      const cells = [name, contestant.name, wall.toFixed(2), ratio, cpu.toFixed(2), requests, serial];
      console.log(`| ${cells.join(' | ')} |`);
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** One run against a server of its own, after what has to be there. */
async function sample(line, { server: kind, prepare }, { before, script }, records) {
  await using server = await line.startServer({ kind, records });
  const scratch = join(folder, 'scratch');
  await mkdir(scratch);
  const env = { TMPDIR: scratch, HOME: scratch, XDG_RUNTIME_DIR: scratch, ...bucketEnvironment };
  try {
    for (const make of [prepare, before]) {
      const first = make?.(folder, server.host, scratch);
      if (first) await measure(first, { scratch, env });
    }
    await server.take();
    const { wall, cpu } = await measure(script(folder, server.host, scratch), { scratch, env });
    const requests = await server.take();
    return { wall, cpu, requests: requests.length, serial: serialOf(requests) };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** How many requests followed each other at the least: none of them began before the one before was answered, here. */
function serialOf(requests) {
  let count = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const { begin, end } of requests.toSorted((a, b) => a.end - b.end)) {
    if (begin < until + roundTrip * 0.9) continue;
    count += 1;
    until = end;
  }
  return count;
}
