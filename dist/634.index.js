export const id = 634;
export const ids = [634];
export const modules = {

/***/ 70342:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  y: () => (/* binding */ readContext)
});

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 7 modules
var core = __webpack_require__(33838);
// EXTERNAL MODULE: ./build/commands/connect.js + 3 modules
var connect = __webpack_require__(7473);
// EXTERNAL MODULE: ./build/commands/values.js
var values = __webpack_require__(34277);
// EXTERNAL MODULE: ./build/image/annotate.js
var annotate = __webpack_require__(42956);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./build/cache/folder.js
var cache_folder = __webpack_require__(48593);
;// CONCATENATED MODULE: ./build/action/calm.js
const alarm = /^::(?:warning|error)::(?=Failed to (?:restore|save): |Cache reservation failed: |Unable to finalize cache |You've hit a rate limit)/;
let isCalm = false;
function calm() {
    if (isCalm)
        return;
    isCalm = true;
    const write = process.stdout.write.bind(process.stdout);
    process.stdout.write = (text, ...rest) => write(typeof text === 'string' ? text.replace(alarm, '') : text, ...rest);
}

// EXTERNAL MODULE: ./build/action/log.js
var log = __webpack_require__(14173);
;// CONCATENATED MODULE: ./build/action/cache.js







const patience = 10_000;
function actionsStore(targets, temporary) {
    const directory = (0,external_node_path_.join)(temporary, 'alba-cache');
    const path = (0,external_node_path_.join)(directory, cache_folder/* fileName */.M);
    const folder = (0,cache_folder/* folderStore */.s)(directory);
    const scope = `alba-1-${hashOf(targets.toSorted().join('\n'))}-`;
    let restored;
    return {
        async load() {
            restored ??= restore(path, [`${scope}restore`, scope, 'alba-1-']);
            return (await restored) ? folder.load() : undefined;
        },
        async save(bytes) {
            await folder.save(bytes);
            await ask(({ saveCache }) => saveCache([path], scope + hashOf(bytes), undefined, true));
        },
    };
}
async function restore(path, [key = '', ...prefixes]) {
    if (!hasService())
        return true;
    await (0,promises_.rm)(path, { force: true });
    return ((await ask(({ restoreCache }) => restoreCache([path], key, prefixes, undefined, true))) !== undefined);
}
function hasService() {
    return Boolean(process.env.ACTIONS_RESULTS_URL || process.env.ACTIONS_CACHE_URL);
}
let isTooSlow = false;
async function ask(work) {
    if (!hasService() || isTooSlow)
        return undefined;
    const cache = await __webpack_require__.e(/* import() */ 691).then(__webpack_require__.bind(__webpack_require__, 61691));
    if (!cache.isFeatureAvailable())
        return undefined;
    calm();
    const timer = new AbortController();
    const tooLate = (0,external_node_timers_promises_.setTimeout)(patience, undefined, { signal: timer.signal, ref: false }).then(() => {
        isTooSlow = true;
        (0,log/* info */.p)(`The cache service did not answer within ${patience / 1000} s: going on without it.`);
    }, () => { });
    const done = work(cache).catch((failure) => (0,log/* info */.p)(`The cache is not used: ${failure}`));
    const first = await Promise.race([done, tooLate]);
    timer.abort();
    return first ?? undefined;
}
function hashOf(content) {
    return (0,external_node_crypto_.createHash)('sha256').update(content).digest('hex').slice(0, 16);
}

// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(77934);
// EXTERNAL MODULE: ./build/commands/tag-rules.js
var tag_rules = __webpack_require__(92845);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
;// CONCATENATED MODULE: ./build/action/github.js



const payloadSchema = dist/* object */.Ikc({
    repository: dist/* nullish */.cl6(dist/* object */.Ikc({
        description: dist/* nullish */.cl6(dist/* string */.YjP()),
        license: dist/* nullish */.cl6(dist/* object */.Ikc({ spdx_id: dist/* nullish */.cl6(dist/* string */.YjP()) })),
    })),
    head_commit: dist/* nullish */.cl6(dist/* object */.Ikc({ timestamp: dist/* pipe */.FsL(dist/* string */.YjP(), dist/* isoTimestamp */.yhX()) })),
});
const sources = {
    created: (_, { head_commit: commit }, now) => (commit ? new Date(commit.timestamp) : now).toISOString(),
    description: (_, { repository }) => repository?.description,
    licenses: (_, { repository }) => licenseOf(repository?.license?.spdx_id),
    revision: ({ sha }) => sha,
    source: urlOf,
    title: ({ repo }) => repo.repo,
    url: urlOf,
    version: ({ ref }) => (0,tag_rules/* versionOf */.E4)(ref),
};
async function loadWorkflowContext() {
    return (await __webpack_require__.e(/* import() */ 413).then(__webpack_require__.bind(__webpack_require__, 92413))).context;
}
function contextAnnotations(names, context, now) {
    const payload = parsePayload(context.payload);
    const found = checkNames(names).flatMap((name) => {
        const value = sources[name]?.(context, payload, now);
        return value ? [[`org.opencontainers.image.${name}`, value]] : [];
    });
    return Object.fromEntries(found);
}
function checkNames(names) {
    const known = Object.keys(sources);
    const unknown = names.find((name) => name !== 'all' && !known.includes(name));
    if (unknown !== undefined) {
        throw new errors/* AlbaError */.x6('usage', `annotate "${unknown}" is unknown: expected all, ${known.join(', ')}`);
    }
    return known.filter((name) => names.includes(name) || (names.includes('all') && name !== 'created'));
}
function parsePayload(payload) {
    const result = dist/* safeParse */.xLC(payloadSchema, payload);
    if (result.success)
        return result.output;
    const [issue] = result.issues;
    const where = `the event of this workflow run (GITHUB_EVENT_PATH) is malformed at ${dist/* getDotPath */.BuJ(issue)}`;
    throw new errors/* AlbaError */.x6('source', `${where}: ${issue.message}`);
}
function urlOf({ serverUrl, repo }) {
    return `${serverUrl}/${repo.owner}/${repo.repo}`;
}
function licenseOf(id) {
    return id === 'NOASSERTION' ? undefined : id;
}

// EXTERNAL MODULE: ./build/action/inputs.js
var inputs = __webpack_require__(7126);
;// CONCATENATED MODULE: ./build/action/context.js








async function readContext() {
    const password = core/* getInput */.V4('password');
    const githubToken = core/* getInput */.V4('github-token');
    for (const secret of [password, githubToken])
        if (secret)
            core/* setSecret */.Pq(secret);
    const directory = process.cwd();
    const connection = await (0,connect/* readConnection */.d)({
        username: core/* getInput */.V4('username'),
        password,
        githubToken,
        caCertificate: core/* getInput */.V4('ca-certificate'),
    }, process.env, directory);
    const now = new Date();
    const { GITHUB_REPOSITORY, GITHUB_REF } = process.env;
    const temporaryDirectory = process.env.RUNNER_TEMP || (0,external_node_os_.tmpdir)();
    return {
        connection,
        directory,
        temporaryDirectory,
        parallelism: (0,external_node_os_.availableParallelism)(),
        threads: process.argv[1],
        store: (0,values/* parseBoolean */.yG)('cache', core/* getInput */.V4('cache'))
            ? actionsStore(core/* getMultilineInput */.q3('target'), temporaryDirectory)
            : undefined,
        now,
        run: GITHUB_REPOSITORY && GITHUB_REF ? { repository: GITHUB_REPOSITORY, ref: GITHUB_REF } : undefined,
        annotations: await readAnnotations(now),
    };
}
async function readAnnotations(now) {
    const names = (0,inputs/* getItems */.J)('annotate');
    if (names.length === 0)
        return [];
    return (0,annotate/* toAnnotations */.gI)(contextAnnotations(names, await loadWorkflowContext(), now));
}


/***/ }),

