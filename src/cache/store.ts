/** Where the knowledge of earlier runs is kept between two of them; the doors say where that is. */
export interface Store {
  /** Undefined when there is nothing yet, or no such place. */
  load(): Promise<Uint8Array | undefined>;
  save(bytes: Uint8Array): Promise<void>;
}
