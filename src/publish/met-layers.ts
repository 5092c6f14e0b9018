import type { MetLayer } from '../source/met-layer.ts';

/** Layers that are met while archives are read: they wait until somebody takes them, if anybody does. */
export class MetLayers {
  readonly #waiting: MetLayer[] = [];
  #take = (layer: MetLayer): void => void this.#waiting.push(layer);

  /** Takes one in. */
  readonly add = (layer: MetLayer): void => this.#take(layer);

  /** Hands on those that wait, and those to come as they come. */
  handTo(take: (layer: MetLayer) => void): void {
    this.#take = take;
    this.#waiting.splice(0).forEach(take);
  }
}