/***/ 7126:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ getItems),
/* harmony export */   g: () => (/* binding */ refuseInputs)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(33838);
/* harmony import */ var _commands_values_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(34277);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(19473);



function refuseInputs(command, names) {
    const set = names.filter((name) => !['', 'false'].includes(_actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getInput */ .V4(name)));
    if (set.length === 0)
        return;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6('usage', `${set.join(', ')}: no meaning for "${command}"; remove ${set.length === 1 ? 'it' : 'them'}`);
}
function getItems(name) {
    return (0,_commands_values_js__WEBPACK_IMPORTED_MODULE_1__/* .splitItems */ .b9)(_actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getInput */ .V4(name));
}


/***/ }),

/***/ 14173:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ info)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(33838);
/* harmony import */ var _content_printable_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(10933);


function info(text) {
    _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .info */ .pq((0,_content_printable_js__WEBPACK_IMPORTED_MODULE_1__/* .printable */ .g)(text)
        .replace(/^\s*::/, '\\$&')
        .replaceAll('##[', '##\\['));
}


/***/ }),

/***/ 92309:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ setOutputs)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(33838);

function setOutputs(outputs) {
    for (const [name, value] of Object.entries(outputs))
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .setOutput */ .uH(name, value);
}


/***/ }),

/***/ 8840:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ actionProgress)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(33838);
/* harmony import */ var _content_printable_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(10933);
/* harmony import */ var _log_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(14173);



function actionProgress() {
    let isOpen = false;
    const end = () => {
        if (isOpen)
            _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .endGroup */ .N4();
        isOpen = false;
    };
    return {
        end,
        group(title) {
            end();
            _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .startGroup */ .Oh(title);
            isOpen = true;
        },
        line: _log_js__WEBPACK_IMPORTED_MODULE_1__/* .info */ .p,
        warn: (text) => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .warning */ .$e((0,_content_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .printable */ .g)(text)),
        debug: (text) => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .debug */ .Yz((0,_content_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .printable */ .g)(text)),
        expect() { },
        advance() { },
    };
}


/***/ }),

/***/ 14634:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   runStaticPush: () => (/* binding */ runStaticPush)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(33838);
/* harmony import */ var _commands_static_push_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76070);
/* harmony import */ var _commands_static_push_request_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(26260);
/* harmony import */ var _context_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(70342);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7126);
/* harmony import */ var _log_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(14173);
/* harmony import */ var _outputs_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(92309);
/* harmony import */ var _progress_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(8840);
/* harmony import */ var _summary_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(76079);









const foreign = [
    'platforms',
    'compression-level',
    'cache-from',
    'floating',
    'immutable',
    'annotations',
    'labels',
    'annotate',
];
async function runStaticPush() {
    (0,_inputs_js__WEBPACK_IMPORTED_MODULE_4__/* .refuseInputs */ .g)('static push', foreign);
    const request = await (0,_commands_static_push_request_js__WEBPACK_IMPORTED_MODULE_2__.parseStaticPush)({
        artifacts: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getMultilineInput */ .q3('artifacts'),
        targets: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getMultilineInput */ .q3('target'),
        tags: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getMultilineInput */ .q3('tag'),
        extract: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getInput */ .V4('extract'),
        page: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getInput */ .V4('page'),
        publicUrl: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getInput */ .V4('public-url'),
        contentDisposition: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getInput */ .V4('content-disposition'),
        concurrency: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getInput */ .V4('concurrency'),
        dryRun: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getInput */ .V4('dry-run'),
    }, _context_js__WEBPACK_IMPORTED_MODULE_3__/* .readContext */ .y);
    const progress = (0,_progress_js__WEBPACK_IMPORTED_MODULE_7__/* .actionProgress */ .c)();
    const result = await (0,_commands_static_push_js__WEBPACK_IMPORTED_MODULE_1__.staticPush)(request, progress);
    progress.end();
    (0,_log_js__WEBPACK_IMPORTED_MODULE_5__/* .info */ .p)(result.url);
    (0,_outputs_js__WEBPACK_IMPORTED_MODULE_6__/* .setOutputs */ .n)({
        url: result.url,
        digest: result.digest,
        files: JSON.stringify(result.files),
        metadata: JSON.stringify(result),
        'pushed-bytes': `${result.pushedBytes}`,
        'skipped-bytes': `${result.skippedBytes}`,
    });
    await (0,_summary_js__WEBPACK_IMPORTED_MODULE_8__/* .writeStaticSummary */ .Y)(result);
}


/***/ }),

/***/ 76079:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ writeContainerSummary),
/* harmony export */   Y: () => (/* binding */ writeStaticSummary)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(33838);
/* harmony import */ var _content_format_bytes_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4613);
/* harmony import */ var _content_printable_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(10933);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(19473);
/* harmony import */ var _log_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(14173);





