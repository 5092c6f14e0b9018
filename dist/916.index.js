export const id = 916;
export const ids = [916,255];
export const modules = {

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

// EXTERNAL MODULE: ./build/storage/open.js
var storage_open = __webpack_require__(77156);
;// CONCATENATED MODULE: ./build/commands/connect.js







async function readConnection({ username, password, githubToken, caCertificate }, env, directory) {
    if (!username !== !password) {
        throw new errors/* AlbaError */.x6('usage', `${username ? 'password' : 'username'} is missing: give both or neither; is the secret that should hold it empty?`);
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
async function openPlace(place, connection, context, access = 'push') {
    switch (place.kind) {
        case 'registry':
            return openRegistryPlace(place, connection, context, access);
        case 'storage': {
            const { openStatic } = await __webpack_require__.e(/* import() */ 881).then(__webpack_require__.bind(__webpack_require__, 35881));
            return openStatic(await (0,storage_open/* openStorage */.G)(place.location, connection, context), place.name);
        }
        case 'layout': {
            const { openLayout } = await __webpack_require__.e(/* import() */ 863).then(__webpack_require__.bind(__webpack_require__, 5863));
            return openLayout((0,external_node_path_.resolve)(connection.directory, place.path));
        }
    }
}
async function openRegistryPlace({ reference, plainHttp }, { login, workflow, dockerConfig, ca, proxies }, context, access) {
    const { openRegistry } = await __webpack_require__.e(/* import() */ 992).then(__webpack_require__.bind(__webpack_require__, 92992));
    const sources = [
        ...(login?.registry === reference.registry
            ? [passwordCredentials(login.username, login.password, 'the username and password given')]
            : []),
        dockerConfigCredentials(dockerConfig),
        ...(workflow ? [workflowCredentials(workflow.token, workflow.actor)] : []),
    ];
    return openRegistry(reference, {
        ...context,
        credentials: firstCredentials(sources),
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
    throw new errors/* AlbaError */.x6('usage', `the CA certificate ${path} holds none in PEM form: expected -----BEGIN CERTIFICATE-----`);
}


/***/ }),

/***/ 79361:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bs: () => (/* binding */ isLocator),
/* harmony export */   SI: () => (/* binding */ formatLocator),
/* harmony export */   mz: () => (/* binding */ parseLocator)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _oci_digest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1564);
/* harmony import */ var _oci_reference_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(20907);
/* harmony import */ var _storage_url_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(96268);
/* harmony import */ var _target_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3462);





function isLocator(text) {
    return /^(docker|s3|file):\/\/|^oci:/.test(text);
}
function parseLocator(text) {
    const [url, fragment] = splitAt(text, '#');
    if ((0,_storage_url_js__WEBPACK_IMPORTED_MODULE_3__/* .isStorageUrl */ .v)(text))
        return { ...parseFragment(fragment, text), place: parseStorage(url, fragment) };
    const [base, query] = splitAt(url, '?');
    const { before, digest } = splitDigest(base, text);
    const { url: _url, text: _text, tag, ...place } = (0,_target_js__WEBPACK_IMPORTED_MODULE_4__/* .parseTargetUrl */ .Ym)(query === undefined ? before : `${before}?${query}`);
    if (place.kind === 'storage')
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `${(0,_storage_url_js__WEBPACK_IMPORTED_MODULE_3__/* .redactUrl */ .BO)(text)} names no repository`);
    return { place, ...(tag !== undefined && { tag }), ...(digest && { digest }) };
}
function formatLocator({ place, url }, digest) {
    switch (place.kind) {
        case 'registry': {
            const query = place.plainHttp === undefined ? '' : `?plain-http=${place.plainHttp}`;
            return `docker://${(0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .formatReference */ .FH)({ ...place.reference, digest })}${query}`;
        }
        case 'storage':
            return `${url}#${place.name}@${digest}`;
        case 'layout':
            return `oci:${place.path}@${digest}`;
    }
}
function parseStorage(url, fragment) {
    const [name] = splitAt(splitDigest(fragment ?? '', url).before, ':');
    if (name === '')
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `${(0,_storage_url_js__WEBPACK_IMPORTED_MODULE_3__/* .redactUrl */ .BO)(url)} names no repository: add #name[:tag][@digest] to it`);
    return { kind: 'storage', location: (0,_storage_url_js__WEBPACK_IMPORTED_MODULE_3__/* .parseStorageUrl */ .Yu)(url), name: (0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .parseName */ .$q)(name) };
}
function parseFragment(fragment, text) {
    const { before, digest } = splitDigest(fragment ?? '', text);
    const [, tag] = splitAt(before, ':');
    return { ...(tag !== undefined && { tag: (0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .parseTag */ .ED)(tag) }), ...(digest && { digest }) };
}
function splitDigest(text, where) {
    const [before, hex] = splitAt(text, '@sha256:');
    if (hex === undefined)
        return { before };
    return { before, digest: (0,_oci_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .parseDigest */ .m)(`sha256:${hex}`, (0,_storage_url_js__WEBPACK_IMPORTED_MODULE_3__/* .redactUrl */ .BO)(where)) };
}
function splitAt(text, separator) {
    const at = text.indexOf(separator);
    return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}


/***/ }),

/***/ 30916:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  containerPush: () => (/* binding */ containerPush)
});

// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(70370);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/content/read-fleeting.js
var read_fleeting = __webpack_require__(79589);
;// CONCATENATED MODULE: ./build/content/spool.js
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





