import { escapeCommands } from '../progress/runner-commands.ts';
import { masked } from '../progress/secrets.ts';

/** Writes lines for people. In a step of a workflow none of them, whatever it names, is a command to the runner. */
export function writeText(stream: NodeJS.WritableStream, text: string): void {
  // A runner ends a line at CR, too.
  stream.write(isInWorkflow() ? text.replace(/[^\r\n]+/g, escapeCommands) : text);
}

/** Writes a value as a line of JSON, and that in a workflow, too: what is escaped reads as the same. */
export function writeJson(stream: NodeJS.WritableStream, value: unknown): void {
  const json = masked(JSON.stringify(value));
  stream.write(`${isInWorkflow() ? json.replaceAll('##[', '#\\u0023[') : json}\n`);
}

function isInWorkflow(): boolean {
  return process.env.GITHUB_ACTIONS === 'true';
}