const maxFiles = 200;
async function writeContainerSummary(result) {
    const rows = result.manifests.map(({ platform, digest, layers, made, size, pushed, why }) => [
        escaped(platform),
        code(digest),
        layersOf(layers, made),
        (0,_content_format_bytes_js__WEBPACK_IMPORTED_MODULE_3__/* .formatBytes */ .z)(size),
        pushed ? `pushed${why ? `: ${why}` : ''}` : 'skipped: already there',
    ]);
    const references = result.references.map((reference) => code(reference));
    await write(`Container release${result.dryRun ? ' (dry run)' : ''}`, paragraph(`Index ${code(result.digest)}`) +
        table(['Platform', 'Digest', 'Layers', 'Size', 'Sent'], rows) +
        list(references) +
        paragraph(bytesOf(result)));
}
async function writeStaticSummary(result) {
    const platforms = Object.entries(result.platforms).map(([platform, { files, size }]) => [
        escaped(platform),
        `${files}`,
        (0,_content_format_bytes_js__WEBPACK_IMPORTED_MODULE_3__/* .formatBytes */ .z)(size),
    ]);
    const files = result.files
        .slice(0, maxFiles)
        .map(({ path, size, digest, url }) => [
        url ? `<a href="${escaped(url)}">${escaped(path)}</a>` : escaped(path),
        (0,_content_format_bytes_js__WEBPACK_IMPORTED_MODULE_3__/* .formatBytes */ .z)(size),
        code(digest),
    ]);
    const rest = result.files.length - files.length;
    await write(`${result.name} ${result.tag}${result.dryRun ? ' (dry run)' : ''}`, table(['Platform', 'Files', 'Size'], platforms) +
        table(['File', 'Size', 'Digest'], files) +
        (rest > 0 ? paragraph(`and ${rest} more`) : '') +
        paragraph(bytesOf(result)));
}
async function write(title, html) {
    try {
        await _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .summary */ .z.addRaw(`<h2>${escaped(title)}</h2>\n${html}`, true).write();
    }
    catch (failure) {
        (0,_log_js__WEBPACK_IMPORTED_MODULE_2__/* .info */ .p)(`no job summary: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(failure)}`);
    }
}
function layersOf(layers, made) {
    if (made === 0)
        return `${layers}, all known`;
    return made === layers ? `${layers}, compressed` : `${layers}, ${made} of them compressed`;
}
function bytesOf({ pushedBytes, skippedBytes }) {
    return `${(0,_content_format_bytes_js__WEBPACK_IMPORTED_MODULE_3__/* .formatBytes */ .z)(pushedBytes)} sent, ${(0,_content_format_bytes_js__WEBPACK_IMPORTED_MODULE_3__/* .formatBytes */ .z)(skippedBytes)} already there.`;
}
function table(header, rows) {
    const row = (cells, tag) => `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>\n`;
    return `<table>\n${row(header, 'th')}${rows.map((cells) => row(cells, 'td')).join('')}</table>\n`;
}
function list(items) {
    return `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>\n`;
}
function paragraph(html) {
    return `<p>${html}</p>\n`;
}
function code(text) {
    return `<code>${escaped(text)}</code>`;
}
function escaped(text) {
    return (0,_content_printable_js__WEBPACK_IMPORTED_MODULE_4__/* .printable */ .g)(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}


/***/ }),

/***/ 48593:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ fileName),
/* harmony export */   s: () => (/* binding */ folderStore)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(19473);
/* harmony import */ var _knowledge_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1365);
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});





const fileName = 'alba-knowledge.json';
function folderStore(folder) {
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, fileName);
    return {
        async load() {
            const env_1 = { stack: [], error: void 0, hasError: false };
            try {
                const file = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(path).catch((failure) => {
                    if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .systemCode */ .xU)(failure) === 'ENOENT')
                        return undefined;
                    throw failure;
                });
                if (!file)
                    return undefined;
                const _ = __addDisposableResource(env_1, file, true);
                const { buffer, bytesRead } = await file.read(Buffer.alloc(_knowledge_js__WEBPACK_IMPORTED_MODULE_4__/* .maxKnowledgeSize */ .O + 1));
                return buffer.subarray(0, bytesRead);
            }
            catch (e_1) {
                env_1.error = e_1;
                env_1.hasError = true;
            }
            finally {
                const result_1 = __disposeResources(env_1);
                if (result_1)
                    await result_1;
            }
        },
        async save(bytes) {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)(folder, { recursive: true });
            const temporary = `${path}.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)()}`;
            try {
                await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(temporary, bytes);
                await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(temporary, path);
            }
            finally {
                await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(temporary, { force: true });
            }
        },
    };
}


/***/ }),

/***/ 1365:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ maxKnowledgeSize),
/* harmony export */   v: () => (/* binding */ Knowledge)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(77934);
/* harmony import */ var _oci_descriptor_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(46937);