class Spool {
    #directory;
    #files = 0;
    constructor(directory) {
        this.#directory = directory;
    }
    static async create(parent) {
        return new Spool(await (0,promises_.mkdtemp)((0,external_node_path_.join)(parent, 'alba-')));
    }
    async write(source, signal) {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            this.#files += 1;
            const path = (0,external_node_path_.join)(this.#directory, String(this.#files));
            const hash = (0,external_node_crypto_.createHash)('sha256');
            let size = 0;
            const file = __addDisposableResource(env_1, await (0,promises_.open)(path, 'wx'), true);
            for await (const chunk of source) {
                signal.throwIfAborted();
                hash.update(chunk);
                size += chunk.length;
                await file.writeFile(chunk);
            }
            return {
                digest: `sha256:${hash.digest('hex')}`,
                size,
                open: () => (0,external_node_fs_.createReadStream)(path),
                chunks: () => (0,read_fleeting/* readFleeting */.p)(path),
            };
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
    }
    async [Symbol.asyncDispose]() {
        await (0,promises_.rm)(this.#directory, { recursive: true, force: true });
    }
}

// EXTERNAL MODULE: ./build/image/annotate.js
var annotate = __webpack_require__(42956);
// EXTERNAL MODULE: ./build/image/label.js
var image_label = __webpack_require__(8180);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/oci/media-type.js
var media_type = __webpack_require__(21507);
// EXTERNAL MODULE: ./build/oci/platform.js
var oci_platform = __webpack_require__(44647);
// EXTERNAL MODULE: ./build/content/content.js
var content = __webpack_require__(49215);
// EXTERNAL MODULE: ./build/oci/digest.js
var digest = __webpack_require__(1564);
// EXTERNAL MODULE: ./build/oci/manifest.js
var manifest = __webpack_require__(95669);
;// CONCATENATED MODULE: ./build/image/assemble.js





function assembleImage(image, layers, format, annotations = []) {
    const { origin, platform, config } = image;
    const configBlob = withMediaType(config, media_type/* mediaTypes */.Ib[format].config);
    const own = (0,annotate/* annotationsOf */.Ih)(annotations, 'manifest', platform);
    const document = {
        schemaVersion: 2,
        mediaType: media_type/* mediaTypes */.Ib[format].manifest,
        config: configBlob.descriptor,
        layers: layers.map((layer) => layer.descriptor),
        ...(own && { annotations: own }),
    };
    const manifest = documentNode(document, [configBlob, ...layers].map(content/* leaf */.V), platform);
    return { kind: 'sealed', origin, platform, manifest, attestations: [] };
}
function documentNode(document, children, platform) {
    const bytes = (0,manifest/* formatDocument */.Tq)(document);
    const { mediaType } = document;
    return {
        descriptor: { mediaType, digest: (0,digest/* digestOf */.ol)(bytes), size: bytes.length, ...(platform && { platform }) },
        open: (0,content/* openBytes */.o)(bytes),
        children,
    };
}
function withMediaType(blob, mediaType) {
    return { ...blob, descriptor: { ...blob.descriptor, mediaType } };
}

;// CONCATENATED MODULE: ./build/image/merge.js





function mergeImages(images, format, annotations = []) {
    const sorted = [...images].sort((a, b) => (0,oci_platform/* comparePlatforms */.UX)(a.platform, b.platform));
    const attestations = sorted.flatMap((image) => image.attestations);
    const own = (0,annotate/* annotationsOf */.Ih)(annotations, 'index');
    const index = {
        schemaVersion: 2,
        mediaType: media_type/* mediaTypes */.Ib[format].index,
        manifests: [
            ...sorted.map((image) => merge_annotate(image, annotations)),
            ...attestations.map((attestation) => attestation.descriptor),
        ].map(entryOf),
        ...(own && { annotations: own }),
    };
    return documentNode(index, [...sorted.map((image) => image.manifest), ...attestations]);
}
function checkPlatforms(images, wanted) {
    const faults = [...clashes(images), ...(wanted ? differences(images, wanted) : [])];
    if (faults.length > 0)
        throw new errors/* AlbaError */.x6('source', faults.join('\n'));
}
function clashes(images) {
    const first = new Map();
    const faults = [];
    for (const image of images) {
        const key = (0,oci_platform/* platformKey */.Ng)(image.platform);
        const other = first.get(key);
        if (other) {
            faults.push(`two images for ${(0,oci_platform/* formatPlatform */.Bq)(image.platform)}: ${other.origin} and ${image.origin}; an index holds one of each platform, leave one out`);
        }
        else
            first.set(key, image);
    }
    return faults;
}
function differences(images, wanted) {
    const missing = wanted.filter((platform) => !images.some((image) => (0,oci_platform/* isSamePlatform */.SW)(platform, image.platform)));
    const extra = images.filter((image) => !wanted.some((platform) => (0,oci_platform/* isSamePlatform */.SW)(platform, image.platform)));
    return [
        ...missing.map((platform) => `no artifact is for ${(0,oci_platform/* formatPlatform */.Bq)(platform)}, which "platforms" asks for`),
        ...extra.map(({ origin, platform }) => `${origin} is for ${(0,oci_platform/* formatPlatform */.Bq)(platform)}, which "platforms" does not name`),
    ];
}
function merge_annotate({ manifest, platform }, wanted) {
    const { descriptor } = manifest;
    const more = (0,annotate/* annotationsOf */.Ih)(wanted, 'manifest-descriptor', platform);
    return more ? { ...descriptor, annotations: (0,annotate/* mergeAnnotations */.RF)(descriptor.annotations, more) } : descriptor;
}
function entryOf({ mediaType, digest, size, platform, annotations, ...rest }) {
    return {
        mediaType,
        digest,
        size,
        ...(annotations && { annotations }),
        ...(platform && { platform: platformEntry(platform) }),
        ...rest,
    };
}
function platformEntry({ architecture, os, variant, ...rest }) {
    return { architecture, os, ...rest, ...(variant && { variant }) };
}

// EXTERNAL MODULE: ./build/source/find.js + 1 modules
var find = __webpack_require__(33240);
// EXTERNAL MODULE: external "node:worker_threads"
var external_node_worker_threads_ = __webpack_require__(75919);
;// CONCATENATED MODULE: ./build/threads/threads.js



const resourceLimits = { maxYoungGenerationSizeMb: 2 };
class Threads {
    #program;
    #idle = [];
    #all = new Set();
    #limit;
    constructor(program, size) {
        this.#program = program;
        this.#limit = (0,p_limit/* default */.A)(size);
    }
    get areThere() {
        return this.#all.size > 0;
    }
    run(job) {
        return this.#limit(async () => {
            const worker = this.#idle.pop() ?? this.#start();
            try {
                const output = await ask(worker, job);
                if (!job.isLast)
                    this.#idle.push(worker);
                return output;
            }
            finally {
                if (!this.#idle.includes(worker))
                    await this.#end(worker);
            }
        });
    }
    async [Symbol.asyncDispose]() {
        await Promise.all([...this.#all].map((worker) => this.#end(worker)));
    }
    #start() {
        const worker = new external_node_worker_threads_.Worker(this.#program, { resourceLimits });
        this.#all.add(worker);
        return worker;
    }
    async #end(worker) {
        this.#all.delete(worker);
        await worker.terminate();
    }
}
function ask(worker, { task, input, transfer = [], onNews }) {
    return new Promise((resolve, reject) => {
        const hear = (message) => {
            if (message.kind === 'news') {
                onNews?.(message.news);
                return;
            }
            stop();
            if (message.kind === 'done')
                resolve(message.output);
            else
                reject(toError(message));
        };
        const fail = (end) => {
            stop();
            reject(end instanceof Error ? end : new Error(`a thread ended while it was to ${task}: ${end}`));
        };
        const stop = () => worker.off('message', hear).off('error', fail).off('exit', fail);
        worker.on('message', hear).on('error', fail).on('exit', fail);
        worker.postMessage({ task, input }, transfer);
    });
}
function toError({ message, code }) {
    return code ? new errors/* AlbaError */.x6(code, message) : new Error(message);
}

// EXTERNAL MODULE: ./build/commands/connect.js + 3 modules
var connect = __webpack_require__(7473);
// EXTERNAL MODULE: ./build/commands/writable.js
var writable = __webpack_require__(51275);
// EXTERNAL MODULE: ./build/source/hash.js
var hash = __webpack_require__(54402);
// EXTERNAL MODULE: ./build/source/ranges.js
var ranges = __webpack_require__(58632);
;// CONCATENATED MODULE: ./build/source/fingerprint.js



async function fingerprint(path, progress) {
    const found = await (0,promises_.stat)(path).catch((cause) => {
        throw (0,ranges/* readFailure */.f1)(path, cause);
    });
    if (found.isDirectory())
        return undefined;
    progress.expect(found.size);
    return (0,hash/* hashFile */.D)(path, progress.advance);
}

// EXTERNAL MODULE: ./build/source/open.js + 4 modules
var source_open = __webpack_require__(88607);
// EXTERNAL MODULE: ./build/source/platform-name.js
var platform_name = __webpack_require__(90449);
// EXTERNAL MODULE: ./build/commands/format.js
var format = __webpack_require__(56956);
;// CONCATENATED MODULE: ./build/content/absent.js

function absent(descriptor) {
    return { descriptor, open: gone(descriptor) };
}
function gone({ digest }) {
    return () => {
        throw new errors/* AlbaError */.x6('target', `${digest} was there a moment ago and is no longer: run this once more`);
    };
}

// EXTERNAL MODULE: ./build/content/verify.js
var verify = __webpack_require__(34733);
;// CONCATENATED MODULE: ./build/commands/container/recall.js







async function toKnown(image) {
    const { platform } = image;
    if (image.kind === 'sealed') {
        const manifest = await knownManifest(image.manifest);
        return {
            kind: 'sealed',
            platform,
            manifest,
            attestations: await Promise.all(image.attestations.map(knownManifest)),
        };
    }
    const layers = image.layers.map(({ diffId, size, compressed }) => ({
        diffId,
        size,
        ...(compressed && { compressed: compressed.descriptor }),
    }));
    return { kind: 'loose', platform, config: image.config.descriptor, layers };
}
function recall(known, origin) {
    const { platform } = known;
    if (known.kind === 'loose') {
        const layers = known.layers.map(({ diffId, size, compressed }) => ({
            diffId,
            size,
            open: gone({ digest: diffId }),
            ...(compressed && { compressed: absent(compressed) }),
        }));
        return { kind: 'loose', origin, platform, config: absent(known.config), layers };
    }
    return {
        kind: 'sealed',
        origin,
        platform,
        manifest: recallManifest(known.manifest),
        attestations: known.attestations.map(recallManifest),
    };
}
async function knownManifest({ descriptor, open }) {
    const bytes = await (0,verify/* readDocument */.u0)({ descriptor, open }, descriptor.digest);
    return { descriptor, document: bytes.toString('utf8') };
}
function recallManifest({ descriptor, document }) {
    const bytes = Buffer.from(document);
    if ((0,digest/* digestOf */.ol)(bytes) !== descriptor.digest || bytes.length !== descriptor.size) {
        throw new errors/* AlbaError */.x6('source', `what is remembered of ${descriptor.digest} is something else`);
    }
    const { config, layers } = (0,manifest/* parseManifest */.Ng)(bytes, descriptor.digest);
    const present = [config, ...layers].filter(({ mediaType }) => !(0,media_type/* isForeign */.jq)(mediaType));
    return { ...absent(descriptor), children: present.map((child) => (0,content/* leaf */.V)(absent(child))) };
}

;// CONCATENATED MODULE: ./build/commands/container/artifact.js









async function openArtifact(path, directory, knowledge, options) {
    const { progress, labels } = options;
    const inside = (0,external_node_path_.relative)(directory, path);
    const origin = inside.startsWith('..') ? path : inside;
    const digest = knowledge.knowsArchives ? await fingerprint(path, progress) : undefined;
    const label = async (image) => image.kind === 'loose' ? (0,image_label/* labelImage */._Z)(image, labels) : image;
    const tell = (images, remark) => {
        for (const image of images)
            progress.line(`${origin} -> ${describe(image)}${remark}`);
    };
    const read = async (why) => {
        const artifact = await (0,source_open/* readArtifact */.R)(path, options);
        const images = await Promise.all(artifact.images.map(label));
        if (artifact.digest) {
            knowledge.learnImages(keyOf(artifact.digest, labels), await Promise.all(images.map(toKnown)));
        }
        tell(images, '');
        return { images, isKnown: false, why: why ?? (artifact.isFolder ? 'a folder' : 'new or changed') };
    };
    const known = digest && recallImages(knowledge.imagesOf(keyOf(digest, labels)), path, origin);
    if (!known)
        return read();
    tell(known, ', unchanged');
    return { images: known, isKnown: true, reread: () => read('not all of it was at every target') };
}
function keyOf(archive, labels) {
    const entries = Object.entries(labels).sort();
    return entries.length > 0 ? (0,digest/* digestOf */.ol)(Buffer.from(JSON.stringify([archive, entries]))) : archive;
}
function recallImages(known, path, origin) {
    if (!known || known.length === 0)
        return undefined;
    try {
        const images = known.map((image) => recall(image, origin));
        (0,platform_name/* checkName */.I)(path, images);
        return images;
    }
    catch {
        return undefined;
    }
}
function describe(image) {
    const count = image.kind === 'loose' ? image.layers.length : image.manifest.children.length - 1;
    return `${(0,oci_platform/* formatPlatform */.Bq)(image.platform)}, ${(0,format/* formatCount */.B)(count, 'layer')}`;
}

// EXTERNAL MODULE: ./build/cache/knowledge.js
var cache_knowledge = __webpack_require__(1365);
;// CONCATENATED MODULE: ./build/commands/container/learn.js


async function loadKnowledge(store, now, progress) {
    const knowledge = new cache_knowledge/* Knowledge */.v(now);
    try {
        const bytes = await store?.load();
        if (bytes && !knowledge.read(bytes)) {
            progress.warn('the cache is damaged or of another version: it is not used, and made anew');
        }
    }
    catch (failure) {
        progress.warn(`the cache cannot be read: ${(0,errors/* messageOf */.bD)(failure)}`);
    }
    return knowledge;
}
async function saveKnowledge(knowledge, store, progress) {
    if (!store || !knowledge.isChanged)
        return;
    try {
        const latest = await store.load();
        if (latest)
            knowledge.read(latest);
        await store.save(knowledge.format());
    }
    catch (failure) {
        progress.warn(`the cache cannot be saved: ${(0,errors/* messageOf */.bD)(failure)}`);
    }
}

;// CONCATENATED MODULE: ./build/commands/container/once.js
function once(work) {
    let result;
    return () => {
        result ??= work();
        return result;
    };
}

// EXTERNAL MODULE: ./build/content/together.js
var together = __webpack_require__(81934);
;// CONCATENATED MODULE: ./build/commands/container/open-all.js

async function openAll(opening, close, abort) {
    try {
        return await (0,together/* together */.b)(opening, abort);
    }
    catch (failure) {
        await Promise.allSettled(opening.map(async (opened) => close(await opened)));
        throw failure;
    }
}

// EXTERNAL MODULE: ./build/content/count.js
var count = __webpack_require__(87593);
;// CONCATENATED MODULE: ./build/content/copy.js





class Copier {
    #destination;
    #options;
    #limit;
    #copies = new Map();
    #existence = new Map();
    #receives = true;
    constructor(destination, options) {
        this.#destination = destination;
        this.#options = options;
        this.#limit = (0,p_limit/* default */.A)(options.concurrency);
    }
    copy(node) {
        const { digest } = node.descriptor;
        const copy = this.#copies.get(digest) ?? this.#copy(node);
        this.#copies.set(digest, copy);
        return copy;
    }
    async has(node) {
        if (!(await this.#exists(node.descriptor)))
            return false;
        if (this.#isProof(node))
            return true;
        return (await Promise.all(node.children.map((child) => this.has(child)))).every(Boolean);
    }
    async obtain(blob) {
        return (await this.#exists(blob.descriptor)) || (await this.#mount(blob));
    }
    async receive(source, describe) {
        const { dryRun, abort, progress, onCopied } = this.#options;
        const receive = this.#destination.receive?.bind(this.#destination);
        if (!receive || dryRun || !this.#receives)
            return undefined;
        try {
            const descriptor = describe(await this.#run(() => receive(source())));
            this.#existence.set(descriptor.digest, Promise.resolve(true));
            this.#copies.set(descriptor.digest, Promise.resolve());
            onCopied(descriptor, 'pushed');
            return descriptor;
        }
        catch (failure) {
            abort.signal.throwIfAborted();
            this.#receives = false;
            progress.debug(`not sent while it was made: ${(0,errors/* messageOf */.bD)(failure)}`);
            return undefined;
        }
    }
    async #copy(node) {
        const { descriptor, children } = node;
        if (this.#isProof(node) && (await this.#exists(descriptor)))
            return this.#skip(node);
        await (0,together/* together */.b)(children.map((child) => this.copy(child)), this.#options.abort);
        if ((0,media_type/* isForeign */.jq)(descriptor.mediaType) || (await this.#exists(descriptor))) {
            this.#options.onCopied(descriptor, 'skipped');
        }
        else if (!(await this.#mount(node))) {
            await this.#push(node);
        }
    }
    #isProof({ descriptor }) {
        return this.#destination.closed && (0,media_type/* isManifest */.Yh)(descriptor.mediaType);
    }
    #exists(descriptor) {
        const { digest } = descriptor;
        const existence = this.#existence.get(digest) ?? this.#run(() => this.#destination.exists(descriptor));
        this.#existence.set(digest, existence);
        return existence;
    }
    async #mount(blob) {
        const { descriptor, heldBy } = blob;
        const mount = this.#destination.mount?.bind(this.#destination);
        if (!mount || !heldBy || this.#options.dryRun || !(await this.#run(() => mount(blob))))
            return false;
        this.#existence.set(descriptor.digest, Promise.resolve(true));
        this.#copies.set(descriptor.digest, Promise.resolve());
        this.#options.onCopied(descriptor, 'mounted');
        return true;
    }
    async #push({ descriptor, open, chunks }) {
        const { dryRun, progress, onCopied } = this.#options;
        if (!dryRun) {
            progress.expect(descriptor.size);
            const blob = {
                descriptor,
                open: (0,count/* counted */.h)(open, progress.advance),
                ...(chunks && { chunks: (0,count/* countedChunks */.T)(chunks, progress.advance) }),
            };
            await this.#run(() => this.#destination.push(blob));
        }
        onCopied(descriptor, 'pushed');
    }
    #run(work) {
        return this.#limit(() => {
            this.#options.abort.signal.throwIfAborted();
            return work();
        });
    }
    #skip(node) {
        this.#options.onCopied(node.descriptor, 'skipped');
        for (const child of node.children) {
            if (this.#copies.has(child.descriptor.digest))
                continue;
            this.#copies.set(child.descriptor.digest, Promise.resolve());
            this.#skip(child);
        }
    }
}

// EXTERNAL MODULE: ./build/content/format-bytes.js
var format_bytes = __webpack_require__(4613);
// EXTERNAL MODULE: ./build/commands/sum.js
var sum = __webpack_require__(44180);
// EXTERNAL MODULE: ./build/commands/tag-rules.js
var tag_rules = __webpack_require__(92845);
;// CONCATENATED MODULE: ./build/commands/container/lane.js






class Lane {
    destination;
    #options;
    #copier;
    #fates = new Map();
    #tags;
    constructor(destination, options) {
        this.destination = destination;
        this.#options = options;
        this.#tags = destination.tags;
        const onCopied = (descriptor, fate) => this.#note(descriptor, fate);
        this.#copier = new Copier(destination.repository, { ...options, onCopied });
    }
    get tags() {
        return this.#tags;
    }
    copy(node) {
        return this.#copier.copy(node);
    }
    receive(...of) {
        return this.#copier.receive(...of);
    }
    has(node) {
        return this.#copier.has(node);
    }
    obtain(blob) {
        return this.#copier.obtain(blob);
    }
    async isTagged() {
        const { repository, tags } = this.destination;
        const found = await Promise.all(tags.map((tag) => repository.resolve(tag)));
        return found.some((descriptor) => descriptor !== undefined);
    }
    async assertUnmoved({ descriptor }) {
        const { repository, tags } = this.destination;
        for (const tag of tags) {
            const found = await repository.resolve(tag);
            if (!found || found.digest === descriptor.digest)
                continue;
            const reference = repository.reference(tag, undefined);
            throw new errors/* AlbaError */.x6('target', `${reference} is ${found.digest} and, as "immutable" asks, stays so; this release is ${descriptor.digest}: give it another tag`);
        }
    }
    async tag(index, floating) {
        this.#tellSkipped();
        const { dryRun, progress } = this.#options;
        const { repository, tags } = this.destination;
        if (floating) {
            const existing = [...(await repository.tags()), ...tags];
            const following = tags.flatMap((tag) => (0,tag_rules/* floatingTags */.Kb)(tag, existing));
            this.#tags = [...new Set([...tags, ...following])];
            if (following.length === 0) {
                progress.line(`[floating] no other tag moves at ${repository.url}: ${(0,tag_rules/* whyNothingFloats */.lE)(tags)}`);
            }
        }
        if (!dryRun)
            await repository.tag(index, this.#tags);
        const kind = this.#tags.length === 0 ? 'by digest' : dryRun ? 'would tag' : 'tag';
        for (const reference of this.references(index.descriptor.digest))
            progress.line(`[${kind}] ${reference}`);
    }
    references(digest) {
        const { repository } = this.destination;
        if (this.#tags.length === 0)
            return [repository.reference(undefined, digest)];
        return this.#tags.map((tag) => repository.reference(tag, digest));
    }
    wasMissing(digest) {
        return this.#fates.get(digest)?.fate === 'pushed';
    }
    report() {
        const { dryRun } = this.#options;
        const bytes = (0,sum/* sum */.c)(this.#sizesOf('pushed'));
        return {
            url: this.destination.repository.url,
            pushedBytes: dryRun ? 0 : bytes,
            skippedBytes: (0,sum/* sum */.c)(this.#sizesOf('skipped', 'mounted')),
            missingBytes: dryRun ? bytes : 0,
        };
    }
    #note({ digest, size }, fate) {
        const { dryRun, progress, nameOf } = this.#options;
        this.#fates.set(digest, { fate, size });
        const words = {
            pushed: dryRun ? 'would be sent' : 'sent',
            mounted: 'taken over from another repository',
            skipped: 'already there',
        };
        const line = `[${nameOf(digest)}] ${digest} (${(0,format_bytes/* formatBytes */.z)(size)}) -> ${this.destination.repository.url}: ${words[fate]}`;
        if (fate === 'skipped')
            progress.debug(line);
        else
            progress.line(line);
    }
    #tellSkipped() {
        const sizes = this.#sizesOf('skipped');
        if (sizes.length === 0)
            return;
        const what = `${(0,format/* formatCount */.B)(sizes.length, 'item')} (${(0,format_bytes/* formatBytes */.z)((0,sum/* sum */.c)(sizes))})`;
        this.#options.progress.line(`[all else] ${what} -> ${this.destination.repository.url}: already there`);
    }
    #sizesOf(...wanted) {
        return [...this.#fates.values()].filter(({ fate }) => wanted.includes(fate)).map(({ size }) => size);
    }
}

;// CONCATENATED MODULE: ./build/commands/container/publication.js




class Publication {
    #lanes;
    #names = new Map();
    #options;
    constructor(destinations, options) {
        this.#options = options;
        const nameOf = (digest) => this.#names.get(digest) ?? 'blob';
        this.#lanes = destinations.map((destination) => new Lane(destination, { ...options, nameOf }));
    }
    get destinations() {
        return this.#lanes.map(({ destination }) => destination);
    }
    get tags() {
        return [...new Set(this.#lanes.flatMap(({ tags }) => tags))];
    }
    async send(node, name) {
        this.#name(node, name);
        await this.#everywhere((lane) => lane.copy(node));
    }
    async receive(source, mediaType, name) {
        const [only, ...others] = this.#lanes;
        if (!only || others.length > 0)
            return undefined;
        return only.receive(source, ({ digest, size }) => {
            this.#names.set(digest, name);
            return { mediaType, digest, size };
        });
    }
    async has(node) {
        return (await this.#everywhere((lane) => lane.has(node))).every(Boolean);
    }
    async obtain(blob, name) {
        this.#names.set(blob.descriptor.digest, name);
        return (await this.#everywhere((lane) => lane.obtain(blob))).every(Boolean);
    }
    async isHeld() {
        if (!this.#options.immutable)
            return false;
        return (await this.#everywhere((lane) => lane.isTagged())).some(Boolean);
    }
    async assertUnmoved(index) {
        if (this.#options.immutable)
            await this.#everywhere((lane) => lane.assertUnmoved(index));
    }
    async tag(index) {
        await this.assertUnmoved(index);
        await this.#everywhere((lane) => lane.tag(index, this.#options.floating));
    }
    references(digest) {
        return this.#lanes.flatMap((lane) => lane.references(digest));
    }
    wasMissing(digest) {
        return this.#lanes.some((lane) => lane.wasMissing(digest));
    }
    report() {
        return this.#lanes.map((lane) => lane.report());
    }
    async [Symbol.asyncDispose]() {
        await Promise.allSettled(this.#lanes.map(({ destination }) => destination.repository.close()));
    }
    #everywhere(work) {
        return (0,together/* together */.b)(this.#lanes.map(work), this.#options.abort);
    }
    #name(node, name) {
        const { digest, mediaType, platform } = node.descriptor;
        if (this.#names.has(digest))
            return;
        const owner = platform ? (0,oci_platform/* formatPlatform */.Bq)(platform) : '';
        const own = (0,media_type/* isIndex */.nw)(mediaType) ? 'index' : `manifest ${owner || 'of an attestation'}`;
        this.#names.set(digest, name ?? own);
        node.children.forEach((child, position) => {
            const role = position === 0 ? 'config' : 'layer';
            this.#name(child, child.children.length > 0 ? undefined : `${role} ${owner}`.trim());
        });
    }
}

// EXTERNAL MODULE: ./node_modules/semver/index.js
var semver = __webpack_require__(62088);
;// CONCATENATED MODULE: ./build/commands/container/published.js






const maxManifests = 32;
async function readPublished(bases, wanted, progress) {
    const read = (base) => {
        const attempt = (work) => work().catch((failure) => {
            progress.debug(`nothing is learned from ${base.repository.url}: ${(0,errors/* messageOf */.bD)(failure)}`);
            return [];
        });
        return attempt(() => readBase(base, attempt));
    };
    const images = (await Promise.all(bases.map(read))).flat().reverse();
    const isWanted = ({ built }) => wanted.some((platform) => (0,oci_platform/* isSamePlatform */.SW)(platform, built));
    return {
        layers: new Map(images.filter(isWanted).flatMap(({ layers }) => layers)),
        platforms: new Map(images.flatMap(({ digest, platform }) => (platform ? [[digest, platform]] : []))),
    };
}
async function readBase({ repository, tags, reference }, attempt) {
    const root = await findRelease({ repository, tags });
    if (!root)
        return [];
    const read = (descriptor) => readFrom(repository, descriptor);
    const manifests = (0,media_type/* isIndex */.nw)(root.mediaType) ? (0,manifest/* parseIndex */.A1)(await read(root), root.digest).manifests : [root];
    const images = manifests.filter(({ mediaType, platform }) => (0,media_type/* isManifest */.Yh)(mediaType) && platform?.os !== 'unknown');
    const readImage = async (descriptor) => {
        const { digest, platform } = descriptor;
        const { config, layers: blobs } = (0,manifest/* parseManifest */.Ng)(await read(descriptor), digest);
        const { platform: built, diffIds } = (0,manifest/* parseConfig */.o4)(await read(config), config.digest);
        const isPaired = diffIds.length === blobs.length;
        const layers = blobs.map((blob, index) => [diffIds[index], { descriptor: blob, ...(reference && { heldBy: reference }) }]);
        return [{ digest, platform, built, layers: isPaired ? layers : [] }];
    };
    const found = images.slice(0, maxManifests).map((descriptor) => attempt(() => readImage(descriptor)));
    return (await Promise.all(found)).flat();
}
async function findRelease({ repository, tags }) {
    for (const tag of tags) {
        const found = await repository.resolve(tag);
        if (found)
            return found;
    }
    const newest = newestTag(await repository.tags());
    return newest === undefined ? undefined : repository.resolve(newest);
}
function newestTag(tags) {
    const named = [...tags].sort();
    const versions = named.filter((tag) => semver.valid(tag, { loose: true }));
    return versions.sort((a, b) => semver.compare(a, b, { loose: true })).at(-1) ?? named.at(-1);
}
function readFrom(repository, descriptor) {
    const open = () => repository.fetch(descriptor);
    return (0,verify/* readDocument */.u0)({ descriptor, open }, `${repository.url} (${descriptor.digest})`, 'target');
}

// EXTERNAL MODULE: external "node:stream/consumers"
var consumers_ = __webpack_require__(38321);
// EXTERNAL MODULE: ./build/source/flatten.js
var flatten = __webpack_require__(64290);
// EXTERNAL MODULE: ./build/source/members.js
var members = __webpack_require__(18639);
// EXTERNAL MODULE: ./build/source/sealed-image.js
var sealed_image = __webpack_require__(56658);
;// CONCATENATED MODULE: ./build/source/remote.js









const maxDepth = 8;
const maxDocuments = 64 * 1024 * 1024;
function remoteBlobs(remote) {
    const documents = new Map();
    const { url, heldBy } = remote;
    let kept = 0;
    const find = async (descriptor) => {
        const { digest, mediaType, size } = descriptor;
        const origin = `${url} (${digest})`;
        const fetch = (0,verify/* openVerified */.p_)(() => remote.fetch(descriptor), descriptor, origin);
        const keep = async () => {
            if (!documents.has(digest)) {
                kept += size;
                if (kept > maxDocuments)
                    throw new errors/* AlbaError */.x6('source', `${url} leads to manifests of more than ${maxDocuments} bytes`);
            }
            const document = documents.get(digest) ?? Promise.resolve(fetch()).then(consumers_.buffer);
            documents.set(digest, document);
            return (0,content/* openBytes */.o)(await document)();
        };
        const open = (0,media_type/* isDocument */.wz)(mediaType) && size <= manifest/* maxManifestSize */.NQ ? keep : fetch;
        return { origin, size, digest: async () => digest, open, ...(heldBy && { heldBy }) };
    };
    return { origin: url, find };
}
function readRemoteImages(blobs, root, progress) {
    return (0,flatten/* readImages */.H)(blobs, [root], progress);
}
function readTree(blobs, root) {
    return readBelow({ blobs, children: new Map() }, root, 0);
}
async function readBelow(walk, descriptor, depth) {
    const { blobs, children } = walk;
    if (depth > maxDepth) {
        throw new errors/* AlbaError */.x6('source', `${blobs.origin} nests its documents more than ${maxDepth} deep`);
    }
    const member = await (0,sealed_image/* findBlob */.FM)(blobs, descriptor);
    const { mediaType, digest } = descriptor;
    if (!(0,media_type/* isDocument */.wz)(mediaType))
        return (0,content/* leaf */.V)((0,members/* toBlob */.ZR)(descriptor, member));
    const key = `${digest} ${mediaType}`;
    const below = children.get(key) ?? readChildren(walk, mediaType, member, depth);
    children.set(key, below);
    return { ...(0,members/* toBlob */.ZR)(descriptor, member), children: await below };
}
async function readChildren(walk, mediaType, member, depth) {
    const successors = (0,manifest/* parseSuccessors */.j6)(mediaType, await (0,members/* readMember */.hd)(member), member.origin);
    return Promise.all(successors.map((child) => readBelow(walk, child, depth + 1)));
}

;// CONCATENATED MODULE: ./build/commands/container/remote-artifact.js







async function openRemoteArtifact(locator, connection, context) {
    const repository = await (0,connect/* openPlace */.Q)(locator.place, connection, context, 'pull');
    try {
        return await readRemoteArtifact(locator, repository, context.progress);
    }
    catch (failure) {
        await repository.close();
        throw failure;
    }
}
async function readRemoteArtifact({ place, tag, digest }, repository, progress) {
    const origin = repository.reference(tag, digest);
    const wanted = digest ?? tag;
    if (wanted === undefined) {
        throw new errors/* AlbaError */.x6('usage', `${origin} names neither a tag nor a digest: add one`);
    }
    const found = await repository.resolve(wanted);
    if (!found)
        throw new errors/* AlbaError */.x6('source', `${origin} is not there: was it published, and not cleaned up since?`);
    if (digest && found.digest !== digest) {
        throw new errors/* AlbaError */.x6('source', `${origin} is another manifest there, ${found.digest}: leave out the tag or the digest`);
    }
    const blobs = remoteBlobs({
        url: origin,
        fetch: (descriptor) => repository.fetch(descriptor),
        ...(place.kind === 'registry' && { heldBy: place.reference }),
    });
    const [images, root] = await Promise.all([
        readRemoteImages(blobs, found, progress),
        readTree(blobs, found),
    ]);
    for (const { platform, manifest } of images) {
        progress.line(`${origin} -> ${(0,oci_platform/* formatPlatform */.Bq)(platform)}, ${(0,format/* formatCount */.B)(manifest.children.length - 1, 'layer')}`);
    }
    const referrers = once(() => readReferrers(repository, blobs, root));
    return { images, root, isKnown: true, referrers, repository };
}
const mostSubjects = 10_000;
async function readReferrers(repository, blobs, node, asked = new Set()) {
    const { digest, mediaType } = node.descriptor;
    if (!(0,media_type/* isDocument */.wz)(mediaType) || asked.has(digest))
        return [];
    asked.add(digest);
    if (asked.size > mostSubjects) {
        throw new errors/* AlbaError */.x6('source', `${blobs.origin}: more than ${mostSubjects} manifests refer to each other`);
    }
    const found = [];
    for (const descriptor of await repository.referrers(digest)) {
        const referrer = await readTree(blobs, descriptor);
        found.push(referrer, ...(await readReferrers(repository, blobs, referrer, asked)));
    }
    for (const child of node.children)
        found.push(...(await readReferrers(repository, blobs, child, asked)));
    return found;
}

// EXTERNAL MODULE: ./build/commands/shown-path.js
var shown_path = __webpack_require__(10480);
// EXTERNAL MODULE: ./build/commands/container/locator.js
var locator = __webpack_require__(79361);
;// CONCATENATED MODULE: ./build/commands/container/report.js




function reportOf(outcome) {
    const { artifacts, sealed, index, publication, dryRun } = outcome;
    const { digest, mediaType, size } = index.descriptor;
    const manifests = manifestsOf(outcome);
    const targets = publication.report();
    return {
        digest,
        mediaType,
        size,
        references: publication.references(digest),
        platforms: Object.fromEntries(manifests.map((manifest) => [manifest.platform, manifest.digest])),
        manifests,
        tags: publication.tags,
        targets,
        pushedBytes: (0,sum/* sum */.c)(targets.map(({ pushedBytes }) => pushedBytes)),
        skippedBytes: (0,sum/* sum */.c)(targets.map(({ skippedBytes }) => skippedBytes)),
        missingBytes: (0,sum/* sum */.c)(targets.map(({ missingBytes }) => missingBytes)),
        cacheHit: cacheHitOf(artifacts, sealed),
        dryRun,
    };
}
function manifestsOf(outcome) {
    const { artifacts, images, sealed, index, targets, publication, directory, dryRun } = outcome;
    const [first] = targets;
    const reasons = new Map(artifacts.flatMap((artifact) => artifact.images.map((of) => [of, artifact.why])));
    return sealed
        .map((found, order) => ({ ...found, why: reasons.get(images[order]) }))
        .sort((a, b) => (0,oci_platform/* comparePlatforms */.UX)(a.image.platform, b.image.platform))
        .map(({ made, why, image: { origin, platform, manifest } }) => {
        const { descriptor, children } = manifest;
        const found = sealed.length === 1 ? index.descriptor.digest : descriptor.digest;
        const wasMissing = publication.wasMissing(descriptor.digest);
        return {
            platform: (0,oci_platform/* formatPlatform */.Bq)(platform),
            digest: descriptor.digest,
            size: descriptor.size,
            imageSize: (0,sum/* sum */.c)(children.map((child) => child.descriptor.size)),
            layers: children.length - 1,
            made,
            pushed: wasMissing && !dryRun,
            missing: wasMissing && dryRun,
            ...(why && { why }),
            source: (0,shown_path/* shownPath */.p)(origin, directory),
            reference: first ? (0,locator/* formatLocator */.SI)(first, found) : found,
        };
    });
}
function cacheHitOf(artifacts, sealed) {
    const isKnown = artifacts.map((artifact) => artifact.isKnown);
    if (isKnown.every(Boolean) && sealed.every(({ made }) => made === 0))
        return 'true';
    return isKnown.some(Boolean) || sealed.some(({ spared }) => spared > 0) ? 'partial' : 'false';
}

// EXTERNAL MODULE: ./build/layer/compress.js + 1 modules
var compress = __webpack_require__(69974);
;// CONCATENATED MODULE: ./build/layer/prepare.js





const leastReceived = 8 * 1024 * 1024;
function asLayer(blob, format) {
    const { mediaType, digest, size } = blob.descriptor;
    const compression = (0,media_type/* compressionOf */.MB)(mediaType);
    return { ...blob, descriptor: { mediaType: media_type/* mediaTypes */.Ib[format].layer[compression], digest, size } };
}
function asFound({ compressed }, { format, compression }) {
    if (!compressed)
        return undefined;
    const isWanted = compression === 'gzip' || compression === (0,media_type/* compressionOf */.MB)(compressed.descriptor.mediaType);
    return isWanted ? asLayer(compressed, format) : undefined;
}
async function prepareLayer(layer, origin, options) {
    const { format, compression, spool, progress, signal, receive } = options;
    const { diffId, gzipped, size, open, chunks } = layer;
    if (compression === 'gzip' && gzipped) {
        progress.debug(`layer ${diffId}: the compression of ${origin} is reused`);
        return asLayer(gzipped, format);
    }
    const mediaType = media_type/* mediaTypes */.Ib[format].layer[compression];
    if (compression === 'none') {
        return { descriptor: { mediaType, digest: diffId, size }, open, ...(chunks && { chunks }) };
    }
    progress.debug(`layer ${diffId}: ${(0,compress/* settingsOf */.f5)(options)}`);
    const compressed = () => {
        progress.expect(size);
        return (0,compress/* compress */.Bc)(verified(layer, origin, options), options);
    };
    const received = size < leastReceived ? undefined : await receive?.(compressed, mediaType);
    if (received)
        return { descriptor: received, open: gone(received) };
    const { digest, size: spooledSize, ...bytes } = await spool.write(compressed(), signal);
    return { descriptor: { mediaType, digest, size: spooledSize }, ...bytes };
}
async function* verified(layer, origin, { progress, signal }) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    for await (const chunk of layer.chunks?.() ?? (await layer.open())) {
        signal.throwIfAborted();
        hash.update(chunk);
        progress.advance(chunk.length);
        yield chunk;
    }
    const found = `sha256:${hash.digest('hex')}`;
    if (found !== layer.diffId) {
        throw new errors/* AlbaError */.x6('source', `${origin} changed while it was read: its layer ${layer.diffId} is now ${found}`);
    }
}

;// CONCATENATED MODULE: ./build/commands/container/seal.js









async function sealImages({ images, confirmed }, options, publication) {
    const sealer = new Sealer(options, publication);
    const seal = async (image) => {
        const there = confirmed.get(image);
        if (there)
            return { image: there, made: 0, spared: there.manifest.children.length - 1 };
        return image.kind === 'sealed' ? { image, made: 0, spared: 0 } : sealer.seal(image);
    };
    return (0,together/* together */.b)(images.map(seal), options.abort);
}
class Sealer {
    #options;
    #publication;
    #limit;
    #layers = new Map();
    constructor(options, publication) {
        this.#options = options;
        this.#publication = publication;
        this.#limit = (0,p_limit/* default */.A)(options.parallelism);
    }
    async seal(image) {
        const layers = await (0,together/* together */.b)(image.layers.map((layer) => this.#prepareOnce(layer, image)), this.#options.abort);
        const blobs = layers.map(({ blob }) => blob);
        return {
            image: assembleImage(image, blobs, this.#options.format, this.#options.annotations),
            made: layers.filter(({ origin }) => origin === 'made').length,
            spared: layers.filter(({ origin }) => origin === 'published').length,
        };
    }
    #prepareOnce(layer, image) {
        const prepared = this.#layers.get(layer.diffId) ?? this.#prepare(layer, image);
        this.#layers.set(layer.diffId, prepared);
        return prepared;
    }
    async #prepare(layer, { origin, platform }) {
        const label = `layer ${(0,oci_platform/* formatPlatform */.Bq)(platform)}`;
        const { knowledge } = this.#options;
        const found = asFound(layer, this.#options);
        const known = found ?? (await this.#findPublished(layer, label));
        const blob = known ?? (await this.#make(layer, origin, label));
        knowledge.learnLayer(layer.diffId, (0,compress/* settingsOf */.f5)(this.#options), blob.descriptor);
        if (this.#options.sendEarly && (found || !known))
            await this.#publication.send((0,content/* leaf */.V)(blob), label);
        return { blob, origin: found ? 'found' : known ? 'published' : 'made' };
    }
    async #findPublished({ diffId }, label) {
        const published = (await this.#options.published()).layers.get(diffId);
        if (!published || (0,media_type/* compressionOf */.MB)(published.descriptor.mediaType) !== this.#options.compression)
            return undefined;
        const blob = asLayer({ ...published, ...absent(published.descriptor) }, this.#options.format);
        return (await this.#publication.obtain(blob, label)) ? blob : undefined;
    }
    #make(layer, origin, label) {
        const { signal } = this.#options.abort;
        const receive = (source, mediaType) => this.#publication.receive(source, mediaType, label);
        return this.#limit(() => {
            signal.throwIfAborted();
            return prepareLayer(layer, origin, {
                ...this.#options,
                signal,
                ...(this.#options.sendEarly && { receive }),
            });
        });
    }
}

;// CONCATENATED MODULE: ./build/commands/container/confirm.js








async function confirmImages(images, remembered, options, publication) {
    const guesses = images.map((image) => guess(image, options, rememberedBlob(options)));
    const whole = guesses.filter((image) => image !== undefined);
    if (whole.length === images.length &&
        (await publication.has(mergeImages(whole, options.format, options.annotations)))) {
        return new Map(images.map((image, index) => [image, whole[index]]));
    }
    const confirmed = new Map();
    const confirm = async (image, index) => {
        if (image.kind === 'sealed')
            return;
        const isRemembered = remembered.has(image);
        const found = (await confirmGuess(guesses[index], isRemembered, options, publication)) ??
            (await confirmGuess(await guessPublished(image, options), isRemembered, options, publication));
        if (!found)
            return;
        confirmed.set(image, found);
        learnLayers(image, found, options);
    };
    await (0,together/* together */.b)(images.map(confirm), options.abort);
    return confirmed;
}
async function confirmGuess(guessed, isRemembered, { published }, publication) {
    if (!guessed)
        return undefined;
    const { platform, manifest } = guessed;
    if (isRemembered) {
        const told = (await published()).platforms.get(manifest.descriptor.digest);
        if (!told || (0,oci_platform/* formatPlatform */.Bq)(told) !== (0,oci_platform/* formatPlatform */.Bq)(platform))
            return undefined;
    }
    return (await publication.has(manifest)) ? guessed : undefined;
}
async function guessPublished(image, options) {
    const { layers } = await options.published();
    const remembered = rememberedBlob(options);
    return guess(image, options, (diffId) => {
        const descriptor = layers.get(diffId)?.descriptor;
        return descriptor && (0,media_type/* compressionOf */.MB)(descriptor.mediaType) === options.compression
            ? descriptor
            : remembered(diffId);
    });
}
function guess(image, options, blobOf) {
    if (image.kind === 'sealed')
        return image;
    const layers = image.layers.map((layer) => {
        const descriptor = asFound(layer, options)?.descriptor ?? blobOf(layer.diffId);
        return descriptor && asLayer(absent(descriptor), options.format);
    });
    return layers.every((layer) => layer !== undefined)
        ? assembleImage(image, layers, options.format, options.annotations)
        : undefined;
}
function rememberedBlob(options) {
    return (diffId) => options.knowledge.layerOf(diffId, (0,compress/* settingsOf */.f5)(options));
}
function learnLayers(image, { manifest }, options) {
    image.layers.forEach((layer, index) => {
        const blob = manifest.children[index + 1];
        if (blob && !layer.compressed)
            options.knowledge.learnLayer(layer.diffId, (0,compress/* settingsOf */.f5)(options), blob.descriptor);
    });
}

;// CONCATENATED MODULE: ./build/commands/container/settle.js




async function settle(artifacts, options, publication) {
    const images = uniqueImages(artifacts);
    const remembered = new Set(artifacts.flatMap((artifact) => (artifact.reread ? artifact.images : [])));
    const confirmed = await confirmPlausible(images, remembered, options, publication);
    const isDoubtful = (image) => remembered.has(image) && !confirmed.has(image);
    if (!images.some(isDoubtful))
        return { artifacts, images, confirmed };
    const limit = (0,p_limit/* default */.A)(options.parallelism);
    const read = artifacts.map((artifact) => {
        const { reread } = artifact;
        return reread && artifact.images.some(isDoubtful) ? limit(reread) : Promise.resolve(artifact);
    });
    return settle(await (0,together/* together */.b)(read, options.abort), options, publication);
}
async function confirmPlausible(images, remembered, options, publication) {
    try {
        checkPlatforms(images, options.platforms);
    }
    catch (clash) {
        if (remembered.size > 0)
            return new Map();
        throw clash;
    }
    return confirmImages(images, remembered, options, publication);
}
function uniqueImages(artifacts) {
    const seen = new Set();
    return artifacts
        .flatMap(({ images }) => images)
        .filter((image) => {
        if (image.kind === 'loose')
            return true;
        const { digest } = image.manifest.descriptor;
        const isNew = !seen.has(digest);
        seen.add(digest);
        return isNew;
    });
}

;// CONCATENATED MODULE: ./build/commands/container/push.js
var push_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var push_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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




















async function containerPush(request, progress) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        if (!request.dryRun)
            await (0,writable/* assertWritable */.Bz)((0,writable/* directoriesOf */.Pv)(request.targets, request.directory));
        const abort = new AbortController();
        const context = { progress, signal: abort.signal };
        const knowledge = await loadKnowledge(request.store, request.now, progress);
        progress.group('Read artifacts');
        const threads = push_addDisposableResource(env_1, openThreads(request), true);
        const artifacts = await openArtifacts(request, knowledge, { progress, threads }, abort);
        const _ = push_addDisposableResource(env_1, closing(artifacts), true);
        const publication = push_addDisposableResource(env_1, await openPublication(request, progress, abort), true);
        const published = once(() => readBases(request, artifacts, publication, context));
        const options = { ...request, knowledge, published, progress, abort, threads };
        const settled = await settle(artifacts, options, publication);
        for (const warning of warningsOf(settled.images, request))
            progress.warn(warning);
        progress.group(request.dryRun ? 'Compare with the targets' : 'Publish');
        const spool = push_addDisposableResource(env_1, await Spool.create(request.temporaryDirectory), true);
        const sendEarly = !(await publication.isHeld());
        const sealed = await sealImages(settled, { ...options, spool, sendEarly }, publication);
        const whole = wholeOf(settled.artifacts, request);
        const merged = () => mergeImages(imagesOf(sealed), request.format, request.annotations);
        const index = whole?.root ?? merged();
        await publication.assertUnmoved(index);
        await publication.send(index);
        for (const referrer of (await whole?.referrers?.()) ?? [])
            await publication.send(referrer);
        await publication.tag(index);
        if (!request.dryRun)
            await saveKnowledge(knowledge, request.store, progress);
        return reportOf({ ...request, ...settled, sealed, index, publication });
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = push_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
const mostThreads = 4;
function openThreads({ threads, parallelism }) {
    return threads ? new Threads(threads, Math.min(parallelism, mostThreads)) : undefined;
}
async function openArtifacts(request, knowledge, { progress, threads }, abort) {
    const { artifacts, references, directory, connection, parallelism, labels, store } = request;
    const paths = artifacts.length > 0 ? await (0,find/* findArtifacts */.n)(artifacts, directory) : [];
    const limit = (0,p_limit/* default */.A)(Math.min(parallelism, mostThreads));
    const options = { progress, threads, labels, fingerprint: store !== undefined };
    const context = { progress, signal: abort.signal };
    const start = (open) => limit(() => {
        abort.signal.throwIfAborted();
        return open();
    });
    const opened = [
        ...paths.map((path) => start(() => openArtifact(path, directory, knowledge, options))),
        ...references.map((locator) => start(() => openRemoteArtifact(locator, connection, context))),
    ];
    return openAll(opened, ({ repository }) => repository?.close(), abort);
}
async function openPublication(request, progress, abort) {
    const context = { progress, signal: abort.signal };
    const open = async ({ place, tags }) => ({
        repository: await (0,connect/* openPlace */.Q)(place, request.connection, context, request.dryRun ? 'pull' : 'push'),
        tags,
        ...(place.kind === 'registry' && { reference: place.reference }),
    });
    const close = ({ repository }) => repository.close();
    const destinations = await openAll(request.targets.map(open), close, abort);
    return new Publication(destinations, { ...request, ...context, abort });
}
async function readBases({ cacheFrom, connection }, artifacts, publication, context) {
    const others = await Promise.all(cacheFrom.map(async ({ place, tag, digest }) => ({
        repository: await (0,connect/* openPlace */.Q)(place, connection, context, 'pull'),
        tags: tag ? [tag] : digest ? [digest] : [],
        ...(place.kind === 'registry' && { reference: place.reference }),
    })));
    const images = artifacts.flatMap((artifact) => artifact.images);
    const platforms = images.flatMap(({ kind, platform }) => (kind === 'loose' ? [platform] : []));
    const published = await readPublished([...publication.destinations, ...others], platforms, context.progress);
    await Promise.allSettled(others.map(({ repository }) => repository.close()));
    return published;
}
function closing(artifacts) {
    return {
        async [Symbol.asyncDispose]() {
            await Promise.allSettled(artifacts.map(({ repository }) => repository?.close()));
        },
    };
}
function wholeOf(artifacts, { annotations }) {
    const [only, ...others] = artifacts;
    const { root } = only ?? {};
    if (!only || !root || others.length > 0 || annotations.length > 0)
        return undefined;
    return (0,media_type/* isIndex */.nw)(root.descriptor.mediaType) ? { ...only, root } : undefined;
}
function imagesOf(sealed) {
    return sealed.map(({ image }) => image);
}
function warningsOf(images, { annotations, labels }) {
    return [...(0,annotate/* annotationWarnings */.$N)(images, annotations), ...(0,image_label/* labelWarnings */.Ej)(images, labels)];
}


/***/ }),

/***/ 92845:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E4: () => (/* binding */ versionOf),
/* harmony export */   Kb: () => (/* binding */ floatingTags),
/* harmony export */   lE: () => (/* binding */ whyNothingFloats),
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
function whyNothingFloats(tags) {
    if (tags.length === 0)
        return 'the release has no tag';
    return tags.some(parseRelease)
        ? 'higher releases are there'
        : `${tags.join(', ')} is no release such as 1.2.3`;
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

/***/ 52459:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  v: () => (/* binding */ buffersFor),
  n: () => (/* binding */ splitBlocks)
});

;// CONCATENATED MODULE: ./build/content/buffers.js
const patience = 3;
class Buffers {
    #size;
    #free = [];
    #resting = [];
    constructor(size) {
        this.#size = size;
    }
    take() {
        return this.#free.pop() ?? new ArrayBuffer(this.#size);
    }
    giveBack(buffer) {
        this.#resting.push(buffer);
        if (this.#resting.length > patience)
            this.#free.push(...this.#resting.splice(0, 1));
    }
}

;// CONCATENATED MODULE: ./build/content/blocks.js

function buffersFor({ before, size, behind }) {
    return new Buffers(before + size + behind);
}
async function* splitBlocks(source, shape, buffers) {
    let buffer = buffers.take();
    let before = 0;
    let length = 0;
    for await (const chunk of source) {
        for (let done = 0; done < chunk.length;) {
            const part = chunk.subarray(done, done + shape.size - length);
            new Uint8Array(buffer).set(part, shape.before + length);
            length += part.length;
            done += part.length;
            if (length < shape.size)
                continue;
            const next = buffers.take();
            new Uint8Array(next).set(new Uint8Array(buffer, shape.size, shape.before));
            yield { buffer, before, length };
            buffer = next;
            before = shape.before;
            length = 0;
        }
    }
    if (length > 0)
        yield { buffer, before, length };
}


/***/ }),

/***/ 41766:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ inOrder)
/* harmony export */ });
async function* inOrder(items, concurrency, work) {
    const working = [];
    for await (const item of items) {
        const result = work(item);
        result.catch(() => undefined);
        working.push(result);
        const [first] = working;
        if (working.length <= concurrency || !first)
            continue;
        yield await first;
        working.shift();
    }
    for (const result of working)
        yield await result;
}


/***/ }),

/***/ 13511:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   blockDeflater: () => (/* binding */ blockDeflater),
/* harmony export */   deflateTask: () => (/* binding */ deflateTask)
/* harmony export */ });
/* harmony import */ var _threads_aside_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(58998);
/* harmony import */ var _deflater_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(99905);


function blockDeflater(threads) {
    return (0,_threads_aside_js__WEBPACK_IMPORTED_MODULE_1__/* .aside */ .H)(threads, 'deflate', deflateTask);
}
let deflater;
async function deflateTask(input) {
    const { buffer, before, length, level } = input;
    deflater ??= _deflater_js__WEBPACK_IMPORTED_MODULE_0__/* .Deflater */ .i$.create();
    const bytes = new Uint8Array(buffer, _deflater_js__WEBPACK_IMPORTED_MODULE_0__/* .windowSize */ .on - before, before + length);
    const deflated = (await deflater).deflate(bytes, before, level);
    new Uint8Array(buffer).set(deflated);
    return { output: { buffer, size: deflated.length }, transfer: [buffer] };
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

/***/ 8180:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ej: () => (/* binding */ labelWarnings),
/* harmony export */   Q_: () => (/* binding */ parseLabel),
/* harmony export */   _Z: () => (/* binding */ labelImage)
/* harmony export */ });
/* unused harmony export withLabels */
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(77934);
/* harmony import */ var _content_content_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49215);
/* harmony import */ var _content_verify_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(34733);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(19473);
/* harmony import */ var _oci_compare_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(81033);
/* harmony import */ var _oci_digest_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1564);
/* harmony import */ var _oci_manifest_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(95669);
/* harmony import */ var _oci_platform_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(44647);








const labelledSchema = valibot__WEBPACK_IMPORTED_MODULE_6__/* .custom */ .IeY(isLabelled, 'expected the config of an image, whose config.Labels are texts');
function parseLabel(line) {
    if (line.trim() === '')
        return [];
    const equals = line.indexOf('=');
    const key = line.slice(0, Math.max(equals, 0));
    if (key !== '' && !/[\s"']/.test(key))
        return [[key, line.slice(equals + 1)]];
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6('usage', `label "${line}" is not key=value, without quotes around it`);
}
function withLabels(bytes, labels, where) {
    const document = (0,_oci_manifest_js__WEBPACK_IMPORTED_MODULE_4__/* .parseJson */ .qF)(labelledSchema, bytes, where);
    const added = Object.entries(labels).sort(([a], [b]) => (0,_oci_compare_js__WEBPACK_IMPORTED_MODULE_7__/* .compareText */ .n)(a, b));
    const all = { ...document.config?.Labels, ...Object.fromEntries(added) };
    return Buffer.from(JSON.stringify({ ...document, config: { ...document.config, Labels: all } }));
}
async function labelImage(image, labels) {
    if (Object.keys(labels).length === 0)
        return image;
    const where = `${image.origin}: config`;
    const bytes = withLabels(await (0,_content_verify_js__WEBPACK_IMPORTED_MODULE_1__/* .readDocument */ .u0)(image.config, where), labels, where);
    const descriptor = { ...image.config.descriptor, digest: (0,_oci_digest_js__WEBPACK_IMPORTED_MODULE_3__/* .digestOf */ .ol)(bytes), size: bytes.length };
    return { ...image, config: { descriptor, open: (0,_content_content_js__WEBPACK_IMPORTED_MODULE_0__/* .openBytes */ .o)(bytes) } };
}
function labelWarnings(images, labels) {
    const sealed = images.filter((image) => image.kind === 'sealed');
    const keys = Object.keys(labels).sort().join(', ');
    if (sealed.length === 0 || keys === '')
        return [];
    const names = sealed.map(({ origin, platform }) => `${origin} (${(0,_oci_platform_js__WEBPACK_IMPORTED_MODULE_5__/* .formatPlatform */ .Bq)(platform)})`).join(', ');
    return [`${names}: images that have a manifest already stay as they are, without labels ${keys}`];
}
function isLabelled(input) {
    if (!isObject(input))
        return false;
    const config = input.config ?? {};
    if (!isObject(config))
        return false;
    const labels = config.Labels ?? {};
    return isObject(labels) && Object.values(labels).every((value) => typeof value === 'string');
}
function isObject(input) {
    return typeof input === 'object' && input !== null && !Array.isArray(input);
}


/***/ }),

/***/ 69974:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  hv: () => (/* binding */ assertSupported),
  Bc: () => (/* binding */ compress),
  yr: () => (/* binding */ levels),
  f5: () => (/* binding */ settingsOf)
});

// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
// EXTERNAL MODULE: ./build/deflate/deflate-block.js
var deflate_block = __webpack_require__(13511);
// EXTERNAL MODULE: ./build/content/blocks.js + 1 modules
var blocks = __webpack_require__(52459);
// EXTERNAL MODULE: ./build/content/in-order.js
var in_order = __webpack_require__(41766);
// EXTERNAL MODULE: ./build/deflate/deflater.js
var deflater = __webpack_require__(99905);
// EXTERNAL MODULE: ./build/deflate/gzip-format.js
var gzip_format = __webpack_require__(66104);
;// CONCATENATED MODULE: ./build/deflate/gzip-parallel.js





const shape = { before: deflater/* windowSize */.on, size: deflater/* blockSize */.L6, behind: deflater/* mostDeflated */.bW - deflater/* blockSize */.L6 };
async function* gzipParallel(source, { level, concurrency, deflate }) {
    const buffers = (0,blocks/* buffersFor */.v)(shape);
    let crc = 0;
    let length = 0;
    const deflated = (0,in_order/* inOrder */.a)((0,blocks/* splitBlocks */.n)(source, shape, buffers), concurrency, (block) => {
        crc = (0,external_node_zlib_.crc32)(new Uint8Array(block.buffer, deflater/* windowSize */.on, block.length), crc);
        length += block.length;
        return deflate({ ...block, level });
    });
    yield gzip_format/* memberHeader */.As;
    for await (const { buffer, size } of deflated) {
        yield new Uint8Array(buffer, 0, size);
        buffers.giveBack(buffer);
    }
    yield deflater/* lastBlock */.KH;
    yield (0,gzip_format/* memberTrailer */.uJ)(crc, length);
}

// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/layer/zstd-parallel.js
var zstd_parallel = __webpack_require__(48255);
;// CONCATENATED MODULE: ./build/layer/compress.js





const levels = {
    gzip: { least: 1, most: 9, usual: 3 },
    zstd: { least: 1, most: 19, usual: 2 },
    none: { least: 0, most: 0, usual: 0 },
};
function settingsOf({ compression, compressionLevel }) {
    return `${compression}-${compressionLevel}`;
}
function compress(source, { compression, compressionLevel: level, parallelism: concurrency, threads }) {
    switch (compression) {
        case 'gzip':
            return gzipParallel(source, { level, concurrency, deflate: (0,deflate_block.blockDeflater)(threads) });
        case 'zstd':
            return (0,zstd_parallel.zstdParallel)(source, { level, concurrency, threads });
        case 'none':
            return source;
    }
}
function assertSupported(compression) {
    if (compression === 'zstd' && typeof external_node_zlib_.createZstdCompress !== 'function') {
        throw new errors/* AlbaError */.x6('usage', `compression zstd needs Node 22.15 or later; this is Node ${process.versions.node}`);
    }
}


/***/ }),

/***/ 48255:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   zstdParallel: () => (/* binding */ zstdParallel),
/* harmony export */   zstdTask: () => (/* binding */ zstdTask)
/* harmony export */ });
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(38522);
/* harmony import */ var _content_blocks_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(52459);
/* harmony import */ var _content_in_order_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(41766);
/* harmony import */ var _threads_aside_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(58998);




const frameSize = 4 * 1024 * 1024;
const overhead = 64 * 1024;
const shape = { before: 0, size: frameSize, behind: overhead };
async function* zstdParallel(source, { level, concurrency, threads }) {
    const compress = (0,_threads_aside_js__WEBPACK_IMPORTED_MODULE_1__/* .aside */ .H)(threads, 'zstd', zstdTask);
    const buffers = (0,_content_blocks_js__WEBPACK_IMPORTED_MODULE_2__/* .buffersFor */ .v)(shape);
    let isEmpty = true;
    const frames = (0,_content_in_order_js__WEBPACK_IMPORTED_MODULE_3__/* .inOrder */ .a)((0,_content_blocks_js__WEBPACK_IMPORTED_MODULE_2__/* .splitBlocks */ .n)(source, shape, buffers), concurrency, (block) => compress({ ...block, level }));
    for await (const { buffer, size } of frames) {
        isEmpty = false;
        yield new Uint8Array(buffer, 0, size);
        buffers.giveBack(buffer);
    }
    if (isEmpty)
        yield compressFrame(new Uint8Array(), level);
}
async function zstdTask(input) {
    const { buffer, length, level } = input;
    const frame = compressFrame(new Uint8Array(buffer, 0, length), level);
    new Uint8Array(buffer).set(frame);
    return { output: { buffer, size: frame.length }, transfer: [buffer] };
}
function compressFrame(bytes, level) {
    const params = { [node_zlib__WEBPACK_IMPORTED_MODULE_0__.constants.ZSTD_c_compressionLevel]: level };
    return node_zlib__WEBPACK_IMPORTED_MODULE_0__.zstdCompressSync(bytes, { params, chunkSize: 2 * frameSize });
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

/***/ 58998:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ aside)
/* harmony export */ });
const leastThreaded = 4 * 1024 * 1024;
function aside(threads, name, task) {
    let total = 0;
    return async (input) => {
        total += input.length;
        if (threads && (threads.areThere || total > leastThreaded)) {
            return (await threads.run({ task: name, input, transfer: [input.buffer] }));
        }
        return (await task(input, () => { })).output;
    };
}


