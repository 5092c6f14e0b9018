/** What is used here of the global that the type libraries only know in browsers. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>;
  instantiate(module: object, imports: object): Promise<{ readonly exports: unknown }>;
};

/** A number that both sides see. */
export interface Shared {
  value: number;
}

/**
 * Gives a function that makes instances of a WebAssembly module; `read` gives the module as base64, and is called
 * once, when the first instance is wanted.
 */
export function instances(read: () => Promise<string>): () => Promise<unknown> {
  let compiled: Promise<object> | undefined;
  return async () => {
    compiled ??= read().then((text) => WebAssembly.compile(Buffer.from(text, 'base64')));
    const { exports } = await WebAssembly.instantiate(await compiled, {});
    return exports;
  };
}
