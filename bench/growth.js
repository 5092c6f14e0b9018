// How the cost of a push grows: with the tags that are there, with its layers, with its platforms.
// node bench/growth.js [tags|layers|platforms …] [directory|versitygw|minio|registry …]
// TAGS=10,100,1000,10000, LAYERS=5,10,20,50,127 and PLATFORMS=4,10,20,50,100 are the steps; ROUNDS (3), medians;
// ALBA=src/main.ts runs the sources; TELL=1 tells each request.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { makeImage } from '../__tests__/fixtures/image.ts';
import { FixtureLayout } from '../__tests__/fixtures/oci-layout.ts';
import { dist, node } from '../__tests__/support/alba.ts';
import { targets } from './growth/targets.js';
import { measure } from './measure.js';

const alba = process.env.ALBA ?? dist;
const rounds = Number(process.env.ROUNDS ?? 3);
const steps = (name, usual) => (process.env[name] ?? usual).split(',').map(Number);

/** What grows: its steps, and how many platforms and layers a push has at each. */
const curves = {
  tags: { steps: steps('TAGS', '10,100,1000,10000'), shape: () => ({ platforms: 4, layers: 2 }) },
  layers: { steps: steps('LAYERS', '5,10,20,50,127'), shape: (layers) => ({ platforms: 1, layers }) },
  platforms: {
    steps: steps('PLATFORMS', '4,10,20,50,100'),
    shape: (platforms) => ({ platforms, layers: 3 }),
  },
};

/** A layout of so many small images, all of whose layers are of its own. */
async function makeInput(path, seed, { platforms, layers }) {
  const layout = new FixtureLayout();
  for (let at = 0; at < platforms; at += 1) {
    const platform = { os: 'linux', architecture: 'arm64', variant: `v${at + 10}` };
    const image = makeImage(platform, { seed: `${seed} ${at}`, layers: Array(layers).fill(2000) });
    layout.list({ ...layout.image(image), platform });
  }
  await layout.write(path);
}

async function push(source, tag, { url, env, asked }, scratch) {
  asked.length = 0;
  const tagged = url.startsWith('docker:') ? `'${url}:${tag}'` : `-t app:${tag} '${url}'`;
  const line = `${node} ${alba} container push --no-cache ${source} ${tagged} >&2`;
  const sample = await measure(line, { scratch, env });
  const lists = asked.filter(({ path }) => /list-type|tags\/list/.test(path)).length;
  if (process.env.TELL) for (const { method, path } of asked) console.log(method, path);
  return { ...sample, requests: asked.length, lists, serial: serialOf(asked) };
}

/** How many requests followed each other at the least: none of them began before the one before was answered. */
function serialOf(asked) {
  let [count, until] = [0, 0];
  for (const { begin, end } of asked.toSorted((a, b) => a.end - b.end)) {
    if (begin < until) continue;
    count += 1;
    until = end;
  }
  return count;
}

async function draw(name, { steps, shape }, place, folder) {
  const target = await targets[place](folder);
  let there = 0;
  try {
    for (const step of steps) {
      if (name === 'tags') await target.fill(there, step);
      there = step;
      const samples = { new: [], again: [] };
      for (let round = 0; round < rounds; round += 1) {
        const source = join(folder, `${place}-${name}-${step}-${round}`);
        await makeInput(source, source.slice(folder.length), shape(step));
        for (const found of Object.values(samples))
          found.push(await push(source, `1.${step}.${round}`, target, folder));
      }
      for (const [what, found] of Object.entries(samples))
        tell(`${place}, ${what}`, `${step} ${name}`, found);
    }
  } finally {
    await target.stop();
  }
}

function tell(what, step, samples) {
  const middle = (field) =>
    samples.map((sample) => sample[field]).sort((a, b) => a - b)[Math.floor(samples.length / 2)];
  const times = ['wall', 'cpu'].map((field) => middle(field).toFixed(2));
  const counts = ['peak', 'requests', 'lists', 'serial'].map((field) => middle(field).toFixed(0));
  console.log(`| ${[what, step, ...times, ...counts].join(' | ')} |`);
}

const named = process.argv.slice(2);
const chosen = (all) => {
  const names = Object.keys(all).filter((name) => named.includes(name));
  return names.length > 0 ? names : Object.keys(all);
};
const folder = await mkdtemp(join(tmpdir(), 'alba-growth-'));
try {
  console.log('| | | wall s | CPU s | peak MB | requests | of them lists | serial |');
  console.log('| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |');
  for (const name of chosen(curves))
    for (const place of chosen(targets)) await draw(name, curves[name], place, folder);
} finally {
  await rm(folder, { recursive: true, force: true });
}
