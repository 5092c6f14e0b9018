// A pull that fills a store with one layer, as a process that can be killed: node fill-process.ts '{"directory": …}'
import { writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { takeApart } from '../../src/image/rootfs/take-apart.ts';
import { openLayerStore } from '../../src/pull/store/layer-store.ts';
import { layerOf } from './layers.ts';

export interface FillOrder {
  /** The store is in it. */
  readonly directory: string;
  /** Whether it waits, once it takes the layer apart, until its input ends. */
  readonly holds?: boolean;
}

if (process.argv[1] === import.meta.filename) await run(JSON.parse(process.argv[2] ?? ''));

async function run({ directory, holds }: FillOrder): Promise<void> {
  const tell = (text: string): void => void writeSync(1, `${text}\n`);
  const { tar, diffId } = layerOf('one');
  const open = async function* () {
    tell('taking apart');
    yield tar.subarray(0, 1000);
    if (holds) for await (const _ of process.stdin);
    yield tar.subarray(1000);
  };
  await using store = await openLayerStore('store', { directory, progress: { line: tell, warn: tell } });
  const layer = await store.fill(diffId, (folder) => takeApart({ open, diffId, origin: 'a layer' }, folder));
  tell(dirname(layer.locate(1)));
}
