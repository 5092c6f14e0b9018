import { AlbaError, messageOf, Stopped } from '../errors.ts';

/**
 * Does `work`. Where it fails, `mend` puts right what that left, and may give what is told with the failure; only then it is thrown.
 * Where that fails as well, both are told, `unmended` before why. A run that is stopped mends nothing.
 */
export async function onFailure<T>(
  work: () => Promise<T>,
  mend: () => Promise<string | undefined>,
  unmended: string,
): Promise<T> {
  try {
    return await work();
  } catch (failure) {
    if (failure instanceof Stopped) throw failure;
    const told = await mend().catch((thrown: unknown) => `${unmended}: ${messageOf(thrown)}`);
    if (told === undefined) throw failure;
    const code = failure instanceof AlbaError ? failure.code : 'target';
    throw new AlbaError(code, `${messageOf(failure)}; ${told}`, { cause: failure });
  }
}
