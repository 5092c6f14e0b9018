import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomNumbers } from '../../../__tests__/compression/samples.ts';
import { component, coreModule } from '../../../__tests__/fixtures/wasm.ts';
import { steadyFile } from '../../../src/content/steady-file.ts';
import { digestOf } from '../../../src/oci/digest.ts';
import { readWasm } from '../../../src/source/wasm/read-wasm.ts';
import { damageBytes, type Random } from '../damage.ts';
import { assertPlain, judge } from '../judge.ts';
import { addCounts, type Counts, type FuzzTarget } from '../target.ts';

/** Files in a round. */
const perRound = 60;

/** Modules and components. What is read is told by all of the bytes and no others. */
export const target: FuzzTarget = {
  about: 'damaged modules of WebAssembly are refused, or told by their own digest and names',
  perRound,
  round: async (seed, folder) => {
    const random = randomNumbers(seed);
    const path = join(folder, 'app.wasm');
    const all: Counts[] = [];
    for (let i = 0; i < perRound; i++) {
      const bytes = fileOf(random);
      await writeFile(path, bytes);
      const file = steadyFile(path, 'app.wasm', await stat(path));
      const { value } = await judge(() => readWasm(file, () => {}));
      if (value && (value.digest !== digestOf(bytes) || value.size !== bytes.length)) {
        throw new Error('it is told by another digest');
      }
      assertPlain(value, 'a module');
      all.push(value ? { [value.component ? 'components' : 'modules']: 1 } : { refused: 1 });
    }
    return addCounts(...all);
  },
};

function fileOf(random: Random): Buffer {
  if (random(8) === 0) return damageBytes(coreModule('note'.repeat(random(50))), random);
  const names = (): string[] =>
    Array.from({ length: random(20) }, (_, index) => `a:b/c${index}@0.2.${random(9)}`);
  const whole = component({ imports: names(), exports: names() });
  return random(10) > 0 ? damageBytes(whole, random, random(8) > 0 ? 8 : 0) : whole;
}