const maxKnowledgeSize = 1_000_000;
const maxEntrySize = 100_000;
const version = 1;
const maxIdleDays = 90;
const useGranularity = 7;
const count = valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .safeInteger */ .Y2b(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .minValue */ .Wwf(0));
const manifestSchema = valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({ descriptor: _oci_descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .descriptorSchema */ .TM, document: valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP() });
const imageSchema = valibot__WEBPACK_IMPORTED_MODULE_2__/* .variant */ .Oxt('kind', [
    valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
        kind: valibot__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('loose'),
        platform: _oci_descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .platformSchema */ .vd,
        config: _oci_descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .descriptorSchema */ .TM,
        layers: valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({ diffId: _oci_descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .digestSchema */ .er, size: count, compressed: valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(_oci_descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .descriptorSchema */ .TM) })),
    }),
    valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
        kind: valibot__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('sealed'),
        platform: _oci_descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .platformSchema */ .vd,
        manifest: manifestSchema,
        attestations: valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(manifestSchema),
    }),
]);
const bodySchema = valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
    archives: valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_2__/* .tuple */ .PVZ([_oci_descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .digestSchema */ .er, valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(imageSchema), count])),
    layers: valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_2__/* .tuple */ .PVZ([valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), _oci_descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .descriptorSchema */ .TM, count])),
});
const fileSchema = valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({ version: valibot__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz(version), checksum: valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), body: valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP() });
class Knowledge {
    #archives = new Map();
    #layers = new Map();
    #today;
    #isChanged = false;
    constructor(now) {
        this.#today = Math.floor(now.getTime() / 86_400_000);
    }
    get isChanged() {
        return this.#isChanged;
    }
    get knowsArchives() {
        return this.#archives.size > 0;
    }
    imagesOf(archive) {
        return this.#use(this.#archives.get(archive));
    }
    learnImages(archive, images) {
        this.#learn(this.#archives, archive, images);
    }
    layerOf(diffId, settings) {
        return this.#use(this.#layers.get(`${diffId} ${settings}`));
    }
    learnLayer(diffId, settings, blob) {
        this.#learn(this.#layers, `${diffId} ${settings}`, blob);
    }
    read(bytes) {
        const body = bytes.length <= maxKnowledgeSize ? parseFile(bytes) : undefined;
        if (!body)
            return false;
        for (const [digest, images, used] of body.archives)
            this.#add(this.#archives, digest, images, used);
        for (const [key, blob, used] of body.layers)
            this.#add(this.#layers, key, blob, used);
        return true;
    }
    format() {
        const recent = (entries) => [...entries].flatMap(([key, { value, used }]) => used >= this.#today - maxIdleDays ? [[key, value, used]] : []);
        const kept = { archives: recent(this.#archives), layers: recent(this.#layers) };
        for (;;) {
            const body = JSON.stringify(kept);
            const file = Buffer.from(JSON.stringify({ version, checksum: checksumOf(body), body }));
            if (file.length <= maxKnowledgeSize)
                return file;
            for (const list of Object.values(kept)) {
                list.sort((a, b) => b[2] - a[2]);
                list.splice(Math.floor(list.length / 2));
            }
        }
    }
    #add(entries, key, value, used) {
        if (!entries.has(key))
            entries.set(key, { value, used: Math.min(used, this.#today) });
    }
    #use(entry) {
        if (entry && entry.used <= this.#today - useGranularity) {
            entry.used = this.#today;
            this.#isChanged = true;
        }
        return entry?.value;
    }
    #learn(entries, key, value) {
        const text = JSON.stringify(value);
        if (text.length > maxEntrySize || JSON.stringify(entries.get(key)?.value) === text)
            return;
        entries.set(key, { value, used: this.#today });
        this.#isChanged = true;
    }
}
function parseFile(bytes) {
    try {
        const { checksum, body } = valibot__WEBPACK_IMPORTED_MODULE_2__/* .parse */ .qgA(fileSchema, JSON.parse(Buffer.from(bytes).toString('utf8')));
        return checksum === checksumOf(body) ? valibot__WEBPACK_IMPORTED_MODULE_2__/* .parse */ .qgA(bodySchema, JSON.parse(body)) : undefined;
    }
    catch {
        return undefined;
    }
}
function checksumOf(text) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(text).digest('hex');
}


/***/ }),

/***/ 7473:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Q: () => (/* binding */ openPlace),
  d: () => (/* binding */ readConnection)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
;// CONCATENATED MODULE: ./build/repository/registry/credentials.js
function firstCredentials(sources) {
    return async (registry) => {
        for (const source of sources) {
            const found = await source(registry);
            if (found)
                return found;
        }
        return undefined;
    };
}
function passwordCredentials(username, password, origin) {
    return async () => ({ kind: 'password', username, password, origin });
}
function workflowCredentials(token, actor) {
    const username = actor || 'x-access-token';
    return async (registry) => registry === 'ghcr.io'
        ? { kind: 'password', username, password: token, origin: 'the workflow token' }
        : undefined;
}

// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(77934);
// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(31421);
// EXTERNAL MODULE: ./build/repository/registry/secret-json.js
var secret_json = __webpack_require__(26324);
;// CONCATENATED MODULE: ./build/repository/registry/credential-helper.js




const answerSchema = dist/* object */.Ikc({ Username: dist/* string */.YjP(), Secret: dist/* string */.YjP() });
const identityUser = '<token>';
const patience = 30_000;
async function askHelper(helper, server) {
    const program = `docker-credential-${helper}`;
    if (!/^[\w.-]+$/.test(helper)) {
        throw new errors/* AlbaError */.x6('auth', `the docker config names a credential helper "${helper}": not a program's name`);
    }
    const { stdout, stderr, failure } = await run(program, server);
    if (failure) {
        if (/credentials not found/i.test(stdout + stderr))
            return undefined;
        throw new errors/* AlbaError */.x6('auth', `${program} get, asked about ${server}, ${explain(failure, stdout, stderr)}`);
    }
    const answer = (0,secret_json/* parseSecretJson */.g)(answerSchema, stdout, `what ${program} answered about ${server}`);
    if (answer.Secret === '')
        return undefined;
    return answer.Username === identityUser
        ? { kind: 'identity', token: answer.Secret, origin: program }
        : { kind: 'password', username: answer.Username, password: answer.Secret, origin: program };
}
function run(program, server) {
    return new Promise((resolve) => {
        const options = { timeout: patience, maxBuffer: 64 * 1024, windowsHide: true };
        const child = (0,external_node_child_process_.execFile)(program, ['get'], options, (error, stdout, stderr) => {
            resolve({ stdout, stderr, ...(error && { failure: error }) });
        });
        child.stdin?.on('error', () => { });
        child.stdin?.end(`${server}\n`);
    });
}
function explain(failure, stdout, stderr) {
    if (failure.code === 'ENOENT') {
        return 'is not on PATH: install it, or remove it from credsStore and credHelpers of the docker config';
    }
    if (failure.killed)
        return `gave no answer within ${patience / 1_000} s`;
    const [line = ''] = (stderr.trim() || (stdout.includes('{') ? '' : stdout.trim())).split('\n');
    return `failed (${failure.code})${line && `: ${line.slice(0, 200)}`}`;
}

;// CONCATENATED MODULE: ./build/repository/registry/docker-config.js





const entrySchema = dist/* object */.Ikc({
    auth: dist/* optional */.lqM(dist/* string */.YjP()),
    username: dist/* optional */.lqM(dist/* string */.YjP()),
    password: dist/* optional */.lqM(dist/* string */.YjP()),
    identitytoken: dist/* optional */.lqM(dist/* string */.YjP()),
});
const configSchema = dist/* object */.Ikc({
    auths: dist/* nullish */.cl6(dist/* record */.g1P(dist/* string */.YjP(), entrySchema), {}),
    credHelpers: dist/* nullish */.cl6(dist/* record */.g1P(dist/* string */.YjP(), dist/* string */.YjP()), {}),
    credsStore: dist/* nullish */.cl6(dist/* string */.YjP(), ''),
});
const hubServer = 'https://index.docker.io/v1/';
const hubHosts = ['index.docker.io', 'docker.io', 'registry-1.docker.io'];
function dockerConfigCredentials(path) {
    let config;
    return async (registry) => {
        config ??= readConfig(path);
        const { auths, credHelpers, credsStore } = await config;
        const server = registry === 'docker.io' ? hubServer : registry;
        const helper = entryFor(credHelpers, registry) ?? credsStore;
        const kept = helper ? await askHelper(helper, server) : undefined;
        const entry = entryFor(auths, registry);
        return kept ?? (entry && credentialsIn(entry, registry, path));
    };
}
async function readConfig(path) {
    let text;
    try {
        text = await (0,promises_.readFile)(path, 'utf8');
    }
    catch (cause) {
        const code = (0,errors/* systemCode */.xU)(cause);
        if (code === 'ENOENT' || code === 'ENOTDIR')
            return dist/* parse */.qgA(configSchema, {});
        throw new errors/* AlbaError */.x6('auth', `the docker config ${path} cannot be read: ${(0,errors/* messageOf */.bD)(cause)}`, { cause });
    }
    return (0,secret_json/* parseSecretJson */.g)(configSchema, text, `the docker config ${path}`);
}
function entryFor(entries, registry) {
    const hosts = registry === 'docker.io' ? hubHosts : [registry];
    const isHere = (key) => {
        const [, host = ''] = /^(?:https?:\/\/)?([^/]+)(?:\/|\/v[12]\/?)?$/.exec(key) ?? [];
        return hosts.includes(host.toLowerCase());
    };
    return Object.entries(entries).find(([key]) => isHere(key))?.[1];
}
function credentialsIn(entry, registry, path) {
    const origin = `the docker config ${path}`;
    if (entry.identitytoken)
        return { kind: 'identity', token: entry.identitytoken, origin };
    if (!entry.auth) {
        const { username, password } = entry;
        return username && password ? { kind: 'password', username, password, origin } : undefined;
    }
    const decoded = Buffer.from(entry.auth, 'base64').toString('utf8').replace(/\0+$/, '');
    const colon = decoded.indexOf(':');
    if (colon <= 0) {
        throw new errors/* AlbaError */.x6('auth', `${origin}: the "auth" of ${registry} is not a user and a password in base64; log in again with docker login ${registry}`);
    }
    return {
        kind: 'password',
        username: decoded.slice(0, colon),
        password: decoded.slice(colon + 1),
        origin,
    };
}

// EXTERNAL MODULE: ./build/storage/open.js + 1 modules
var storage_open = __webpack_require__(63851);
;// CONCATENATED MODULE: ./build/commands/connect.js







async function readConnection({ username, password, githubToken, caCertificate }, env, directory) {
    if (!username !== !password) {
        throw new errors/* AlbaError */.x6('usage', `${username ? 'password' : 'username'} is missing: give both or neither`);
    }
    const ca = await readCertificate(caCertificate || env.LOCAL_CA_CERTIFICATE || '', directory);
    const [http, https, no] = ['http_proxy', 'https_proxy', 'no_proxy'].map((name) => env[name] || env[name.toUpperCase()]);
    return {
        ...(username && password && { login: { username, password } }),
        ...(githubToken && {
            workflow: { token: githubToken, ...(env.GITHUB_ACTOR && { actor: env.GITHUB_ACTOR }) },
        }),
        dockerConfig: (0,external_node_path_.join)(env.DOCKER_CONFIG || (0,external_node_path_.join)((0,external_node_os_.homedir)(), '.docker'), 'config.json'),
        ...(ca && { ca }),
        proxies: { ...(http && { http }), ...(https && { https }), ...(no && { no }) },
        directory,
    };
}
async function openPlace(place, connection, progress, access = 'push') {
    switch (place.kind) {
        case 'registry':
            return openRegistryPlace(place, connection, progress, access);
        case 'storage': {
            const { openStatic } = await __webpack_require__.e(/* import() */ 881).then(__webpack_require__.bind(__webpack_require__, 35881));
            return openStatic(await (0,storage_open/* openStorage */.G)(place.location, connection, progress), place.name);
        }
        case 'layout': {
            const { openLayout } = await __webpack_require__.e(/* import() */ 863).then(__webpack_require__.bind(__webpack_require__, 5863));
            return openLayout((0,external_node_path_.resolve)(connection.directory, place.path));
        }
    }
}
async function openRegistryPlace({ reference, plainHttp }, { login, workflow, dockerConfig, ca, proxies }, progress, access) {
    const { openRegistry } = await __webpack_require__.e(/* import() */ 187).then(__webpack_require__.bind(__webpack_require__, 187));
    const sources = [
        ...(login?.registry === reference.registry
            ? [passwordCredentials(login.username, login.password, 'the username and password given')]
            : []),
        dockerConfigCredentials(dockerConfig),
        ...(workflow ? [workflowCredentials(workflow.token, workflow.actor)] : []),
    ];
    return openRegistry(reference, {
        credentials: firstCredentials(sources),
        progress,
        access,
        proxies,
        ...(plainHttp !== undefined && { plainHttp }),
        ...(ca && { ca }),
    });
}
async function readCertificate(given, directory) {
    if (given === '' || given.includes('-----BEGIN'))
        return given;
    const path = (0,external_node_path_.resolve)(directory, given);
    const text = await (0,promises_.readFile)(path, 'utf8').catch((cause) => {
        throw new errors/* AlbaError */.x6('usage', `the CA certificate ${path} cannot be read: ${(0,errors/* messageOf */.bD)(cause)}`, { cause });
    });
    if (text.includes('-----BEGIN CERTIFICATE-----'))
        return text;
    throw new errors/* AlbaError */.x6('usage', `${path} holds no certificate in PEM form`);
}


/***/ }),

