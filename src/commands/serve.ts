import { AlbaError } from '../errors.ts';
import { hostIn } from '../serve/host-name.ts';
import { command } from './command.ts';
import { each, integer, list, text } from './kinds.ts';

/** `serve`: what a file:// target made, for docker pull and for browsers on this machine, until it is stopped. */
export const serveCommand = command({
  name: 'serve',
  about: 'serve the tree that a file:// target made, on 127.0.0.1',
  only: 'command line',
  inputs: {
    directory: text('the tree', { needed: 'no directory: name the tree to serve', word: 'directory' }),
    port: integer('where to listen; a free one if not given', { least: 0, most: 65535 }),
    'allowed-hosts': list('names besides localhost that it may be asked for, such as that of a tunnel', {
      singular: 'allowed-host',
      placeholder: 'host',
      parse: each(parseHost),
    }),
  },
  async run({ directory, port = 0, allowedHosts }, { progress, onStop }) {
    const { serve } = await import('../serve/serve.ts');
    const server = await serve(directory, { port, allowedHosts });
    onStop(() => void server.close());
    progress.line(`serving ${directory} at ${server.url}; end with Ctrl-C`);
    for (const line of await server.offers()) progress.line(`  ${line}`);
  },
});

function parseHost(text: string): string {
  const host = hostIn(text);
  if (host !== undefined) return host;
  throw new AlbaError(
    'usage',
    `allowed-hosts "${text}" is no host: expected a name such as mirror.example.org`,
  );
}
