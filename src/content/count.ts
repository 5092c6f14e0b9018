import type { Open } from './content.ts';
import { sameBytes } from './verify.ts';

/** Opens bytes and tells how many have passed; those that a retry reads again are told once. */
export function counted(open: Open, advance: (bytes: number) => void): Open {
  const begin = counter(advance);
  const counting: Open = async function* () {
    const count = begin();
    for await (const chunk of open()) {
      count(chunk);
      yield chunk;
    }
  };
  return sameBytes(counting, open);
}

/** Opens bytes and tells when some of them pass. */
export function telling(open: Open, moved: () => void): Open {
  const watching: Open = async function* () {
    for await (const chunk of open()) {
      moved();
      yield chunk;
    }
  };
  return sameBytes(watching, open);
}

/** Each call begins to count anew, and what was told once is not told again. */
export function counter(
  advance: (bytes: number) => void,
): () => (chunk: { readonly length: number }) => void {
  let told = 0;
  return () => {
    let seen = 0;
    return ({ length }) => {
      seen += length;
      if (seen <= told) return;
      advance(seen - told);
      told = seen;
    };
  };
}