/***/ 72667:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ parseNamedTag)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _oci_reference_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(20907);


function parseNamedTag(text) {
    const named = withoutHost(text);
    const colon = named.indexOf(':');
    if (colon < 0 && /^v?\d+(\.\d+)*([.-]|$)|^latest$/.test(named)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `"${text}" is a name without a tag: write name:${named}, or a name alone to publish by digest`);
    }
    if (colon < 0)
        return { name: (0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseName */ .$q)(named) };
    return { name: (0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseName */ .$q)(named.slice(0, colon)), tag: (0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseTag */ .ED)(named.slice(colon + 1)) };
}
function withoutHost(text) {
    const slash = text.indexOf('/');
    const first = text.slice(0, Math.max(slash, 0));
    if (!/[.:]/.test(first) && first !== 'localhost')
        return text;
    (0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseRegistry */ .l5)(first);
    return text.slice(slash + 1);
}


/***/ }),

/***/ 61447:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bj: () => (/* binding */ parseAllLater),
/* harmony export */   bg: () => (/* binding */ parseAll),
/* harmony export */   lc: () => (/* binding */ parseEach)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);

function parseAll(parsers) {
    const problems = new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .Problems */ .Zw();
    const values = {};
    for (const [name, parse] of Object.entries(parsers)) {
        try {
            values[name] = parse();
        }
        catch (thrown) {
            addUsage(problems, thrown);
        }
    }
    problems.throwIfAny('usage');
    return values;
}
async function parseAllLater(parsers) {
    const problems = new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .Problems */ .Zw();
    const values = {};
    for (const [name, parse] of Object.entries(parsers)) {
        try {
            values[name] = await parse();
        }
        catch (thrown) {
            addUsage(problems, thrown);
        }
    }
    problems.throwIfAny('usage');
    return values;
}
function parseEach(items, parse) {
    return Object.values(parseAll(Object.fromEntries(items.map((item, i) => [`${i}`, () => parse(item)]))));
}
function addUsage(problems, thrown) {
    if (!(thrown instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6 && thrown.code === 'usage'))
        throw thrown;
    problems.add((0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(thrown));
}


/***/ }),

