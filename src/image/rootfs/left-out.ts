import { formatCount, printable } from '../../progress/format.ts';
import { specialBits } from './planned-entry.ts';
import type { LayerEntry } from './unpacked-layer.ts';

/** Entries that lose something, and the first of them. */
interface Loss {
  count: number;
  example: string;
}

/** Counts what is left out of a tree, for one warning of each kind. */
export class LeftOut {
  readonly #keepSpecial: boolean;
  readonly #devices: Loss = { count: 0, example: '' };
  readonly #bits: Loss = { count: 0, example: '' };
  readonly #attributes: Loss = { count: 0, example: '' };

  constructor({ keepSpecial }: { readonly keepSpecial: boolean }) {
    this.#keepSpecial = keepSpecial;
  }

  look(path: string, { type, mode, hasAttributes }: LayerEntry): void {
    if (hasAttributes) lose(this.#attributes, path);
    if (this.#keepSpecial || type === 'symlink') return;
    if (type === 'pipe' || type.endsWith('device')) lose(this.#devices, path);
    else if (mode & specialBits) lose(this.#bits, path);
  }

  warnings(): string[] {
    const devices = told(
      this.#devices,
      (count) => `${formatCount(count, 'special file')} (devices, pipes) left out`,
    );
    const bits = told(this.#bits, (count) => `setuid or setgid dropped from ${formatCount(count, 'path')}`);
    const special = [devices, bits].filter((text) => text !== '').join(', ');
    const attributes = told(
      this.#attributes,
      (count) => `capabilities and other attributes of ${formatCount(count, 'path')} left out`,
    );
    return [special && `${special}; keep-special keeps them`, attributes].filter((text) => text !== '');
  }
}

function lose(loss: Loss, path: string): void {
  if (loss.count === 0) loss.example = path;
  loss.count += 1;
}

function told({ count, example }: Loss, sentence: (count: number) => string): string {
  return count === 0 ? '' : `${sentence(count)}, such as ${printable(example)}`;
}
