// Compiles src with tsc and bundles the result into dist with ncc: one bundle, two doors.
import { execFileSync } from 'node:child_process';
import { renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const run = (program, ...words) =>
  execFileSync(process.execPath, [join(root, 'node_modules', program), ...words], {
    cwd: root,
    stdio: 'inherit',
  });
const remove = (folder) => rmSync(join(root, folder), { recursive: true, force: true });

remove('build');
run('typescript/bin/tsc', '-p', 'tsconfig.build.json');
run(
  '@vercel/ncc/dist/ncc/cli.js',
  ...[
    'build',
    'build/main.js',
    '-o',
    'build/dist',
    '--minify',
    '--no-cache',
    '--license',
    'licenses.txt',
    '-q',
  ],
);
// Only what was built to its end takes the place of what is there.
remove('dist');
renameSync(join(root, 'build/dist'), join(root, 'dist'));