/***/ 26260:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   parseStaticPush: () => (/* binding */ parseStaticPush)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _release_keys_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(35568);
/* harmony import */ var _storage_url_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(96268);
/* harmony import */ var _named_tag_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(72667);
/* harmony import */ var _problems_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(61447);
/* harmony import */ var _values_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(34277);






async function parseStaticPush(input, readContext) {
    const { context, parsed } = await (0,_problems_js__WEBPACK_IMPORTED_MODULE_4__/* .parseAllLater */ .Bj)({
        context: readContext,
        parsed: () => parseInput(input),
    });
    return { ...context, ...parsed };
}
function parseInput(input) {
    const { publicUrl, extract, ...settings } = (0,_problems_js__WEBPACK_IMPORTED_MODULE_4__/* .parseAll */ .bg)({
        artifacts: () => (0,_values_js__WEBPACK_IMPORTED_MODULE_5__/* .parseSome */ .qo)(input.artifacts, 'no artifacts: name at least one folder <os>/<architecture>/<files>'),
        targets: () => parseTargets(input.targets),
        release: () => parseOneRelease(input.tags),
        extract: () => parseExtract(input.extract),
        page: () => (0,_values_js__WEBPACK_IMPORTED_MODULE_5__/* .parseBoolean */ .yG)('page', input.page),
        publicUrl: () => parsePublicUrl(input.publicUrl),
        attachment: () => parseAttachment(input.contentDisposition),
        concurrency: () => (0,_values_js__WEBPACK_IMPORTED_MODULE_5__/* .parseInteger */ .cG)('concurrency', input.concurrency, 1, 256),
        dryRun: () => (0,_values_js__WEBPACK_IMPORTED_MODULE_5__/* .parseBoolean */ .yG)('dry-run', input.dryRun),
    });
    return {
        ...settings,
        ...(publicUrl !== undefined && { publicUrl }),
        ...(extract !== undefined && { extract }),
    };
}
function parseTargets(urls) {
    return (0,_problems_js__WEBPACK_IMPORTED_MODULE_4__/* .parseEach */ .lc)((0,_values_js__WEBPACK_IMPORTED_MODULE_5__/* .parseSome */ .qo)(urls, 'no target: name at least one URL'), (url) => {
        if ((0,_storage_url_js__WEBPACK_IMPORTED_MODULE_2__/* .isStorageUrl */ .v)(url))
            return (0,_storage_url_js__WEBPACK_IMPORTED_MODULE_2__/* .parseStorageUrl */ .Yu)(url);
        const expected = 's3://bucket[/prefix]?… or file://./directory';
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `target "${(0,_storage_url_js__WEBPACK_IMPORTED_MODULE_2__/* .redactUrl */ .BO)(url)}" cannot hold plain files: expected ${expected}`);
    });
}
function parseOneRelease(tags) {
    const [text, ...others] = tags;
    if (text === undefined)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', 'no tag: name the release as name:tag');
    if (others.length > 0)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `one tag is published at a time, not ${tags.length}`);
    const { name, tag } = (0,_named_tag_js__WEBPACK_IMPORTED_MODULE_3__/* .parseNamedTag */ .Z)(text);
    if (tag !== undefined)
        return (0,_release_keys_js__WEBPACK_IMPORTED_MODULE_1__/* .parseRelease */ .BC)(name, tag);
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `"${text}" has no tag: name the release as ${name}:tag`);
}
function parseExtract(text) {
    if (text === '' || text.startsWith('/'))
        return text || undefined;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `extract "${text}" is not a path from the root of an image, such as /app/out`);
}
function parseAttachment(text) {
    if (text === '' || text === 'attachment')
        return text !== '';
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `content-disposition "${text}" is unknown: expected attachment, or nothing`);
}
function parsePublicUrl(text) {
    if (text === '')
        return undefined;
    if (URL.canParse(text)) {
        const { protocol, username, password, search, hash, href } = new URL(text);
        const isPlain = [username, password, search, hash].every((part) => part === '');
        if (/^https?:$/.test(protocol) && isPlain)
            return href.replace(/\/+$/, '');
    }
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', 'public-url must be the http or https URL where the target is served, without credentials or query');
}


/***/ }),

/***/ 92845:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E4: () => (/* binding */ versionOf),
/* harmony export */   Kb: () => (/* binding */ floatingTags),
/* harmony export */   q3: () => (/* binding */ defaultTag)
/* harmony export */ });
/* harmony import */ var semver__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62088);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(19473);
/* harmony import */ var _oci_reference_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(20907);



