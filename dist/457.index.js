export const id = 457;
export const ids = [457];
export const modules = {

/***/ 65457:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   runContainerPush: () => (/* binding */ runContainerPush)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(33838);
/* harmony import */ var _commands_container_push_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(32143);
/* harmony import */ var _commands_container_push_request_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(47527);
/* harmony import */ var _context_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(70342);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7126);
/* harmony import */ var _log_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(14173);
/* harmony import */ var _outputs_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(92309);
/* harmony import */ var _progress_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(8840);
/* harmony import */ var _summary_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(76079);









const foreign = ['extract', 'page', 'public-url', 'content-disposition'];
async function runContainerPush() {
    (0,_inputs_js__WEBPACK_IMPORTED_MODULE_4__/* .refuseInputs */ .g)('container push', foreign);
    const request = await (0,_commands_container_push_request_js__WEBPACK_IMPORTED_MODULE_2__.parseContainerPush)({
        artifacts: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getMultilineInput */ .q3('artifacts'),
        targets: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getMultilineInput */ .q3('target'),
        tags: (0,_inputs_js__WEBPACK_IMPORTED_MODULE_4__/* .getItems */ .J)('tag'),
        platforms: (0,_inputs_js__WEBPACK_IMPORTED_MODULE_4__/* .getItems */ .J)('platforms'),
        format: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getInput */ .V4('format'),
        compression: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getInput */ .V4('compression'),
        compressionLevel: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getInput */ .V4('compression-level'),
        concurrency: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getInput */ .V4('concurrency'),
        dryRun: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getInput */ .V4('dry-run'),
        cacheFrom: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getMultilineInput */ .q3('cache-from'),
        floating: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getInput */ .V4('floating'),
        immutable: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getInput */ .V4('immutable'),
        annotations: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getMultilineInput */ .q3('annotations'),
        labels: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getMultilineInput */ .q3('labels'),
    }, _context_js__WEBPACK_IMPORTED_MODULE_3__/* .readContext */ .y);
    const progress = (0,_progress_js__WEBPACK_IMPORTED_MODULE_7__/* .actionProgress */ .c)();
    const result = await (0,_commands_container_push_js__WEBPACK_IMPORTED_MODULE_1__.containerPush)(request, progress);
    progress.end();
    for (const reference of result.references)
        (0,_log_js__WEBPACK_IMPORTED_MODULE_5__/* .info */ .p)(reference);
    (0,_outputs_js__WEBPACK_IMPORTED_MODULE_6__/* .setOutputs */ .n)({
        ...platformOutputs(result),
        digest: result.digest,
        references: result.references.join('\n'),
        platforms: JSON.stringify(result.platforms),
        metadata: JSON.stringify(result),
        'pushed-bytes': `${result.pushedBytes}`,
        'skipped-bytes': `${result.skippedBytes}`,
        'cache-hit': result.cacheHit,
    });
    await (0,_summary_js__WEBPACK_IMPORTED_MODULE_8__/* .writeContainerSummary */ .V)(result);
}
function platformOutputs({ manifests }) {
    return Object.fromEntries(manifests.map(({ platform, reference }) => [platform.replace(/[^a-z0-9.]+/g, '-'), reference]));
}


/***/ }),

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

/***/ 47527:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   parseContainerPush: () => (/* binding */ parseContainerPush)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _image_annotate_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(42956);
/* harmony import */ var _image_label_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8180);
/* harmony import */ var _layer_compress_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(98781);
/* harmony import */ var _oci_media_type_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(21507);
/* harmony import */ var _oci_platform_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(44647);
/* harmony import */ var _named_tag_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(72667);
/* harmony import */ var _problems_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(61447);
/* harmony import */ var _tag_rules_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(92845);
/* harmony import */ var _target_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(3462);
/* harmony import */ var _values_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(34277);
/* harmony import */ var _locator_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(79361);












