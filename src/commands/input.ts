/** Where people call a command from. */
export type Door = 'action' | 'command line';

/** How an input is written: yes or no; one text; one that nobody may see; a list by lines; a list by lines or commas. */
export type Takes = 'switch' | 'text' | 'secret' | 'lines' | 'items';

/** What people are told of an input, and how it is spelled on the command line. */
export interface InputOptions {
  /** What else is to be known of it, in sentences; for documents, where there is more room than in --help. */
  readonly more?: string;
  /** The only door that has it; both if it is not given. */
  readonly only?: Door;
  /** The command cannot do without it: the usage error where it is missing. */
  readonly needed?: string;
  /** What stands for a value in --help. */
  readonly placeholder?: string;
  /** A letter for the command line. */
  readonly short?: string;
  /** On the command line, another spelling of its option, for one item of the list. */
  readonly singular?: string;
  /** It is written as a list of which the command takes one item. */
  readonly takesOne?: true;
  /** On the command line it is given without an option, and this stands for it in --help. */
  readonly word?: string;
  /** On the command line, another option for items that its words cannot be. */
  readonly besides?: { readonly option: string; readonly placeholder: string; readonly about: string };
  /** The forms that an item can have, and what each is, in Markdown. */
  readonly forms?: readonly (readonly [form: string, what: string])[];
}

/** One thing that a person can tell a command. All that both doors and the documents say of it is derived from this. */
export interface Input<T = unknown> extends InputOptions {
  /** What it is for, in Markdown, without a capital and a full stop. */
  readonly about: string;
  readonly takes: Takes;
  /** The text that stands for an empty one, and in action.yml as its default; none where it is undefined. */
  readonly default?: string | undefined;
  /** What comes without a choice, where a choice can be told from none; in action.yml its default is empty. */
  readonly usual?: string | undefined;
  /** The texts that it can be, if those are known. */
  readonly choices?: readonly string[];
  /** Of a switch that is on by default: what switching it off does. */
  readonly no?: string;
  /** Its default in action.yml: an expression that the runner evaluates, such as `github.token`. */
  readonly expression?: string;
  /** A variable of the environment that gives it to the command line, which has no option for it then. */
  readonly variable?: string;
  /** The value in what was given; nothing given means the default. Throws a usage error, which names the input. */
  parse(name: string, items: readonly string[]): T;
}

/** Inputs by their names, the same in both doors. */
export type Inputs = Readonly<Record<string, Input>>;

/** What was given of each input, as items; one without items was left out, or empty. */
export type Given = Readonly<Record<string, readonly string[]>>;
