// How soon alba answers, beside `node -e 0`: node bench/start.js [node …]. Needs hyperfine.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';

/** In ms, of the median. Other work on the machine shows in it; the fastest run is told for that. */
const limit = 200;
const dist = join(import.meta.dirname, '..', 'dist', 'index.js');

const answers = {
  'node -e 0': ['-e', '0'],
  'alba --help': [dist, '--help'],
  'container push --help': [dist, 'container', 'push', '--help'],
  'a missing artifact': [dist, 'container', 'push', '-t', 'a:1', 'missing.tar', 'file://./site'],
  'a wrong target': [dist, 'container', 'push', '-t', 'a:1', '.', 'gs://bucket'],
  'an unknown parameter': [dist, 'container', 'push', '-t', 'a:1', '.', 's3://bucket?regoin=x'],
};

const folder = mkdtempSync(join(tmpdir(), 'alba-start-'));
try {
  const nodes =
    process.argv.length > 2 ? process.argv.slice(2).map((path) => resolve(path)) : [process.execPath];
  for (const node of nodes) measure(node);
} finally {
  rmSync(folder, { recursive: true });
}

function measure(node) {
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  const json = join(folder, 'result.json');
  const commands = Object.values(answers).map((words) =>
    [node, ...words].map((word) => `'${word}'`).join(' '),
  );
  execFileSync(
    'hyperfine',
    ['--shell=none', '--ignore-failure', '--warmup=2', '--runs=15', `--export-json=${json}`, ...commands],
    { cwd: folder, stdio: 'ignore' },
  );
  const { results } = JSON.parse(readFileSync(json, 'utf8'));
  for (const [index, name] of Object.keys(answers).entries()) {
    const [median, min] = [results[index].median, results[index].min].map((seconds) => seconds * 1000);
    console.log(
      `${version}  ${name.padEnd(22)} ${median.toFixed(0).padStart(4)} ms, at best ${min.toFixed(0)}`,
    );
    if (median > limit) process.exitCode = 1;
  }
}
