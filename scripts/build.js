// Compiles src with tsc and bundles the result into dist with ncc: one bundle, two doors.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const run = (module, ...words) =>
  execFileSync(process.execPath, [join(root, 'node_modules', module), ...words], {
    cwd: root,
    stdio: 'inherit',
  });

for (const directory of ['build', 'dist']) rmSync(join(root, directory), { recursive: true, force: true });
run('typescript/bin/tsc', '-p', 'tsconfig.build.json');
run(
  '@vercel/ncc/dist/ncc/cli.js',
  'build',
  'build/main.js',
  '-o',
  'dist',
  '--minify',
  '--no-cache',
  '--license',
  'licenses.txt',
  '-q',
);
