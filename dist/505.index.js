export const id = 505;
export const ids = [505,473];
export const modules = {

/***/ 40505:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  main: () => (/* binding */ main)
});

// EXTERNAL MODULE: ./node_modules/commander/esm.mjs
var esm = __webpack_require__(48179);
// EXTERNAL MODULE: ./build/content/printable.js
var printable = __webpack_require__(10933);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/commands/values.js
var values = __webpack_require__(34277);
;// CONCATENATED MODULE: ./build/cli/options.js

function addConnectionOptions(command) {
    return command
        .option('--username <name>', 'for the registry; without it the docker config (docker login) is asked')
        .option('--password-stdin', 'read the password for --username from stdin', false)
        .option('--ca-certificate <path>', 'a certificate authority to trust besides the system’s')
        .option('--cache-dir <path>', 'where to remember what was published; the user’s cache folder if not given')
        .option('--no-cache', 'remember nothing');
}
function collect(value, earlier) {
    return [...earlier, value];
}
function isTarget(word) {
    return /^(\w+:\/\/|oci:)/.test(word);
}
function splitWords(words) {
    const first = words.findIndex(isTarget);
    const late = first < 0 ? undefined : words.slice(first).find((word) => !isTarget(word));
    if (late !== undefined) {
        throw new errors/* AlbaError */.x6('usage', `${late} comes behind a target: name artifacts first, then targets; a published image to read is --from <reference>`);
    }
    return first < 0
        ? { artifacts: [...words], targets: [] }
        : { artifacts: words.slice(0, first), targets: words.slice(first) };
}

;// CONCATENATED MODULE: ./build/cli/container-push.js



const examples = `
Targets:
  docker://host[:port]/repository[:tag]  a registry
  s3://bucket[/prefix]?endpoint=…        a bucket, as a static registry that any web server can serve
  file://./directory                     the same tree on disk; alba serve DIRECTORY serves it
  oci:./directory[:tag]                  an OCI image layout

Example:
  alba container push -t albatros:0.9 docker/ 's3://registry.example.org?endpoint=s3.example.org&region=garage'`;
function containerPushCommand() {
    const command = new esm/* Command */.uB('push')
        .description('merge image archives and layouts into one multi-platform index and publish it')
        .argument('<artifact|target...>', 'what the build left: files, folders, globs; then one or more target URLs')
        .option('-t, --tag <name:tag>', 'may repeat; a name alone publishes by digest', collect, [])
        .option('--from <reference>', 'a published image to publish elsewhere, too; may repeat', collect, [])
        .option('--platforms <list>', 'the platforms that must be there and no others, such as linux/amd64,linux/arm64', '')
        .option('--format <format>', 'media types of the index and of manifests made here: oci or docker', 'oci')
        .option('--compression <name>', 'of layers that arrive uncompressed: gzip, zstd or none', 'gzip')
        .option('--compression-level <level>', 'gzip: 1 to 9, usually 4; zstd: 1 to 19, usually 3', '')
        .option('--concurrency <count>', 'uploads at once for each target', '4')
        .option('--dry-run', 'read and check everything, tell what would be sent, write nothing', false)
        .option('--floating', 'let 1.2, 1 and latest move with a release 1.2.3, never backwards', false)
        .option('--immutable', 'fail where a tag names something else already', false)
        .option('--annotation <key=value>', 'for the index and its manifests; may repeat', collect, [])
        .option('--label <key=value>', 'for the configs of images; may repeat', collect, [])
        .option('--cache-from <url>', 'a published image to learn layers from; may repeat', collect, [])
        .option('--json', 'print what was published as JSON on stdout', false)
        .option('--verbose', 'tell more', false)
        .addHelpText('after', examples);
    return addConnectionOptions(command).action(run);
}
async function run(words, flags) {
    const [{ containerPush }, { parseContainerPush }, { readContext }, { cliProgress }] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(934), __webpack_require__.e(606), __webpack_require__.e(88), __webpack_require__.e(118), __webpack_require__.e(382), __webpack_require__.e(164), __webpack_require__.e(847), __webpack_require__.e(775), __webpack_require__.e(143)]).then(__webpack_require__.bind(__webpack_require__, 32143)),
        Promise.all(/* import() */[__webpack_require__.e(934), __webpack_require__.e(88), __webpack_require__.e(775), __webpack_require__.e(552)]).then(__webpack_require__.bind(__webpack_require__, 47527)),
        Promise.all(/* import() */[__webpack_require__.e(934), __webpack_require__.e(606), __webpack_require__.e(629)]).then(__webpack_require__.bind(__webpack_require__, 51629)),
        __webpack_require__.e(/* import() */ 902).then(__webpack_require__.bind(__webpack_require__, 20902)),
    ]);
    const { artifacts, targets } = splitWords(words);
    const request = await parseContainerPush({
        artifacts: [...artifacts, ...flags.from],
        targets,
        tags: flags.tag.flatMap(values/* splitItems */.b9),
        platforms: (0,values/* splitItems */.b9)(flags.platforms),
        format: flags.format,
        compression: flags.compression,
        compressionLevel: flags.compressionLevel,
        concurrency: flags.concurrency,
        dryRun: `${flags.dryRun}`,
        cacheFrom: flags.cacheFrom,
        floating: `${flags.floating}`,
        immutable: `${flags.immutable}`,
        annotations: flags.annotation,
        labels: flags.label,
    }, () => readContext(flags));
    const progress = cliProgress(flags.verbose);
    try {
        const result = await containerPush(request, progress);
        if (flags.json)
            process.stdout.write(`${JSON.stringify(result)}\n`);
        else
            for (const reference of result.references)
                progress.line(reference);
    }
    finally {
        progress.end();
    }
}

