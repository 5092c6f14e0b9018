// npm run demo: no install, no network. The committed dist publishes archives made on the spot, and every
// digest is checked by reading the result back.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { makeArtifacts } from './artifacts.js';

const alba = fileURLToPath(new URL('../dist/index.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'alba-demo-'));
const site = join(folder, 'site');
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

console.log('Four archives, as a build would leave them:');
for (const path of makeArtifacts(join(folder, 'docker'))) console.log(`  ${path}`);

const words = [
  'container',
  'push',
  '--json',
  '--no-cache',
  '-t',
  'albatros:0.9',
  join(folder, 'docker'),
  pathToFileURL(site).href,
];
console.log(`\nalba ${words.join(' ')}\n`);
const output = execFileSync(process.execPath, [alba, ...words], {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'inherit'],
});
const { digest, platforms } = JSON.parse(output);

const repository = join(site, 'v2', 'albatros');
let checked = 0;

/** Bytes of the tree whose digest is what it should be. */
function read(kind, wanted) {
  const bytes = readFileSync(join(repository, kind, wanted));
  const found = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  if (found !== wanted) throw new Error(`${kind}/${wanted} holds ${found}`);
  checked += 1;
  return bytes;
}

const index = JSON.parse(read('manifests', digest));
for (const entry of index.manifests) {
  const manifest = JSON.parse(read('manifests', entry.digest));
  for (const blob of [manifest.config, ...manifest.layers]) read('blobs', blob.digest);
}
const tagged = readFileSync(join(repository, 'manifests', '0.9'));
if (!tagged.equals(read('manifests', digest))) throw new Error('the tag 0.9 does not name the index');

console.log(`\nRead back: ${checked} digests hold, for ${Object.keys(platforms).join(', ')}.`);
console.log(`
To keep one and pull it:
  node demo/artifacts.js docker
  node dist/index.js container push -t albatros:0.9 docker/ file://./site
  node dist/index.js serve site --port 8080
  docker pull 127.0.0.1:8080/albatros:0.9`);
