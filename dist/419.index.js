export const id = 419;
export const ids = [419];
export const modules = {

/***/ 99230:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   addConnectionOptions: () => (/* binding */ addConnectionOptions),
/* harmony export */   readContext: () => (/* binding */ readContext)
/* harmony export */ });
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var node_stream_consumers__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(38321);
/* harmony import */ var env_paths__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(16463);
/* harmony import */ var _cache_folder_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(48593);
/* harmony import */ var _commands_connect_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(80006);






function addConnectionOptions(command) {
    return command
        .option('--username <name>', 'for the registry; without it the docker config (docker login) is asked')
        .option('--password-stdin', 'read the password for --username from stdin', false)
        .option('--ca-certificate <path>', 'a certificate authority to trust besides the system’s')
        .option('--cache-dir <path>', 'where to remember what was published; the user’s cache folder if not given')
        .option('--no-cache', 'remember nothing');
}
async function readContext(flags) {
    const { username, passwordStdin, caCertificate } = flags;
    const directory = process.cwd();
    const connection = await (0,_commands_connect_js__WEBPACK_IMPORTED_MODULE_4__/* .readConnection */ .d)({
        ...(username && { username }),
        ...(passwordStdin && { password: (await (0,node_stream_consumers__WEBPACK_IMPORTED_MODULE_2__.text)(process.stdin)).trimEnd() }),
        ...(caCertificate && { caCertificate }),
        ...(process.env.GITHUB_TOKEN && { githubToken: process.env.GITHUB_TOKEN }),
    }, process.env, directory);
    const cacheDir = flags.cacheDir ?? (0,env_paths__WEBPACK_IMPORTED_MODULE_5__/* ["default"] */ .A)('alba', { suffix: '' }).cache;
    return {
        connection,
        directory,
        temporaryDirectory: (0,node_os__WEBPACK_IMPORTED_MODULE_0__.tmpdir)(),
        parallelism: (0,node_os__WEBPACK_IMPORTED_MODULE_0__.availableParallelism)(),
        store: flags.cache ? (0,_cache_folder_js__WEBPACK_IMPORTED_MODULE_3__/* .folderStore */ .s)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(directory, cacheDir)) : undefined,
        now: new Date(),
    };
}


/***/ }),

/***/ 14419:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  main: () => (/* binding */ main)
});

// EXTERNAL MODULE: ./node_modules/commander/esm.mjs
var esm = __webpack_require__(48179);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/cli/context.js
var context = __webpack_require__(99230);
;// CONCATENATED MODULE: ./build/cli/container-push.js


const examples = `
Targets:
  docker://host[:port]/repository[:tag]  a registry
  s3://bucket[/prefix]?endpoint=…        a bucket, as a static registry that any web server can serve
  file://./directory                     the same tree on disk; alba serve DIRECTORY serves it
  oci:./directory[:tag]                  an OCI image layout

Example:
  alba container push -t albatros:0.9 docker/ 's3://registry.example.org?endpoint=s3.example.org&region=garage'`;
const collect = (value, earlier) => [...earlier, value];
function containerPushCommand() {
    const command = new esm/* Command */.uB('push')
        .description('merge image archives and layouts into one multi-platform index and publish it')
        .argument('<artifact|target...>', 'what the build left: files, folders, globs; then one or more target URLs')
        .option('-t, --tag <name:tag>', 'may repeat; a name alone publishes by digest', collect, [])
        .option('--platforms <list>', 'the platforms that must be there and no others, such as linux/amd64,linux/arm64', '')
        .option('--format <format>', 'media types of the index and of manifests made here: oci or docker', 'oci')
        .option('--compression-level <level>', 'of gzip for layers that arrive uncompressed, 1 to 9', '6')
        .option('--concurrency <count>', 'uploads at once for each target', '4')
        .option('--dry-run', 'read and check everything, tell what would be sent, write nothing', false)
        .option('--cache-from <url>', 'a published image to learn layers from; may repeat', collect, [])
        .option('--json', 'print what was published as JSON on stdout', false)
        .option('--verbose', 'tell more', false)
        .addHelpText('after', examples);
    return (0,context.addConnectionOptions)(command).action(run);
}
async function run(words, flags) {
    const [{ containerPush }, { parseContainerPush }, { readContext }, { cliProgress }] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(211), __webpack_require__.e(317)]).then(__webpack_require__.bind(__webpack_require__, 74317)),
        Promise.resolve(/* import() */).then(__webpack_require__.bind(__webpack_require__, 4620)),
        Promise.resolve(/* import() */).then(__webpack_require__.bind(__webpack_require__, 99230)),
        __webpack_require__.e(/* import() */ 902).then(__webpack_require__.bind(__webpack_require__, 20902)),
    ]);
    const isTarget = (word) => /^(\w+:\/\/|oci:)/.test(word);
    const request = await parseContainerPush({
        artifacts: words.filter((word) => !isTarget(word)),
        targets: words.filter(isTarget),
        tags: flags.tag,
        platforms: flags.platforms.split(',').filter((item) => item !== ''),
        format: flags.format,
        compressionLevel: flags.compressionLevel,
        concurrency: flags.concurrency,
        dryRun: `${flags.dryRun}`,
        cacheFrom: flags.cacheFrom,
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

// EXTERNAL MODULE: ./build/commands/container-push-request.js + 6 modules
var container_push_request = __webpack_require__(4620);
;// CONCATENATED MODULE: ./build/cli/serve.js


function serveCommand() {
    return new esm/* Command */.uB('serve')
        .description('serve the tree that a file:// target made, on 127.0.0.1')
        .argument('<directory>')
        .option('--port <number>', 'a free one if not given', '0')
        .action(serve_run);
}
async function serve_run(directory, { port }) {
    const { serve } = await __webpack_require__.e(/* import() */ 933).then(__webpack_require__.bind(__webpack_require__, 22933));
    const server = await serve(directory, { port: (0,container_push_request.parseInteger)('port', port, 0, 65535) });
    process.stderr.write(`serving ${directory} at ${server.url}; end with Ctrl-C\n`);
    const { host } = new URL(server.url);
    process.stderr.write(`pull with: docker pull ${host}/NAME:TAG\n`);
    const stop = () => void server.close();
    process.once('SIGINT', stop).once('SIGTERM', stop);
}

;// CONCATENATED MODULE: ./build/cli/main.js




const exit = { ok: 0, failure: 1, usage: 2 };
async function main(argv) {
    const program = new esm/* Command */.uB('alba')
        .description('Publish multi-platform container images without a container daemon')
        .exitOverride()
        .showHelpAfterError('(--help tells what there is)');
    program.command('container').description('container images').addCommand(containerPushCommand());
    program.addCommand(serveCommand());
    for (const command of descendants(program))
        command.exitOverride();
    try {
        await program.parseAsync(argv);
    }
    catch (thrown) {
        process.exitCode = report(thrown);
    }
}
function descendants(command) {
    return command.commands.flatMap((child) => [child, ...descendants(child)]);
}
function report(thrown) {
    if (thrown instanceof esm/* CommanderError */.b7)
        return thrown.exitCode === 0 ? exit.ok : exit.usage;
    for (const line of (0,errors/* messageOf */.bD)(thrown).split('\n'))
        process.stderr.write(`alba: ${line}\n`);
    return thrown instanceof errors/* AlbaError */.x6 && thrown.code === 'usage' ? exit.usage : exit.failure;
}


/***/ })

};
