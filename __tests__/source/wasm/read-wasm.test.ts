import { readdir, stat } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { steadyFile } from '../../../src/content/steady-file.ts';
import { readWasm } from '../../../src/source/wasm/read-wasm.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { component } from '../../fixtures/wasm.ts';

const temporary = useTemporary();

it.runIf(process.platform === 'linux')('a file that is no whole module does not stay open', async () => {
  const overlong = Buffer.from([11, 255, 255, 255, 255, 255, 0]);
  const path = await temporary.write('app.wasm', Buffer.concat([component({}), overlong]));
  const file = steadyFile(path, 'app.wasm', await stat(path));
  const open = async () => (await readdir('/proc/self/fd')).length;
  const before = await open();
  for (let times = 0; times < 20; times++) {
    await expect(readWasm(file, () => {})).rejects.toThrow(/no whole WebAssembly module/);
  }
  expect((await open()) - before).toBeLessThan(10);
});
