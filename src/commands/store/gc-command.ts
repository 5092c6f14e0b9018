import { command } from '../command.ts';
import { flag, integer, text } from '../kinds.ts';

/** In ms. */
const day = 86_400_000;

/** `store gc`: removes the layers from a store that no pull has used for some days. */
export const storeGcCommand = command({
  name: 'store gc',
  about: 'remove layers from the store of pulls that were not used for some days',
  only: 'command line',
  inputs: {
    store: text('the folder that pulls were given as their store', {
      needed: 'no store: name the folder of layers to clean',
      word: 'store',
    }),
    'keep-days': integer(
      'for how many days after its last use a layer stays; 0 removes all that no running pull uses',
      {
        least: 0,
        most: 36_500,
        default: 30,
      },
    ),
    'dry-run': flag('tell what would be removed, and remove nothing'),
  },
  example: 'alba store gc --keep-days 7 ~/.cache/alba-layers',
  async run({ store, keepDays, dryRun }, { directory, now, progress }) {
    const [{ collectLayers }, { formatBytes, formatCount }] = await Promise.all([
      import('../../pull/store/collect-layers.ts'),
      import('../../progress/format.ts'),
    ]);
    const usedBefore = now.getTime() - keepDays * day;
    const { removed, kept } = await collectLayers(store, { directory, usedBefore, dryRun, progress });
    const told = ({ layers, bytes }: typeof kept) =>
      `${formatCount(layers, 'layer')} of ${formatBytes(bytes)}`;
    progress.line(
      `${dryRun ? 'would remove' : 'removed'} ${told(removed)}, ${dryRun ? 'would keep' : 'kept'} ${told(kept)}`,
    );
  },
});
