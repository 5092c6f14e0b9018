/**
 * One line of a log as a runner of workflows takes it for a text: `::name::` at its beginning, behind what .NET calls white
 * space, and `##[name]` anywhere in it, would be a command. In what is escaped, a backslash stands where that is broken up.
 */
export function escapeCommands(line: string): string {
  return line.replace(/^[\s\u0085]*::/, '\\$&').replaceAll('##[', '##\\[');
}
