// Compiles assembly/inflate.ts to src/deflate/inflate-wasm.ts: the module as text, so that it travels in the
// bundle. `--check` only tells whether the file there is what the source gives.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = new URL('../src/deflate/inflate-wasm.ts', import.meta.url);
const options = ['--optimizeLevel', '3', '--converge', '--runtime', 'stub', '--noAssert', '--use', 'abort='];

/** The text of the generated file. */
export async function compileInflate() {
  let wasm = new Uint8Array();
  const messages = [];
  const { error } = await asc.main(['assembly/inflate.ts', '--outFile', 'inflate.wasm', ...options], {
    stderr: { write: (text) => messages.push(text) },
    readFile: (name, base) => readFile(`${base}/${name}`, 'utf8').catch(() => null),
    writeFile: (name, contents) => {
      if (name.endsWith('.wasm')) wasm = contents;
    },
    listFiles: () => [],
    baseDir: root,
  });
  if (error) throw new Error(messages.join(''), { cause: error });
  const text = Buffer.from(wasm).toString('base64');
  return `/** assembly/inflate.ts, compiled by scripts/build-inflate.js: ${wasm.length} bytes of WebAssembly. */\nexport const inflateWasm =\n  '${text}';\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = await compileInflate();
  if (!process.argv.includes('--check')) await writeFile(target, text);
  else if (text !== (await readFile(target, 'utf8')))
    throw new Error(`${fileURLToPath(target)} is out of date`);
}