;// CONCATENATED MODULE: ./build/cli/serve.js


function serveCommand() {
    return new esm/* Command */.uB('serve')
        .description('serve the tree that a file:// target made, on 127.0.0.1')
        .argument('<directory>')
        .option('--port <number>', 'a free one if not given', '0')
        .action(serve_run);
}
async function serve_run(directory, { port }) {
    const { serve } = await Promise.all(/* import() */[__webpack_require__.e(934), __webpack_require__.e(606), __webpack_require__.e(86), __webpack_require__.e(630)]).then(__webpack_require__.bind(__webpack_require__, 22630));
    const server = await serve(directory, { port: (0,values/* parseInteger */.cG)('port', port, 0, 65535) });
    process.stderr.write(`serving ${directory} at ${server.url}; end with Ctrl-C\n`);
    const { host } = new URL(server.url);
    process.stderr.write(`pull with: docker pull ${host}/NAME:TAG\n`);
    const stop = () => void server.close();
    process.once('SIGINT', stop).once('SIGTERM', stop);
}

;// CONCATENATED MODULE: ./build/cli/static-push.js


const static_push_examples = `
Targets:
  s3://bucket[/prefix]?endpoint=…  a bucket
  file://./directory               the same tree on disk; alba serve DIRECTORY serves it

Example:
  alba static push -t albatros:0.9 df/ 's3://download.example.org?endpoint=s3.example.org&region=garage'`;
function staticPushCommand() {
    const command = new esm/* Command */.uB('push')
        .description('publish a tree <os>/<architecture>/<files> as df-dist-v1')
        .argument('<tree|target...>', 'folders <os>/<architecture>[/<variant>]/<files>; then one or more target URLs')
        .option('-t, --tag <name:tag>', 'the release', collect, [])
        .option('--extract <path>', 'take the files below this path out of image archives instead', '')
        .option('--page', 'write a page to download from', false)
        .option('--public-url <url>', 'where the target is served, for links', '')
        .option('--content-disposition <value>', 'attachment: browsers save the files rather than show them', '')
        .option('--concurrency <count>', 'uploads at once for each target', '4')
        .option('--dry-run', 'read and check everything, tell what would be sent, write nothing', false)
        .option('--json', 'print what was published as JSON on stdout', false)
        .option('--verbose', 'tell more', false)
        .addHelpText('after', static_push_examples);
    return addConnectionOptions(command).action(static_push_run);
}
async function static_push_run(words, flags) {
    const [{ staticPush }, { parseStaticPush }, { readContext }, { cliProgress }] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(934), __webpack_require__.e(606), __webpack_require__.e(88), __webpack_require__.e(118), __webpack_require__.e(382), __webpack_require__.e(86), __webpack_require__.e(164), __webpack_require__.e(847), __webpack_require__.e(70)]).then(__webpack_require__.bind(__webpack_require__, 76070)),
        __webpack_require__.e(/* import() */ 260).then(__webpack_require__.bind(__webpack_require__, 26260)),
        Promise.all(/* import() */[__webpack_require__.e(934), __webpack_require__.e(606), __webpack_require__.e(629)]).then(__webpack_require__.bind(__webpack_require__, 51629)),
        __webpack_require__.e(/* import() */ 902).then(__webpack_require__.bind(__webpack_require__, 20902)),
    ]);
    const { artifacts, targets } = splitWords(words);
    const request = await parseStaticPush({
        artifacts,
        targets,
        tags: flags.tag,
        extract: flags.extract,
        page: `${flags.page}`,
        publicUrl: flags.publicUrl,
        contentDisposition: flags.contentDisposition,
        concurrency: flags.concurrency,
        dryRun: `${flags.dryRun}`,
    }, () => readContext(flags));
    const progress = cliProgress(flags.verbose);
    try {
        const result = await staticPush(request, progress);
        if (flags.json)
            process.stdout.write(`${JSON.stringify(result)}\n`);
        else
            progress.line(result.url);
    }
    finally {
        progress.end();
    }
}

