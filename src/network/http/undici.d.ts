/** The parts of undici that are used, as the package declares them for the whole. */
declare module 'undici/lib/dispatcher/agent.js' {
  import { Agent } from 'undici';

  export = Agent;
}

declare module 'undici/lib/core/connect.js' {
  import { buildConnector } from 'undici';

  export = buildConnector;
}

declare module 'undici/lib/api/api-request.js' {
  import type { Dispatcher } from 'undici';

  /** Its documentation has async iterables as bodies (Dispatcher.md, "body"), its types do not. */
  interface Options extends Omit<Dispatcher.RequestOptions, 'body'> {
    readonly body?: Uint8Array | AsyncIterable<Uint8Array>;
  }

  function request(this: Dispatcher, options: Options): Promise<Dispatcher.ResponseData>;

  export = request;
}
