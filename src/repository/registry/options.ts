import type { Retries, RetryContext } from '../../concurrency/retry.ts';
import type { Certificates } from '../../network/certificates.ts';
import type { Timeouts } from '../../network/http/timeouts.ts';
import type { Proxies } from '../../network/proxy.ts';
import type { CredentialSource } from './credentials.ts';
import type { Access } from './scope.ts';

/** How a registry is reached, and who we are there. */
export interface RegistryOptions extends RetryContext {
  readonly credentials: CredentialSource;
  /** What tokens are asked for: `pull` where nothing will be written. */
  readonly access: Access;
  /** Loopback alone if not given. */
  readonly plainHttp?: boolean;
  readonly certificates?: Certificates;
  readonly proxies?: Proxies;
  readonly timeouts?: Partial<Timeouts>;
  readonly retries?: Partial<Retries>;
}

/** Some 30 s to a minute in all. */
export const defaultRetries: Retries = { count: 5, firstDelay: 1_000, longestDelay: 120_000 };
