// Compiles src with tsc and bundles the result into dist with ncc: one bundle, two doors.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { minifySync } from 'rolldown/utils';
import { completeLicenses } from './complete-licenses.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const run = (program, ...words) =>
  execFileSync(process.execPath, [join(root, 'node_modules', program), ...words], {
    cwd: root,
    stdio: 'inherit',
  });
const remove = (folder) => rmSync(join(root, folder), { recursive: true, force: true });

const bundle = join(root, 'build/dist');
remove('build');
run('typescript/bin/tsc', '-p', 'tsconfig.build.json');
// What is imported by its path in node_modules (src/action/cache-entry.ts) is there for what was compiled, too.
symlinkSync(join(root, 'node_modules'), join(root, 'build/node_modules'), 'junction');
run(
  '@vercel/ncc/dist/ncc/cli.js',
  ...['build', 'build/src/main.js', '-o', 'build/dist', '--no-cache', '--license', 'licenses.txt', '-q'],
);
completeLicenses(join(bundle, 'licenses.txt'), root);
// ncc minifies the entry alone. Names stay, for stack traces.
for (const name of readdirSync(bundle).filter((file) => file.endsWith('.js'))) {
  const path = join(bundle, name);
  const options = { module: true, compress: false, mangle: false, codegen: { removeWhitespace: true } };
  const { code, errors } = minifySync(name, withoutOutside(readFileSync(path, 'utf8')), options);
  if (errors.length > 0) throw new Error(`cannot minify ${name}`, { cause: errors });
  writeFileSync(path, code);
}

/**
 * Without attempts to load what is not bundled, as fdir's at picomatch: Node would look for it in each folder above dist, where others may
 * put one.
 */
function withoutOutside(code) {
  return code.replace(/\b__require(?:\.resolve)?\((["'`])(.+?)\1\)/g, (call, _, module) =>
    isBuiltin(module) ? call : `(() => { throw new Error('not bundled: ${module}'); })()`,
  );
}

// Only what was built to its end takes the place of what is there.
remove('dist');
renameSync(bundle, join(root, 'dist'));