async function parseContainerPush(input, readContext) {
    const { context, parsed } = await (0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseAllLater */ .Bj)({
        context: readContext,
        parsed: () => parseInput(input),
    });
    const { urls, tags, ...settings } = parsed;
    const { run, annotations: ofContext, ...machine } = context;
    const targets = (0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseEach */ .lc)(urls, (url) => (0,_target_js__WEBPACK_IMPORTED_MODULE_9__/* .addTags */ .J)(url, tagsFor(url, tags, run))).flat();
    const connection = signedInAt(machine.connection, targets, [...settings.references, ...settings.cacheFrom]);
    const annotations = [...ofContext, ...settings.annotations];
    (0,_image_annotate_js__WEBPACK_IMPORTED_MODULE_1__/* .checkAnnotations */ .LO)(annotations, settings.format);
    return { ...machine, ...settings, connection, targets, annotations };
}
function tagsFor(url, tags, run) {
    if (tags.length > 0 || url.tag !== undefined || !run)
        return tags;
    return [(0,_tag_rules_js__WEBPACK_IMPORTED_MODULE_8__/* .defaultTag */ .q3)(run) ?? []].flat();
}
function parseInput(input) {
    const { platforms, artifacts, settings, ...rest } = (0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseAll */ .bg)({
        artifacts: () => parseArtifacts(input.artifacts),
        urls: () => (0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseEach */ .lc)((0,_values_js__WEBPACK_IMPORTED_MODULE_10__/* .parseSome */ .qo)(input.targets, 'no target: name at least one URL'), _target_js__WEBPACK_IMPORTED_MODULE_9__/* .parseTargetUrl */ .Y),
        tags: () => (0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseEach */ .lc)(input.tags, _named_tag_js__WEBPACK_IMPORTED_MODULE_6__/* .parseNamedTag */ .Z),
        platforms: () => (0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseEach */ .lc)(input.platforms, _oci_platform_js__WEBPACK_IMPORTED_MODULE_5__/* .parsePlatform */ .FL),
        format: () => parseFormat(input.format),
        settings: () => parseCompression(input.compression, input.compressionLevel),
        concurrency: () => (0,_values_js__WEBPACK_IMPORTED_MODULE_10__/* .parseInteger */ .cG)('concurrency', input.concurrency, 1, 64),
        dryRun: () => (0,_values_js__WEBPACK_IMPORTED_MODULE_10__/* .parseBoolean */ .yG)('dry-run', input.dryRun),
        cacheFrom: () => (0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseEach */ .lc)(input.cacheFrom, _locator_js__WEBPACK_IMPORTED_MODULE_11__/* .parseLocator */ .mz),
        floating: () => (0,_values_js__WEBPACK_IMPORTED_MODULE_10__/* .parseBoolean */ .yG)('floating', input.floating),
        immutable: () => (0,_values_js__WEBPACK_IMPORTED_MODULE_10__/* .parseBoolean */ .yG)('immutable', input.immutable),
        annotations: () => (0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseEach */ .lc)(input.annotations, _image_annotate_js__WEBPACK_IMPORTED_MODULE_1__/* .parseAnnotation */ .fr).flat(),
        labels: () => Object.fromEntries((0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseEach */ .lc)(input.labels, _image_label_js__WEBPACK_IMPORTED_MODULE_2__/* .parseLabel */ .Q_).flat()),
    });
    return {
        ...rest,
        ...settings,
        ...artifacts,
        ...(platforms.length > 0 && { platforms }),
    };
}
function parseArtifacts(lines) {
    const items = /^[[{]/.test(lines[0] ?? '') ? textsIn(lines.join('\n')) : lines;
    (0,_values_js__WEBPACK_IMPORTED_MODULE_10__/* .parseSome */ .qo)(items, 'no artifacts: name at least one path, glob or reference');
    return {
        artifacts: items.filter((item) => !(0,_locator_js__WEBPACK_IMPORTED_MODULE_11__/* .isLocator */ .Bs)(item)),
        references: (0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseEach */ .lc)(items.filter(_locator_js__WEBPACK_IMPORTED_MODULE_11__/* .isLocator */ .Bs), _locator_js__WEBPACK_IMPORTED_MODULE_11__/* .parseLocator */ .mz),
    };
}
function textsIn(json) {
    const collect = (value) => {
        if (typeof value === 'string')
            return value.split('\n').filter((line) => line.trim() !== '');
        return typeof value === 'object' && value !== null ? Object.values(value).flatMap(collect) : [];
    };
    try {
        return collect(JSON.parse(json));
    }
    catch (cause) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `artifacts begin like JSON, but are none: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(cause)}`, { cause });
    }
}
function signedInAt(connection, targets, sources) {
    const { login } = connection;
    if (!login)
        return connection;
    const [own, others] = [registriesOf(targets), registriesOf(sources)];
    const [registry, ...more] = own.length > 0 ? own : others;
    if (more.length === 0)
        return { ...connection, login: { ...login, ...(registry && { registry }) } };
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `username and password are for one registry, not for ${[registry, ...more].join(', ')}: log in to each before (docker/login-action, docker login)`);
}
function registriesOf(places) {
    return [
        ...new Set(places.flatMap(({ place }) => (place.kind === 'registry' ? place.reference.registry : []))),
    ];
}
function parseCompression(name, level) {
    if (!Object.hasOwn(_layer_compress_js__WEBPACK_IMPORTED_MODULE_3__/* .levels */ .yr, name)) {
        const known = Object.keys(_layer_compress_js__WEBPACK_IMPORTED_MODULE_3__/* .levels */ .yr).join(', ');
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `compression "${name}" is unknown: expected one of ${known}`);
    }
    const compression = name;
    (0,_layer_compress_js__WEBPACK_IMPORTED_MODULE_3__/* .assertSupported */ .hv)(compression);
    const { least, most, usual } = _layer_compress_js__WEBPACK_IMPORTED_MODULE_3__/* .levels */ .yr[compression];
    const compressionLevel = level === '' ? usual : (0,_values_js__WEBPACK_IMPORTED_MODULE_10__/* .parseInteger */ .cG)('compression-level', level, least, most);
    return { compression, compressionLevel };
}
function parseFormat(text) {
    if (Object.hasOwn(_oci_media_type_js__WEBPACK_IMPORTED_MODULE_4__/* .mediaTypes */ .Ib, text))
        return text;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `format "${text}" is unknown: expected ${Object.keys(_oci_media_type_js__WEBPACK_IMPORTED_MODULE_4__/* .mediaTypes */ .Ib).join(' or ')}`);
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


/***/ })

};