function versionOf(ref) {
    const prefix = 'refs/tags/';
    if (!ref.startsWith(prefix))
        return undefined;
    const text = ref.slice(prefix.length);
    return text.startsWith('v') && semver__WEBPACK_IMPORTED_MODULE_0__.valid(text) ? text.slice(1) : text;
}
function defaultTag({ repository, ref }) {
    const tag = versionOf(ref);
    if (tag === undefined)
        return undefined;
    if ((0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .isTag */ .dz)(tag))
        return { name: nameOf(repository), tag };
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .AlbaError */ .x6('usage', `"${tag}" of ${ref} is not a tag of an image: it must match ${_oci_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .tagGrammar */ .W6}; give "tag"`);
}
function floatingTags(tag, existing) {
    const release = parseRelease(tag);
    if (!release)
        return [];
    const { prefix, version } = release;
    const { major, minor } = version;
    const higher = existing
        .flatMap((text) => parseRelease(text) ?? [])
        .filter((other) => other.version.compare(version) > 0);
    const alike = higher.filter((other) => other.prefix === prefix && other.version.major === major);
    return [
        ...(alike.some((other) => other.version.minor === minor) ? [] : [`${prefix}${major}.${minor}`]),
        ...(major === 0 || alike.length > 0 ? [] : [`${prefix}${major}`]),
        ...(higher.length > 0 ? [] : ['latest']),
    ];
}
function parseRelease(tag) {
    const version = semver__WEBPACK_IMPORTED_MODULE_0__.parse(tag);
    if (!version || !(0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .isTag */ .dz)(tag) || version.prerelease.length > 0)
        return undefined;
    return { prefix: tag.startsWith('v') ? 'v' : '', version };
}
function nameOf(repository) {
    const name = repository.slice(repository.lastIndexOf('/') + 1).toLowerCase();
    const words = name.replace(/^[._-]+|[._-]+$/g, '').replace(/[._-]{2,}/g, separator);
    if (new RegExp(`^${_oci_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .nameGrammar */ .fG}$`).test(words))
        return words;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .AlbaError */ .x6('usage', `repository "${repository}" makes no name of an image: give "tag" as name:tag`);
}
function separator(run) {
    return run === '__' || /^-+$/.test(run) ? run : '-';
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

/***/ 42956:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $N: () => (/* binding */ annotationWarnings),
/* harmony export */   Ih: () => (/* binding */ annotationsOf),
/* harmony export */   LO: () => (/* binding */ checkAnnotations),
/* harmony export */   RF: () => (/* binding */ mergeAnnotations),
/* harmony export */   fr: () => (/* binding */ parseAnnotation),
/* harmony export */   gI: () => (/* binding */ toAnnotations)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _oci_platform_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(44647);


const levels = ['index', 'manifest', 'index-descriptor', 'manifest-descriptor'];
function parseAnnotation(line) {
    if (line.trim() === '')
        return [];
    const equals = line.indexOf('=');
    const colon = line.slice(0, Math.max(equals, 0)).indexOf(':');
    const key = line.slice(colon + 1, Math.max(equals, 0));
    if (key === '' || /[\s"']/.test(key)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `annotation "${line}" is not key=value or level:key=value, without quotes`);
    }
    const value = line.slice(equals + 1);
    if (colon < 0)
        return toAnnotations({ [key]: value });
    return line
        .slice(0, colon)
        .split(',')
        .map((text) => ({ ...parseLevel(text, line), key, value }));
}
function toAnnotations(annotations) {
    return Object.entries(annotations).flatMap(([key, value]) => [
        { level: 'index', key, value },
        { level: 'manifest', key, value },
    ]);
}
function annotationsOf(annotations, level, platform) {
    const found = annotations.filter((annotation) => annotation.level === level);
    const own = found.filter((annotation) => platform && isFor(annotation, platform));
    const entries = [...found.filter((annotation) => !annotation.platform), ...own];
    if (entries.length === 0)
        return undefined;
    return sorted(Object.fromEntries(entries.map(({ key, value }) => [key, value])));
}
function mergeAnnotations(old, more) {
    return sorted({ ...old, ...more });
}
function checkAnnotations(annotations, format) {
    if (format === 'oci' || annotations.length === 0)
        return;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', 'there are no annotations in format docker: leave them out, or use format oci');
}
function annotationWarnings(images, annotations) {
    const sealed = images.filter((image) => image.kind === 'sealed');
    const unfit = sealed.filter(({ platform }) => annotationsOf(annotations, 'manifest', platform));
    const keys = unfit.flatMap(({ platform }) => Object.keys(annotationsOf(annotations, 'manifest', platform) ?? {}));
    const strangers = annotations.filter((annotation) => annotation.platform && !images.some((image) => isFor(annotation, image.platform)));
    const homeless = annotations.filter(({ level }) => level === 'index-descriptor');
    return [
        ...(unfit.length > 0 ? [kept(unfit, keys)] : []),
        ...strangers.map(({ level, platform, key }) => {
            const name = platform ? (0,_oci_platform_js__WEBPACK_IMPORTED_MODULE_1__/* .formatPlatform */ .Bq)(platform) : '';
            return `annotation ${level}[${name}]:${key} is on nothing: no artifact is for ${name}`;
        }),
        ...homeless.map(({ key }) => `annotation index-descriptor:${key} is on nothing: no document names the index`),
    ];
}
function kept(images, keys) {
    const names = images.map(({ origin, platform }) => `${origin} (${(0,_oci_platform_js__WEBPACK_IMPORTED_MODULE_1__/* .formatPlatform */ .Bq)(platform)})`).join(', ');
    const list = [...new Set(keys)].sort().join(', ');
    return `${names}: manifests that exist already stay as they are, without ${list}; manifest-descriptor: puts an annotation beside them, in the index`;
}
function parseLevel(text, line) {
    const [, name, platform] = /^([^[\]]*)(?:\[([^[\]]*)\])?$/.exec(text) ?? [];
    const level = levels.find((known) => known === name);
    if (!level) {
        const expected = `expected ${levels.slice(0, -1).join(', ')} or ${levels.at(-1)}`;
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `annotation "${line}" is for "${text}", which is unknown: ${expected}`);
    }
    if (platform === undefined)
        return { level };
    if (level.startsWith('manifest'))
        return { level, platform: (0,_oci_platform_js__WEBPACK_IMPORTED_MODULE_1__/* .parsePlatform */ .FL)(platform) };
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `annotation "${line}": ${level} is of all platforms, not of one`);
}
function isFor({ platform }, found) {
    return platform !== undefined && (0,_oci_platform_js__WEBPACK_IMPORTED_MODULE_1__/* .isSamePlatform */ .SW)(platform, found);
}
function sorted(annotations) {
    const keys = Object.keys(annotations).sort();
    return Object.fromEntries(keys.map((key) => [key, annotations[key] ?? '']));
}


/***/ }),

/***/ 26324:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ parseSecretJson)
/* harmony export */ });
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(77934);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);


function parseSecretJson(schema, text, where) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('auth', `${where} is not JSON`);
    }
    const result = valibot__WEBPACK_IMPORTED_MODULE_1__/* .safeParse */ .xLC(schema, value);
    if (result.success)
        return result.output;
    const path = valibot__WEBPACK_IMPORTED_MODULE_1__/* .getDotPath */ .BuJ(result.issues[0]);
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('auth', `${where} is malformed${path ? ` at ${path}` : ''}`);
}


/***/ }),

/***/ 96268:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  v: () => (/* binding */ isStorageUrl),
  Yu: () => (/* binding */ parseStorageUrl),
  BO: () => (/* binding */ redactUrl)
});

// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
;// CONCATENATED MODULE: ./build/storage/file-url.js

