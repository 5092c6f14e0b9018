// Whole commands and what they cost, as the kernel counts it for all processes that they start (GNU time).
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import process from 'node:process';

/** Runs lines of sh to their end; seconds of wall and of CPU, the peak of the largest process in MB. */
export async function measure(script, { scratch, env = {} }) {
  const result = `${scratch}/time`;
  const args = ['-q', '-f', '%e %U %S %M', '-o', result, 'sh', '-ec', script];
  const begin = performance.now();
  const child = spawn('/usr/bin/time', args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let told = '';
  child.stderr.on('data', (chunk) => {
    told = `${told}${chunk}`.slice(-2000);
  });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  const wall = (performance.now() - begin) / 1000;
  if (code !== 0) throw new Error(`${script}: exit ${code}\n${told}`);
  const [, user, system, peak] = (await readFile(result, 'utf8')).split(' ').map(Number);
  return { wall, cpu: user + system, peak: (peak * 1024) / 1_000_000 };
}

/** Runs commands by turns, so that what else goes on meets all of them; gives the medians of each. */
export async function interleave(contestants, rounds, runOne) {
  const samples = new Map(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const contestant of contestants) {
      samples.get(contestant.name).push(await runOne(contestant, round));
    }
  }
  return new Map([...samples].map(([name, found]) => [name, medians(found)]));
}

function medians(samples) {
  const middle = (field) => {
    const sorted = samples.map((sample) => sample[field]).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)];
  };
  return Object.fromEntries(Object.keys(samples[0]).map((field) => [field, middle(field)]));
}

/** A table with ratios to a command, which is the fastest of the others where none is named. Without `bytes` nothing is sent. */
export function format(title, results, ours) {
  const peers = [...results].filter(([name]) => !name.startsWith(ours));
  const [fastest, base] = peers.sort(([, a], [, b]) => a.wall - b.wall)[0] ?? [...results][0];
  const lines = [...results].map(([name, { wall, cpu, peak, bytes }]) =>
    [
      name,
      `${wall.toFixed(2)}`,
      `${(wall / base.wall).toFixed(2)}`,
      `${cpu.toFixed(2)}`,
      `${(cpu / base.cpu).toFixed(2)}`,
      `${peak.toFixed(0)}`,
      ...(bytes === undefined ? [] : [`${(bytes / 1_000_000).toFixed(1)}`]),
    ].join(' | '),
  );
  const columns = [
    'wall s',
    'ratio',
    'CPU s',
    'ratio',
    'peak MB',
    ...(base.bytes === undefined ? [] : ['sent MB']),
  ];
  const head = `| | ${columns.join(' | ')} |\n| --- ${'| ---: '.repeat(columns.length)}|`;
  return `### ${title}\n\nRatios to ${fastest}.\n\n${head}\n${lines.map((line) => `| ${line} |`).join('\n')}\n`;
}
