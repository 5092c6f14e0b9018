// Bundles src into dist with rolldown: one bundle, two doors.
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { askNodeByCall } from './ask-node-by-call.js';
import { licensesOf } from './licenses.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bundle = join(root, 'build/dist');
const remove = (folder) => rmSync(join(root, folder), { recursive: true, force: true });

/** What a usual push loads, each in one piece with all that it imports and the pieces before it have not. */
const pieces = Object.entries({
  thread: [
    'src/concurrency/threads/serve.ts',
    'src/source/scan-task.ts',
    'src/compression/zstd-task.ts',
    'src/compression/gzip/deflate-task.ts',
  ],
  cli: ['src/cli/main.ts', 'src/cli/progress.ts', 'src/cli/host.ts'],
  push: [
    'src/commands/container/push.ts',
    'src/commands/container/push-request.ts',
    'src/commands/container/push-result.ts',
    'src/cache/folder.ts',
  ],
  registry: [
    'src/place/open-registry.ts',
    'node_modules/undici/lib/api/api-request.js',
    'node_modules/undici/lib/core/connect.js',
    'node_modules/undici/lib/dispatcher/agent.js',
  ],
});

const modules = new Map();
const build = await rolldown({
  cwd: root,
  input: { index: 'src/main.ts' },
  platform: 'node',
  // What Node 20 has not got is written in its words.
  transform: { target: 'node20.18' },
  preserveEntrySignatures: 'allow-extension',
  // Imports that are static elsewhere are told of as dynamic in vain.
  checks: { ineffectiveDynamicImport: false },
  plugins: [
    { name: 'modules', moduleParsed: (module) => void modules.set(module.id, module) },
    askNodeByCall,
  ],
});

function closureOf(files) {
  const found = new Set();
  const add = (id) => {
    if (found.has(id)) return;
    found.add(id);
    for (const imported of modules.get(id)?.importedIds ?? []) add(imported);
  };
  for (const file of files) {
    if (!modules.has(join(root, file)))
      throw new Error(`${file} is not in the bundle: see scripts/bundle.js`);
    add(join(root, file));
  }
  return found;
}

let closures;
function pieceOf(id) {
  closures ??= pieces.map(([name, files]) => [name, closureOf(files)]);
  return closures.find(([, ids]) => ids.has(id))?.[0] ?? null;
}

remove('build');
// Names stay, for stack traces.
const { output } = await build.write({
  dir: bundle,
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: '[name].js',
  comments: false,
  minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
  codeSplitting: {
    includeDependenciesRecursively: false,
    groups: [{ name: pieceOf, debugName: 'piece' }],
  },
});
await build.close();
const bundled = output.flatMap((chunk) => Object.keys(chunk.modules ?? {}));
writeFileSync(join(bundle, 'licenses.txt'), licensesOf(bundled, root));
// Only what was built to its end takes the place of what is there.
remove('dist');
renameSync(bundle, join(root, 'dist'));
