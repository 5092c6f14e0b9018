import { Command } from 'commander';
import { parseInteger } from '../commands/values.ts';

/** `alba serve`: what a file:// target made, for docker pull and for browsers on this machine. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('serve the tree that a file:// target made, on 127.0.0.1')
    .argument('<directory>')
    .option('--port <number>', 'a free one if not given')
    .action(run);
}

async function run(directory: string, { port = '0' }: { readonly port?: string }): Promise<void> {
  const { serve } = await import('../serve/serve.ts');
  const server = await serve(directory, { port: parseInteger('port', port, 0, 65535) });
  process.stderr.write(`serving ${directory} at ${server.url}; end with Ctrl-C\n`);
  for (const line of await server.offers()) process.stderr.write(`  ${line}\n`);
  const stop = (): void => void server.close();
  process.once('SIGINT', stop).once('SIGTERM', stop);
}
