export const id = 208;
export const ids = [208];
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
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6('usage', `${set.join(', ')} ${set.length === 1 ? 'means' : 'mean'} nothing to "${command}": remove ${set.length === 1 ? 'it' : 'them'}, or is another command meant?`);
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
    const rows = result.manifests.map((manifest) => [
        escaped(manifest.platform),
        code(manifest.digest),
        layersOf(manifest),
        (0,_content_format_bytes_js__WEBPACK_IMPORTED_MODULE_3__/* .formatBytes */ .z)(manifest.imageSize),
        fateOf(manifest),
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
function fateOf({ pushed, missing, why }) {
    if (!pushed && !missing)
        return 'skipped: already there';
    return `${pushed ? 'pushed' : 'would be pushed'}${why ? `: ${why}` : ''}`;
}
function layersOf({ layers, made }) {
    if (made === 0)
        return `${layers}, all known`;
    return made === layers ? `${layers}, compressed` : `${layers}, ${made} of them compressed`;
}
function bytesOf({ dryRun, pushedBytes, skippedBytes, missingBytes }) {
    const sent = dryRun ? `${(0,_content_format_bytes_js__WEBPACK_IMPORTED_MODULE_3__/* .formatBytes */ .z)(missingBytes)} would be sent` : `${(0,_content_format_bytes_js__WEBPACK_IMPORTED_MODULE_3__/* .formatBytes */ .z)(pushedBytes)} sent`;
    return `${sent}, ${(0,_content_format_bytes_js__WEBPACK_IMPORTED_MODULE_3__/* .formatBytes */ .z)(skippedBytes)} already there.`;
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
    const isTagged = /^[^[]*:\D/.test(first);
    if (isTagged || (!/[.:]/.test(first) && first !== 'localhost'))
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
    const entries = Object.entries(parsers).map(async ([name, parse]) => [name, await outcomeOf(parse)]);
    return parseAll(Object.fromEntries(await Promise.all(entries)));
}
async function outcomeOf(parse) {
    try {
        const value = await parse();
        return () => value;
    }
    catch (thrown) {
        return () => {
            throw thrown;
        };
    }
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

/***/ 3462:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JE: () => (/* binding */ addTags),
/* harmony export */   Ym: () => (/* binding */ parseTargetUrl),
/* harmony export */   xJ: () => (/* binding */ guessTarget)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _oci_reference_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(20907);
/* harmony import */ var _storage_url_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(96268);



function parseTargetUrl(text) {
    const url = (0,_storage_url_js__WEBPACK_IMPORTED_MODULE_2__/* .redactUrl */ .BO)(text);
    if (/^(s3|file):\/\//i.test(text))
        return { kind: 'storage', url, text, location: (0,_storage_url_js__WEBPACK_IMPORTED_MODULE_2__/* .parseStorageUrl */ .Yu)(text) };
    if (text.startsWith('docker://'))
        return parseRegistryUrl(text, url);
    if (/^oci:(?!\/\/)/.test(text))
        return parseLayoutUrl(text);
    const meant = guessTarget(text);
    const kinds = 'docker://host/repository[:tag], s3://bucket[/prefix]?…, file://./directory or oci:./directory[:tag]';
    const expected = meant ? `did you mean ${meant}?` : `expected ${kinds}`;
    const shown = url.includes('://') ? url : url.replace(/:.*@/s, ':***@');
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `target "${shown}" is of no known kind: ${expected}`);
}
function guessTarget(text) {
    const [, layout] = /^oci:\/\/(\.{0,2}\/.+)$/.exec(text) ?? [];
    if (layout !== undefined)
        return `oci:${layout}`;
    const [, scheme, rest] = /^(s3|file):(?!\/\/)([^@?]+)$/i.exec(text) ?? [];
    if (scheme !== undefined)
        return scheme.toLowerCase() === 's3' ? `s3://${rest}` : `file://${fromDot(rest ?? '')}`;
    return /^\.{0,2}\//.test(text) ? `file://${text}` : (0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .guessRegistryUrl */ .uV)(text);
}
function fromDot(path) {
    return /^\.{0,2}\//.test(path) ? path : `./${path}`;
}
function addTags({ tag, url, text, ...parsed }, named) {
    if (parsed.kind === 'storage')
        return addNames(parsed.location, url, text, named);
    const tags = [...new Set(named.flatMap((item) => item.tag ?? []))];
    if (tag !== undefined && tags.length > 0 && !tags.includes(tag)) {
        const both = `target ${url} says tag ${tag}, "tag" says ${tags.join(', ')}`;
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `${both}: name it in one place, or the same in both`);
    }
    if (parsed.kind === 'registry' && tag === undefined && named.length === 0) {
        const remedy = 'add :tag to it or give "tag"; a name alone there publishes by digest';
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `target ${url} has no tag: ${remedy}`);
    }
    return [{ url: text, place: parsed, tags: tags.length > 0 || tag === undefined ? tags : [tag] }];
}
function addNames(location, url, text, named) {
    if (named.length === 0) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `target ${url} needs "tag": name:tag, whose name is the repository there`);
    }
    return [...new Set(named.map(({ name }) => name))].map((name) => ({
        url: text,
        place: { kind: 'storage', location, name },
        tags: [...new Set(named.flatMap((item) => (item.name === name ? (item.tag ?? []) : [])))],
    }));
}
function parseRegistryUrl(text, url) {
    const [rest = '', query = ''] = text.slice('docker://'.length).split('?', 2);
    if (rest.includes('@')) {
        const why = 'a release gets its digest by itself, and credentials are inputs of their own';
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `target ${url} must not contain "@": ${why}`);
    }
    if (!rest.includes('/')) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `target ${url} names no repository: expected docker://host[:port]/repository[:tag]`);
    }
    const { tag, ...reference } = (0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseReference */ .F2)(rest);
    return {
        kind: 'registry',
        url,
        text,
        reference,
        plainHttp: parsePlainHttp(query, url),
        ...(tag && { tag }),
    };
}
function parsePlainHttp(query, url) {
    const { 'plain-http': plain, ...unknown } = Object.fromEntries(new URLSearchParams(query));
    const [name] = Object.keys(unknown);
    if (name !== undefined) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `target ${url}: unknown parameter "${name}"; known is plain-http`);
    }
    if (plain === undefined)
        return undefined;
    if (plain === 'true' || plain === 'false')
        return plain === 'true';
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `target ${url}: plain-http must be true or false, not "${plain}"`);
}
function parseLayoutUrl(url) {
    const rest = url.slice('oci:'.length);
    const colon = rest.lastIndexOf(':');
    const isTagged = colon > 0 && !/[/\\]/.test(rest.slice(colon));
    const path = isTagged ? rest.slice(0, colon) : rest;
    if (path === '') {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `target "${url}" names no directory: expected oci:./directory[:tag]`);
    }
    return { kind: 'layout', url, text: url, path, ...(isTagged && { tag: (0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseTag */ .ED)(rest.slice(colon + 1)) }) };
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

