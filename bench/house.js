// Figures of the code itself: node bench/house.js [checkout]
// How many files of src run while the action brings a small .tar.gz to a tag of a registry (a function of theirs is
// called, by V8's coverage), how many are loaded, how many lines there are, which names two files export.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { makeArtifacts } from '../demo/artifacts.js';

const checkout = resolve(process.argv[2] ?? '.');
const src = join(checkout, 'src');
const folder = mkdtempSync(join(tmpdir(), 'alba-house-'));

/** A registry that has nothing at first and keeps manifests in memory. */
const kept = new Map();
const registry = createServer((request, response) => {
  const { method = '', url = '' } = request;
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    if (method === 'POST') response.writeHead(202, { location: '/v2/app/blobs/uploads/1' });
    else if (method === 'PUT' || method === 'PATCH') {
      if (url.includes('/manifests/')) keep(url, request.headers['content-type'], Buffer.concat(chunks));
      response.writeHead(method === 'PUT' ? 201 : 202, { location: url });
    } else if (kept.has(url)) {
      const { type, bytes, digest } = kept.get(url);
      const headers = { 'content-type': type, 'docker-content-digest': digest };
      response.writeHead(200, { ...headers, 'content-length': bytes.length });
      return response.end(method === 'HEAD' ? undefined : bytes);
    } else response.writeHead(404);
    response.end();
  });
});
await new Promise((done) => registry.listen(0, '127.0.0.1', done));

function keep(url, type, bytes) {
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  for (const name of [url, url.replace(/[^/]+$/, digest)]) kept.set(name, { type, bytes, digest });
}

const lines = (path) => readFileSync(path, 'utf8').split('\n').length - 1;
const files = readdirSync(src, { recursive: true }).filter((file) => `${file}`.endsWith('.ts'));

async function filesThatRun() {
  makeArtifacts(join(folder, 'docker'));
  const archive = readdirSync(join(folder, 'docker')).find((name) => name.includes('amd64'));
  const bytes = readFileSync(join(folder, 'docker', archive));
  const path = join(folder, 'app.tar.gz');
  writeFileSync(path, archive.endsWith('.gz') ? bytes : gzipSync(bytes));
  const inputs = {
    COMMAND: 'container push',
    ARTIFACTS: path,
    TARGET: `docker://127.0.0.1:${registry.address().port}/app`,
    TAG: 'app:1',
    FORMAT: 'oci',
    COMPRESSION: 'gzip',
    CONCURRENCY: '4',
    CACHE: 'true',
    ...{ 'DRY-RUN': 'false', FLOATING: 'false', IMMUTABLE: 'false', PAGE: 'false' },
  };
  const env = {
    ...{ PATH: process.env.PATH, HOME: folder, RUNNER_TEMP: folder, NODE_V8_COVERAGE: join(folder, 'v8') },
    ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name}`, value])),
  };
  writeFileSync(join(folder, 'output'), '');
  const child = spawn(process.execPath, [join(src, 'main.ts')], {
    env: { ...env, GITHUB_OUTPUT: join(folder, 'output') },
    cwd: folder,
  });
  let said = '';
  child.stdout.on('data', (text) => {
    said += text;
  });
  child.stderr.on('data', (text) => {
    said += text;
  });
  await new Promise((done) => child.once('close', done));
  if (!said.includes('[tag]')) console.error(said);
  const loaded = new Set();
  const ran = new Set();
  for (const name of readdirSync(join(folder, 'v8'))) {
    const { result } = JSON.parse(readFileSync(join(folder, 'v8', name), 'utf8'));
    for (const { url, functions } of result) {
      if (!url.startsWith('file:') || !fileURLToPath(url).startsWith(`${src}/`)) continue;
      loaded.add(url);
      const called = functions.slice(1).some(({ ranges }) => ranges[0]?.count > 0);
      if (called) ran.add(url);
    }
  }
  return { ran: ran.size, loaded: loaded.size };
}

function exportedTwice() {
  const found = execFileSync(
    'git',
    ['grep', '-oE', '^export (async )?(function\\*?|const|class|interface|type) [A-Za-z0-9_]+', '--', 'src'],
    { cwd: checkout, encoding: 'utf8' },
  )
    .trim()
    .split('\n')
    .map((line) => `${line.split(':')[0]} ${line.split(' ').at(-1)}`);
  // Overloads are one name.
  const names = [...new Set(found)].map((line) => line.split(' ')[1]);
  return [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
}

try {
  const sizes = files.map((file) => [lines(join(src, file)), file]).sort(([a], [b]) => a - b);
  const [largest, largestFile] = sizes.at(-1);
  const twice = exportedTwice();
  console.log({
    ...(await filesThatRun()),
    files: files.length,
    lines: sizes.reduce((sum, [size]) => sum + size, 0),
    median: sizes[Math.floor(sizes.length / 2)][0],
    largest: `${largest} ${largestFile}`,
    exportedTwice: twice.length,
    twice: twice.join(' '),
  });
} finally {
  registry.close();
  rmSync(folder, { recursive: true, force: true });
}
