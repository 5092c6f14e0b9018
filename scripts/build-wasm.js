// Compiles assembly/ to src/compression/gzip/{deflate,inflate}-wasm.ts: the modules as text, so that they travel in the
// bundle. `--check` only tells whether the files there are what the sources give.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = fileURLToPath(new URL('..', import.meta.url));
const options = ['--optimizeLevel', '3', '--converge', '--runtime', 'stub', '--noAssert', '--use', 'abort='];

/** AssemblyScript inlines what is decorated so, but other readers of TypeScript take decorators on classes alone. */
const decorate = (source) => source.replaceAll(/^\/\/ @inline$/gm, '@inline');

/** The bytes of a module. */
export async function compile(name) {
  let wasm = new Uint8Array();
  const messages = [];
  const { error } = await asc.main([`assembly/${name}/${name}.ts`, '--outFile', 'out.wasm', ...options], {
    stderr: { write: (text) => messages.push(text) },
    readFile: (path) => readFile(join(root, path), 'utf8').then(decorate, () => null),
    writeFile: (path, contents) => {
      if (path.endsWith('.wasm')) wasm = contents;
    },
    listFiles: () => [],
  });
  if (error) throw new Error(messages.join(''), { cause: error });
  return wasm;
}

function toSource(name, wasm) {
  const text = Buffer.from(wasm).toString('base64');
  return `/** assembly/${name}, compiled by scripts/build-wasm.js: ${wasm.length} bytes of WebAssembly. */\nexport const ${name}Wasm =\n  '${text}';\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const name of ['deflate', 'inflate']) {
    const target = join(root, `src/compression/gzip/${name}-wasm.ts`);
    const text = toSource(name, await compile(name));
    if (!process.argv.includes('--check')) await writeFile(target, text);
    else if (text !== (await readFile(target, 'utf8'))) throw new Error(`${target} is out of date`);
  }
}