/***/ }),

/***/ 70370:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  A: () => (/* binding */ pLimit)
});

// UNUSED EXPORTS: limitFunction

;// CONCATENATED MODULE: ./node_modules/yocto-queue/index.js
/*
How it works:
`this.#head` is an instance of `Node` which keeps track of its current value and nests another instance of `Node` that keeps the value that comes after it. When a value is provided to `.enqueue()`, the code needs to iterate through `this.#head`, going deeper and deeper to find the last value. However, iterating through every single item is slow. This problem is solved by saving a reference to the last value as `this.#tail` so that it can reference it to add a new value.
*/

class Node {
	value;
	next;

	constructor(value) {
		this.value = value;
	}
}

class Queue {
	#head;
	#tail;
	#size;

	constructor() {
		this.clear();
	}

	enqueue(value) {
		const node = new Node(value);

		if (this.#head) {
			this.#tail.next = node;
			this.#tail = node;
		} else {
			this.#head = node;
			this.#tail = node;
		}

		this.#size++;
	}

	dequeue() {
		const current = this.#head;
		if (!current) {
			return;
		}

		this.#head = this.#head.next;
		this.#size--;

		// Clean up tail reference when queue becomes empty
		if (!this.#head) {
			this.#tail = undefined;
		}

		return current.value;
	}