function parseFilePath(authority, path, where, platform) {
    const isRelative = authority === '.' || authority === '..';
    const isLocal = authority === '' || authority.toLowerCase() === 'localhost';
    if (!isRelative && !isLocal) {
        throw new errors/* AlbaError */.x6('usage', `${where} names another machine: write file://./${authority}${path} for a relative path, file:///… for an absolute one`);
    }
    if (isRelative)
        return authority + path;
    if (path === '') {
        throw new errors/* AlbaError */.x6('usage', `${where} names no directory: expected file://./dir or file:///dir`);
    }
    return platform === 'win32' && /^\/[a-z]:/i.test(path) ? path.slice(1) : path;
}

;// CONCATENATED MODULE: ./build/storage/url-parameters.js

const booleans = {
    ...Object.fromEntries(['1', 't', 'T', 'TRUE', 'true', 'True'].map((text) => [text, true])),
    ...Object.fromEntries(['0', 'f', 'F', 'FALSE', 'false', 'False'].map((text) => [text, false])),
};
function parseParameters(query, known, where) {
    const given = {};
    for (const [name, text] of new URLSearchParams(query)) {
        if (!Object.hasOwn(known, name)) {
            const names = Object.keys(known).join(', ');
            throw new errors/* AlbaError */.x6('usage', `${where}: unknown parameter "${name}"; known are ${names}`);
        }
        if (Object.hasOwn(given, name)) {
            throw new errors/* AlbaError */.x6('usage', `${where}: parameter "${name}" is given twice`);
        }
        given[name] = known[name] === 'boolean' ? parseBoolean(text, name, where) : text;
    }
    return given;
}
function parseBoolean(text, name, where) {
    const value = Object.hasOwn(booleans, text) ? booleans[text] : undefined;
    if (value !== undefined)
        return value;
    throw new errors/* AlbaError */.x6('usage', `${where}: parameter "${name}" must be true or false, not "${text}"`);
}

;// CONCATENATED MODULE: ./build/storage/url.js



const parts = /^(s3|file):\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?(#.*)?$/is;
const bucketGrammar = /^[a-zA-Z0-9](?:[a-zA-Z0-9._-]{0,253}[a-zA-Z0-9])?$/;
const encryptions = ['AES256', 'aws:kms', 'aws:kms:dsse'];
const fileParameters = { create_dir: 'boolean', no_tmp_dir: 'boolean', metadata: 'text' };
const s3Parameters = {
    region: 'text',
    endpoint: 'text',
    prefix: 'text',
    profile: 'text',
    anonymous: 'boolean',
    s3ForcePathStyle: 'boolean',
    use_path_style: 'boolean',
    disableSSL: 'boolean',
    disable_https: 'boolean',
    accelerate: 'boolean',
    dualstack: 'boolean',
    fips: 'boolean',
    ssetype: 'text',
    kmskeyid: 'text',
    awssdk: 'text',
    hostname_immutable: 'boolean',
    rate_limiter_capacity: 'text',
};
function isStorageUrl(text) {
    return /^(s3|file):/i.test(text);
}
function parseStorageUrl(text, platform = process.platform) {
    const [, scheme, authority, path, query, fragment] = parts.exec(text) ?? [];
    if (scheme === undefined || authority === undefined || path === undefined) {
        const expected = 's3://bucket[/folder][?parameters], file://./dir or file:///dir';
        throw new errors/* AlbaError */.x6('usage', `"${redactUrl(text)}" is not the URL of a storage: expected ${expected}`);
    }
    const where = redactUrl(text);
    if (fragment !== undefined) {
        throw new errors/* AlbaError */.x6('usage', `${where} has a "#", which means nothing here: write it as %23`);
    }
    if (authority.includes('@')) {
        throw new errors/* AlbaError */.x6('usage', `${where} holds credentials: give them in the environment instead`);
    }
    if (scheme.toLowerCase() === 's3')
        return parseS3(authority, path, query ?? '', where);
    parseParameters(query ?? '', fileParameters, where);
    return { kind: 'file', path: parseFilePath(authority, decode(path, where), where, platform) };
}
function parseS3(bucket, path, query, where) {
    if (!bucketGrammar.test(bucket)) {
        throw new errors/* AlbaError */.x6('usage', `${where} names no bucket: expected s3://bucket[/folder][?parameters]`);
    }
    const given = parseParameters(query, s3Parameters, where);
    const folder = decode(path, where).replace(/^\/+|\/+$/g, '');
    const prefix = (folder && `${folder}/`) + (given.prefix ?? '');
    checkPrefix(prefix, where);
    return {
        kind: 's3',
        url: `s3://${bucket}${prefix && `/${prefix.replace(/\/$/, '')}`}`,
        bucket,
        prefix,
        region: given.region || undefined,
        endpoint: parseEndpoint(given.endpoint, (given.disableSSL || given.disable_https) ?? false, where),
        profile: given.profile || undefined,
        anonymous: given.anonymous ?? false,
        pathStyle: (given.s3ForcePathStyle || given.use_path_style) ?? false,
        accelerate: given.accelerate ?? false,
        dualstack: given.dualstack ?? false,
        fips: given.fips ?? false,
        encryption: parseEncryption(given.ssetype, where),
        encryptionKey: given.kmskeyid || undefined,
    };
}
function checkPrefix(prefix, where) {
    const inner = prefix.replace(/\/$/, '').split('/');
    if (prefix && inner.some((segment) => ['', '.', '..'].includes(segment))) {
        throw new errors/* AlbaError */.x6('usage', `${where} has an empty, "." or ".." folder, which a bucket would keep as such`);
    }
}
function parseEndpoint(text, isPlain, where) {
    if (!text)
        return undefined;
    const full = text.includes('://') ? text : `${isPlain ? 'http' : 'https'}://${text}`;
    if (/^https?:\/\/[^@?#]+$/i.test(full) && URL.canParse(full))
        return new URL(full).href.replace(/\/$/, '');
    throw new errors/* AlbaError */.x6('usage', `${where}: parameter "endpoint" must be host[:port] or an http or https URL without credentials or query`);
}
function parseEncryption(text, where) {
    if (!text)
        return undefined;
    const known = encryptions.find((name) => name.toLowerCase() === text.toLowerCase());
    if (known)
        return known;
    throw new errors/* AlbaError */.x6('usage', `${where}: parameter "ssetype" must be one of ${encryptions.join(', ')}`);
}
function decode(text, where) {
    try {
        const decoded = decodeURIComponent(text);
        if (!decoded.includes('\0'))
            return decoded;
    }
    catch {
    }
    throw new errors/* AlbaError */.x6('usage', `${where} is not a path: write a % that is meant as %25`);
}
function redactUrl(text) {
    return text.replace(/\/\/.*@(?!sha256:)/s, '//***@').replace(/[?#].*$/s, '');
}


/***/ })

};
