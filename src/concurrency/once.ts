/** Work that is done when first asked for, and never again; its promise, if it gives one, is shared. */
export function once<T>(work: () => T): () => T {
  let result: { readonly value: T } | undefined;
  return () => {
    result ??= { value: work() };
    return result.value;
  };
}