;// CONCATENATED MODULE: ./build/cli/version.js
const version = '0.1.0';

;// CONCATENATED MODULE: ./build/cli/main.js







const exit = { ok: 0, failure: 1, usage: 2 };
async function main(argv) {
    endQuietly(process.stdout, process.stderr);
    const program = new esm/* Command */.uB('alba')
        .description('Publish multi-platform container images and static binaries without a container daemon')
        .version(version, '--version')
        .exitOverride()
        .showHelpAfterError('(--help tells what there is)');
    program.command('container').description('container images').addCommand(containerPushCommand());
    program.command('static').description('plain files by platform').addCommand(staticPushCommand());
    program.addCommand(serveCommand());
    for (const command of [program, ...descendants(program)]) {
        command.exitOverride().configureHelp({ optionDescription });
    }
    try {
        await program.parseAsync(argv);
    }
    catch (thrown) {
        process.exitCode = report(thrown);
    }
}
function optionDescription({ description, defaultValue }) {
    return typeof defaultValue === 'string' && defaultValue !== ''
        ? `${description} (default: ${defaultValue})`
        : description;
}
function descendants(command) {
    return command.commands.flatMap((child) => [child, ...descendants(child)]);
}
function report(thrown) {
    if (thrown instanceof esm/* CommanderError */.b7)
        return thrown.exitCode === 0 ? exit.ok : exit.usage;
    for (const line of (0,errors/* messageOf */.bD)(thrown).split('\n'))
        process.stderr.write(`alba: ${(0,printable/* printable */.g)(line)}\n`);
    return thrown instanceof errors/* AlbaError */.x6 && thrown.code === 'usage' ? exit.usage : exit.failure;
}
function endQuietly(...streams) {
    for (const stream of streams) {
        stream.on('error', (failure) => {
            if (failure.code !== 'EPIPE')
                throw failure;
        });
    }
}


/***/ }),

/***/ 34277:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b9: () => (/* binding */ splitItems),
/* harmony export */   cG: () => (/* binding */ parseInteger),
/* harmony export */   qo: () => (/* binding */ parseSome),
/* harmony export */   yG: () => (/* binding */ parseBoolean)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);

function parseInteger(name, text, least, most) {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most)
        return value;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `${name} "${text}" is not a whole number from ${least} to ${most}`);
}
function parseBoolean(name, text) {
    if (/^(true|True|TRUE)$/.test(text))
        return true;
    if (/^(false|False|FALSE)$/.test(text))
        return false;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `${name} "${text}" is neither true nor false`);
}
function parseSome(items, otherwise) {
    if (items.length > 0)
        return items;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', otherwise);
}
function splitItems(text) {
    return text
        .split(/[\n,]/)
        .map((item) => item.trim())
        .filter((item) => item !== '');
}


/***/ }),

/***/ 10933:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ printable)
/* harmony export */ });
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;
function printable(text) {
    return text.replace(unprintable, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}


/***/ }),

/***/ 19473:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Zw: () => (/* binding */ Problems),
/* harmony export */   bD: () => (/* binding */ messageOf),
/* harmony export */   x6: () => (/* binding */ AlbaError),
/* harmony export */   xU: () => (/* binding */ systemCode)
/* harmony export */ });
class AlbaError extends Error {
    name = 'AlbaError';
    code;
    constructor(code, message, options) {
        super(message, options);
        this.code = code;
    }
}
const most = 20;
class Problems {
    #found = new Set();
    add(problem) {
        this.#found.add(problem);
    }
    throwIfAny(code) {
        if (this.#found.size === 0)
            return;
        const lines = [...this.#found].slice(0, most);
        if (this.#found.size > most)
            lines.push(`and ${this.#found.size - most} problems more`);
        throw new AlbaError(code, lines.join('\n'));
    }
}
function messageOf(thrown) {
    if (thrown instanceof AggregateError && thrown.message === '') {
        return thrown.errors.map(messageOf).join('; ');
    }
    return thrown instanceof Error ? thrown.message || thrown.name : String(thrown);
}
function systemCode(thrown) {
    const code = thrown instanceof Error ? thrown.code : undefined;
    return typeof code === 'string' ? code : undefined;
}


/***/ })

};