	peek() {
		if (!this.#head) {
			return;
		}

		return this.#head.value;

		// TODO: Node.js 18.
		// return this.#head?.value;
	}

	clear() {
		this.#head = undefined;
		this.#tail = undefined;
		this.#size = 0;
	}

	get size() {
		return this.#size;
	}

	* [Symbol.iterator]() {
		let current = this.#head;

		while (current) {
			yield current.value;
			current = current.next;
		}
	}

	* drain() {
		while (this.#head) {
			yield this.dequeue();
		}
	}
}

;// CONCATENATED MODULE: ./node_modules/p-limit/index.js


function pLimit(concurrency) {
	let rejectOnClear = false;

	if (typeof concurrency === 'object') {
		({concurrency, rejectOnClear = false} = concurrency);
	}

	validateConcurrency(concurrency);

	if (typeof rejectOnClear !== 'boolean') {
		throw new TypeError('Expected `rejectOnClear` to be a boolean');
	}

	const queue = new Queue();
	let activeCount = 0;

	const resumeNext = () => {
		// Process the next queued function if we're under the concurrency limit
		if (activeCount < concurrency && queue.size > 0) {
			activeCount++;
			queue.dequeue().run();
		}
	};

	const next = () => {
		activeCount--;
		resumeNext();
	};

	const run = async (function_, resolve, arguments_) => {
		// Execute the function and capture the result promise
		const result = (async () => function_(...arguments_))();

		// Resolve immediately with the promise (don't wait for completion)
		resolve(result);

		// Wait for the function to complete (success or failure)
		// We catch errors here to prevent unhandled rejections,
		// but the original promise rejection is preserved for the caller
		try {
			await result;
		} catch {}

		// Decrement active count and process next queued function
		next();
	};

	const enqueue = (function_, resolve, reject, arguments_) => {
		const queueItem = {reject};

		// Queue the internal resolve function instead of the run function
		// to preserve the asynchronous execution context.
		new Promise(internalResolve => { // eslint-disable-line promise/param-names
			queueItem.run = internalResolve;
			queue.enqueue(queueItem);
		}).then(run.bind(undefined, function_, resolve, arguments_)); // eslint-disable-line promise/prefer-await-to-then

		// Start processing immediately if we haven't reached the concurrency limit
		if (activeCount < concurrency) {
			resumeNext();
		}
	};

	const generator = (function_, ...arguments_) => new Promise((resolve, reject) => {
		enqueue(function_, resolve, reject, arguments_);
	});

	Object.defineProperties(generator, {
		activeCount: {
			get: () => activeCount,
		},
		pendingCount: {
			get: () => queue.size,
		},
		clearQueue: {
			value() {
				if (!rejectOnClear) {
					queue.clear();
					return;
				}

				const abortError = AbortSignal.abort().reason;

				while (queue.size > 0) {
					queue.dequeue().reject(abortError);
				}
			},
		},
		concurrency: {
			get: () => concurrency,

			set(newConcurrency) {
				validateConcurrency(newConcurrency);
				concurrency = newConcurrency;

				queueMicrotask(() => {
					// eslint-disable-next-line no-unmodified-loop-condition
					while (activeCount < concurrency && queue.size > 0) {
						resumeNext();
					}
				});
			},
		},
		map: {
			async value(iterable, function_) {
				const promises = [];

				try {
					Array.from(iterable, (value, index) => {
						const promise = generator(function_, value, index);
						promises.push(promise);
						return promise;
					});
				} catch (error) {
					// The iterable threw, so `Promise.all` never observes the already scheduled promises. Observe them here to avoid unhandled rejections.
					for (const promise of promises) {
						promise.catch(() => {}); // eslint-disable-line promise/prefer-await-to-then
					}

					throw error;
				}

				return Promise.all(promises);
			},
		},
	});

	return generator;
}

function limitFunction(function_, options) {
	const limit = pLimit(options);

	const limitedFunction = (...arguments_) => limit(() => function_(...arguments_));
	Object.defineProperty(limitedFunction, 'clearQueue', {
		value: limit.clearQueue,
	});

	return limitedFunction;
}

function validateConcurrency(concurrency) {
	if (!((Number.isInteger(concurrency) || concurrency === Number.POSITIVE_INFINITY) && concurrency > 0)) {
		throw new TypeError('Expected `concurrency` to be a number from 1 and up');
	}
}


/***/ })

};
