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
  /** Origins of plain http to which a registry of https may lead. */
  readonly plainOrigins?: ReadonlySet<string>;
  readonly timeouts?: Partial<Timeouts>;
  readonly retries?: Partial<Retries>;
}