/***/ 1564:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bc: () => (/* binding */ isDigest),
/* harmony export */   ZD: () => (/* binding */ hexOf),
/* harmony export */   m: () => (/* binding */ parseDigest),
/* harmony export */   ol: () => (/* binding */ digestOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(19473);


const pattern = /^sha256:[0-9a-f]{64}$/;
function isDigest(text) {
    return pattern.test(text);
}
function parseDigest(text, where) {
    if (isDigest(text))
        return text;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .AlbaError */ .x6('source', `${where}: "${text}" is not a digest: expected sha256: and 64 hexadecimal digits`);
}
function digestOf(bytes) {
    return `sha256:${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(bytes).digest('hex')}`;
}
function hexOf(digest) {
    return digest.slice('sha256:'.length);
}


/***/ }),

/***/ 20907:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $q: () => (/* binding */ parseName),
/* harmony export */   ED: () => (/* binding */ parseTag),
/* harmony export */   Eo: () => (/* binding */ isName),
/* harmony export */   F2: () => (/* binding */ parseReference),
/* harmony export */   FH: () => (/* binding */ formatReference),
/* harmony export */   W6: () => (/* binding */ tagGrammar),
/* harmony export */   dz: () => (/* binding */ isTag),
/* harmony export */   fG: () => (/* binding */ nameGrammar),
/* harmony export */   l5: () => (/* binding */ parseRegistry),
/* harmony export */   uV: () => (/* binding */ guessRegistryUrl)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _digest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1564);


const nameGrammar = '[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*';
const tagGrammar = '[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}';
const name = new RegExp(`^${nameGrammar}$`);
const tag = new RegExp(`^${tagGrammar}$`);
const host = /^(?:\[[0-9a-fA-F:]+\]|[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*)(?::\d{1,5})?$/;
function isTag(text) {
    return tag.test(text);
}
function isName(text) {
    return name.test(text) && text.length <= 255;
}
function parseName(text) {
    if (isName(text))
        return text;
    const lower = text.toLowerCase();
    const hint = isName(lower) ? `such as ${lower}` : 'at most 255 characters';
    const grammar = 'lower-case letters and digits, with ".", "_", "-" or "/" between them';
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `"${text}" is not a repository name: expected ${grammar}, ${hint}`);
}
function parseTag(text) {
    if (isTag(text))
        return text;
    const near = text.replace(/[^a-zA-Z0-9._-]+/g, '-').replace(/^[.-]+/, '');
    const hint = isTag(near) ? `such as ${near}` : 'at most 128 of them';
    const grammar = 'letters, digits, "_", and not as the first sign "." or "-"';
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `"${text}" is not a tag: expected ${grammar}, ${hint}`);
}
function parseRegistry(text) {
    if (!host.test(text))
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `"${text}" is not a registry host: expected host[:port]`);
    const lower = text.toLowerCase();
    return ['index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com'].includes(lower)
        ? 'docker.io'
        : lower;
}
function guessRegistryUrl(text) {
    const rest = text.replace(/^(?:docker|oci|https?):\/*/i, '');
    if (!/^(?:localhost|[^/]*[.:][^/]*)\/./.test(rest))
        return undefined;
    try {
        parseReference(rest);
        return `docker://${rest}`;
    }
    catch {
        return undefined;
    }
}
function parseReference(text) {
    const [rest, digest, ...more] = text.split('@');
    if (more.length > 0 || (digest !== undefined && !(0,_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .isDigest */ .Bc)(digest))) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `"${text}" is not a reference: after @ comes sha256: and 64 hexadecimal digits`);
    }
    const slash = rest.indexOf('/');
    const first = rest.slice(0, slash);
    const hasHost = slash > 0 && (/[.:A-Z]/.test(first) || first === 'localhost');
    const registry = hasHost ? parseRegistry(first) : 'docker.io';
    const path = hasHost ? rest.slice(slash + 1) : rest;
    const colon = path.indexOf(':');
    const tagged = colon >= 0 ? parseTag(path.slice(colon + 1)) : undefined;
    const named = parseName(colon >= 0 ? path.slice(0, colon) : path);
    const repository = registry === 'docker.io' && !named.includes('/') ? `library/${named}` : named;
    return {
        registry,
        repository,
        ...(tagged && { tag: tagged }),
        ...(digest && (0,_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .isDigest */ .Bc)(digest) && { digest }),
    };
}
function formatReference({ registry, repository, tag, digest }) {
    return `${registry}/${repository}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`;
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
