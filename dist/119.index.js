export const id = 119;
export const ids = [119];
export const modules = {

/***/ 48593:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ fileName),
/* harmony export */   s: () => (/* binding */ folderStore)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var _knowledge_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1365);
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
                const file = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(path).catch(() => undefined);
                if (!file)
                    return undefined;
                const _ = __addDisposableResource(env_1, file, true);
                const { buffer, bytesRead } = await file.read(Buffer.alloc(_knowledge_js__WEBPACK_IMPORTED_MODULE_3__/* .maxKnowledgeSize */ .O + 1));
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
const version = 1;
const maxIdleDays = 90;
const useGranularity = 7;
const nodeSchema = valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
    descriptor: _oci_descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .descriptorSchema */ .TM,
    children: valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_2__/* .lazy */ .RZV(() => nodeSchema)),
});
const imageSchema = valibot__WEBPACK_IMPORTED_MODULE_2__/* .variant */ .Oxt('kind', [
    valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
        kind: valibot__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('loose'),
        platform: _oci_descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .platformSchema */ .vd,
        config: _oci_descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .descriptorSchema */ .TM,
        layers: valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({ diffId: _oci_descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .digestSchema */ .er, size: valibot__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig(), compressed: valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(_oci_descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .descriptorSchema */ .TM) })),
    }),
    valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
        kind: valibot__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('sealed'),
        platform: _oci_descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .platformSchema */ .vd,
        manifest: nodeSchema,
        attestations: valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(nodeSchema),
    }),
]);
const day = valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .safeInteger */ .Y2b(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .minValue */ .Wwf(0));
const bodySchema = valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
    archives: valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_2__/* .tuple */ .PVZ([_oci_descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .digestSchema */ .er, valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(imageSchema), day])),
    layers: valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_2__/* .tuple */ .PVZ([valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), _oci_descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .descriptorSchema */ .TM, day])),
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
            add(this.#archives, digest, images, used);
        for (const [key, blob, used] of body.layers)
            add(this.#layers, key, blob, used);
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
    #use(entry) {
        if (entry && entry.used <= this.#today - useGranularity) {
            entry.used = this.#today;
            this.#isChanged = true;
        }
        return entry?.value;
    }
    #learn(entries, key, value) {
        if (JSON.stringify(entries.get(key)?.value) === JSON.stringify(value))
            return;
        entries.set(key, { value, used: this.#today });
        this.#isChanged = true;
    }
}
function add(entries, key, value, used) {
    if (!entries.has(key))
        entries.set(key, { value, used });
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

/***/ 80006:
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

;// CONCATENATED MODULE: ./build/content/progress.js
const silent = {
    group() { },
    line() { },
    warn() { },
    debug() { },
    expect() { },
    advance() { },
};

// EXTERNAL MODULE: ./build/storage/filesystem.js + 1 modules
var filesystem = __webpack_require__(36120);
;// CONCATENATED MODULE: ./build/storage/open.js



async function openStorage(location, options, progress = silent) {
    if (location.kind === 'file')
        return new filesystem/* FilesystemStorage */.N((0,external_node_path_.resolve)(options.directory, location.path));
    const { S3Storage } = await Promise.all(/* import() */[__webpack_require__.e(765), __webpack_require__.e(422)]).then(__webpack_require__.bind(__webpack_require__, 20422));
    return S3Storage.open(location, options, progress);
}

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
async function openPlace(place, connection, progress) {
    switch (place.kind) {
        case 'registry':
            return openRegistryPlace(place, connection, progress);
        case 'storage': {
            const { openStatic } = await __webpack_require__.e(/* import() */ 881).then(__webpack_require__.bind(__webpack_require__, 35881));
            return openStatic(await openStorage(place.location, connection, progress), place.name);
        }
        case 'layout': {
            const { openLayout } = await __webpack_require__.e(/* import() */ 670).then(__webpack_require__.bind(__webpack_require__, 43670));
            return openLayout((0,external_node_path_.resolve)(connection.directory, place.path));
        }
    }
}
async function openRegistryPlace({ reference, plainHttp }, { login, workflow, dockerConfig, ca, proxies }, progress) {
    const { openRegistry } = await __webpack_require__.e(/* import() */ 209).then(__webpack_require__.bind(__webpack_require__, 87209));
    const sources = [
        ...(login
            ? [passwordCredentials(login.username, login.password, 'the username and password given')]
            : []),
        dockerConfigCredentials(dockerConfig),
        ...(workflow ? [workflowCredentials(workflow.token, workflow.actor)] : []),
    ];
    return openRegistry(reference, {
        credentials: firstCredentials(sources),
        progress,
        access: 'push',
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

/***/ 4620:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  parseBoolean: () => (/* binding */ container_push_request_parseBoolean),
  parseContainerPush: () => (/* binding */ parseContainerPush),
  parseInteger: () => (/* binding */ parseInteger)
});

// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/oci/media-type.js
var media_type = __webpack_require__(21507);
// EXTERNAL MODULE: ./build/oci/platform.js
var platform = __webpack_require__(44647);
// EXTERNAL MODULE: ./build/oci/digest.js
var oci_digest = __webpack_require__(1564);
// EXTERNAL MODULE: ./build/oci/reference.js
var oci_reference = __webpack_require__(20907);
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
        throw new errors/* AlbaError */.x6('usage', `"${redact(text)}" is not the URL of a storage: expected ${expected}`);
    }
    const where = redact(text);
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
function redact(text) {
    return text.replace(/[?#].*$/s, '').replace(/\/\/[^/]*@/, '//***@');
}

;// CONCATENATED MODULE: ./build/commands/target.js



function parseNamedTag(text) {
    const colon = text.indexOf(':');
    if (colon < 0)
        return { name: (0,oci_reference/* parseName */.$q)(text) };
    return { name: (0,oci_reference/* parseName */.$q)(text.slice(0, colon)), tag: (0,oci_reference/* parseTag */.ED)(text.slice(colon + 1)) };
}
function parseTargetUrl(text) {
    const url = text.replace(/[?#].*$/s, '').replace(/\/\/[^/]*@/, '//***@');
    if (isStorageUrl(text))
        return { kind: 'storage', url, location: parseStorageUrl(text) };
    if (text.startsWith('docker://'))
        return parseRegistryUrl(text, url);
    if (text.startsWith('oci:'))
        return parseLayoutUrl(text);
    const kinds = 'docker://host/repository[:tag], s3://bucket[/prefix]?…, file://./directory or oci:./directory[:tag]';
    throw new errors/* AlbaError */.x6('usage', `target "${url}" is of no known kind: expected ${kinds}`);
}
function addTags({ tag, url, ...parsed }, named) {
    if (parsed.kind === 'storage')
        return addNames(parsed.location, url, named);
    const tags = [...new Set(named.flatMap((item) => item.tag ?? []))];
    if (tag !== undefined && tags.length > 0 && !tags.includes(tag)) {
        const both = `target ${url} says tag ${tag}, "tag" says ${tags.join(', ')}`;
        throw new errors/* AlbaError */.x6('usage', `${both}: name it in one place, or the same in both`);
    }
    if (parsed.kind === 'registry' && tag === undefined && named.length === 0) {
        const remedy = 'add :tag to it or give "tag"; a name alone there publishes by digest';
        throw new errors/* AlbaError */.x6('usage', `target ${url} has no tag: ${remedy}`);
    }
    return [{ place: parsed, tags: tags.length > 0 || tag === undefined ? tags : [tag] }];
}
function addNames(location, url, named) {
    if (named.length === 0) {
        throw new errors/* AlbaError */.x6('usage', `target ${url} needs "tag": name:tag, whose name is the repository there`);
    }
    return [...new Set(named.map(({ name }) => name))].map((name) => ({
        place: { kind: 'storage', location, name },
        tags: [...new Set(named.flatMap((item) => (item.name === name ? (item.tag ?? []) : [])))],
    }));
}
function parseRegistryUrl(text, url) {
    const [rest = '', query = ''] = text.slice('docker://'.length).split('?', 2);
    if (rest.includes('@')) {
        const why = 'a release gets its digest by itself, and credentials are inputs of their own';
        throw new errors/* AlbaError */.x6('usage', `target ${url} must not contain "@": ${why}`);
    }
    if (!rest.includes('/')) {
        throw new errors/* AlbaError */.x6('usage', `target ${url} names no repository: expected docker://host[:port]/repository[:tag]`);
    }
    const { tag, ...reference } = (0,oci_reference/* parseReference */.F2)(rest);
    return { kind: 'registry', url, reference, plainHttp: parsePlainHttp(query, url), ...(tag && { tag }) };
}
function parsePlainHttp(query, url) {
    const { 'plain-http': plain, ...unknown } = Object.fromEntries(new URLSearchParams(query));
    const [name] = Object.keys(unknown);
    if (name !== undefined) {
        throw new errors/* AlbaError */.x6('usage', `target ${url}: unknown parameter "${name}"; known is plain-http`);
    }
    if (plain === undefined)
        return undefined;
    if (plain === 'true' || plain === 'false')
        return plain === 'true';
    throw new errors/* AlbaError */.x6('usage', `target ${url}: plain-http must be true or false, not "${plain}"`);
}
function parseLayoutUrl(url) {
    const rest = url.slice('oci:'.length);
    const colon = rest.lastIndexOf(':');
    const isTagged = colon > 0 && !/[/\\]/.test(rest.slice(colon));
    const path = isTagged ? rest.slice(0, colon) : rest;
    if (path === '') {
        throw new errors/* AlbaError */.x6('usage', `target "${url}" names no directory: expected oci:./directory[:tag]`);
    }
    return { kind: 'layout', url, path, ...(isTagged && { tag: (0,oci_reference/* parseTag */.ED)(rest.slice(colon + 1)) }) };
}

;// CONCATENATED MODULE: ./build/commands/locator.js





function isLocator(text) {
    return /^(docker|s3|file):\/\/|^oci:/.test(text);
}
function parseLocator(text) {
    const [url, fragment] = split(text, '#');
    const [rest, digestText] = split(fragment ?? url, '@sha256:');
    const digest = digestText === undefined ? undefined : (0,oci_digest/* parseDigest */.m)(`sha256:${digestText}`, text);
    const end = digest && { digest };
    if (isStorageUrl(text)) {
        if (fragment === undefined || rest === '') {
            throw new errors/* AlbaError */.x6('usage', `${text} names no repository: add #name[:tag][@digest] to it`);
        }
        const [name, tag] = split(rest, ':');
        const place = { kind: 'storage', location: parseStorageUrl(url), name: (0,oci_reference/* parseName */.$q)(name) };
        return { place, ...(tag !== undefined && { tag: (0,oci_reference/* parseTag */.ED)(tag) }), ...end };
    }
    const { url: _, tag, ...place } = parseTargetUrl(rest);
    if (place.kind === 'storage')
        throw new errors/* AlbaError */.x6('usage', `${text} names no repository`);
    return { place, ...(tag !== undefined && { tag }), ...end };
}
function split(text, separator) {
    const at = text.indexOf(separator);
    return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}

;// CONCATENATED MODULE: ./build/commands/problems.js

function parseAll(parsers) {
    const problems = new Problems();
    const values = {};
    for (const [name, parse] of Object.entries(parsers)) {
        try {
            values[name] = parse();
        }
        catch (thrown) {
            problems.add(thrown);
        }
    }
    problems.check();
    return values;
}
async function parseAllLater(parsers) {
    const problems = new Problems();
    const values = {};
    for (const [name, parse] of Object.entries(parsers)) {
        try {
            values[name] = await parse();
        }
        catch (thrown) {
            problems.add(thrown);
        }
    }
    problems.check();
    return values;
}
function parseEach(items, parse) {
    return Object.values(parseAll(Object.fromEntries(items.map((item, i) => [`${i}`, () => parse(item)]))));
}
class Problems {
    #found = new Set();
    add(thrown) {
        if (!(thrown instanceof errors/* AlbaError */.x6 && thrown.code === 'usage'))
            throw thrown;
        this.#found.add((0,errors/* messageOf */.bD)(thrown));
    }
    check() {
        if (this.#found.size > 0)
            throw new errors/* AlbaError */.x6('usage', [...this.#found].join('\n'));
    }
}

;// CONCATENATED MODULE: ./build/commands/container-push-request.js






async function parseContainerPush(input, readContext) {
    const { context, parsed } = await parseAllLater({
        context: readContext,
        parsed: () => parseInput(input),
    });
    if (context.connection.login)
        checkOneRegistry(parsed.targets);
    return { ...context, ...parsed };
}
function parseInput(input) {
    const { urls, tags, platforms, ...settings } = parseAll({
        artifacts: () => parseSome(input.artifacts, 'no artifacts: name at least one path or glob'),
        urls: () => parseEach(parseSome(input.targets, 'no target: name at least one URL'), parseTargetUrl),
        tags: () => parseEach(input.tags, parseNamedTag),
        platforms: () => parseEach(input.platforms, platform/* parsePlatform */.FL),
        format: () => parseFormat(input.format),
        compressionLevel: () => parseInteger('compression-level', input.compressionLevel, 1, 9),
        concurrency: () => parseInteger('concurrency', input.concurrency, 1, 64),
        dryRun: () => container_push_request_parseBoolean('dry-run', input.dryRun),
        cacheFrom: () => parseEach(input.cacheFrom, parseLocator),
    });
    const targets = parseEach(urls, (url) => addTags(url, tags)).flat();
    return {
        ...settings,
        targets,
        ...(platforms.length > 0 && { platforms }),
    };
}
function parseSome(items, otherwise) {
    if (items.length > 0)
        return items;
    throw new errors/* AlbaError */.x6('usage', otherwise);
}
function checkOneRegistry(targets) {
    const hosts = new Set(targets.flatMap(({ place }) => (place.kind === 'registry' ? place.reference.registry : [])));
    if (hosts.size <= 1)
        return;
    const found = [...hosts].join(', ');
    throw new errors/* AlbaError */.x6('usage', `username and password are for one registry, the targets are on ${found}: log in to each before (docker/login-action, docker login)`);
}
function parseFormat(text) {
    if (text in media_type/* mediaTypes */.Ib)
        return text;
    throw new errors/* AlbaError */.x6('usage', `format "${text}" is unknown: expected ${Object.keys(media_type/* mediaTypes */.Ib).join(' or ')}`);
}
function parseInteger(name, text, least, most) {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most)
        return value;
    throw new errors/* AlbaError */.x6('usage', `${name} "${text}" is not a whole number from ${least} to ${most}`);
}
function container_push_request_parseBoolean(name, text) {
    if (/^(true|True|TRUE)$/.test(text))
        return true;
    if (/^(false|False|FALSE)$/.test(text))
        return false;
    throw new errors/* AlbaError */.x6('usage', `${name} "${text}" is neither true nor false`);
}


/***/ }),

/***/ 19473:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
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


/***/ }),

/***/ 46937:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   TM: () => (/* binding */ descriptorSchema),
/* harmony export */   er: () => (/* binding */ digestSchema),
/* harmony export */   vd: () => (/* binding */ platformSchema)
/* harmony export */ });
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(77934);
/* harmony import */ var _digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1564);


const text = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .nonEmpty */ .hq());
const digestSchema = valibot__WEBPACK_IMPORTED_MODULE_1__/* .custom */ .IeY((input) => typeof input === 'string' && (0,_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .isDigest */ .Bc)(input), 'expected sha256: and 64 hexadecimal digits');
const platformSchema = valibot__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({
    os: valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(),
    architecture: valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(),
    variant: valibot__WEBPACK_IMPORTED_MODULE_1__/* .exactOptional */ .yqP(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()),
    'os.version': valibot__WEBPACK_IMPORTED_MODULE_1__/* .exactOptional */ .yqP(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()),
    'os.features': valibot__WEBPACK_IMPORTED_MODULE_1__/* .exactOptional */ .yqP(valibot__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP())),
});
const descriptorSchema = valibot__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({
    mediaType: text,
    digest: digestSchema,
    size: valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .safeInteger */ .Y2b(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .minValue */ .Wwf(0)),
    platform: valibot__WEBPACK_IMPORTED_MODULE_1__/* .exactOptional */ .yqP(platformSchema),
    annotations: valibot__WEBPACK_IMPORTED_MODULE_1__/* .exactOptional */ .yqP(valibot__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1P(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP())),
    artifactType: valibot__WEBPACK_IMPORTED_MODULE_1__/* .exactOptional */ .yqP(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()),
});


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
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .AlbaError */ .x6('source', `${where}: "${text}" is not a digest: sha256: and 64 hexadecimal digits`);
}
function digestOf(bytes) {
    return `sha256:${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(bytes).digest('hex')}`;
}
function hexOf(digest) {
    return digest.slice('sha256:'.length);
}


/***/ }),

/***/ 21507:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ib: () => (/* binding */ mediaTypes),
/* harmony export */   MB: () => (/* binding */ compressionOf),
/* harmony export */   Yh: () => (/* binding */ isManifest),
/* harmony export */   jq: () => (/* binding */ isForeign),
/* harmony export */   nw: () => (/* binding */ isIndex),
/* harmony export */   wz: () => (/* binding */ isDocument)
/* harmony export */ });
const mediaTypes = {
    oci: {
        index: 'application/vnd.oci.image.index.v1+json',
        manifest: 'application/vnd.oci.image.manifest.v1+json',
        config: 'application/vnd.oci.image.config.v1+json',
        layer: {
            none: 'application/vnd.oci.image.layer.v1.tar',
            gzip: 'application/vnd.oci.image.layer.v1.tar+gzip',
            zstd: 'application/vnd.oci.image.layer.v1.tar+zstd',
        },
    },
    docker: {
        index: 'application/vnd.docker.distribution.manifest.list.v2+json',
        manifest: 'application/vnd.docker.distribution.manifest.v2+json',
        config: 'application/vnd.docker.container.image.v1+json',
        layer: {
            none: 'application/vnd.docker.image.rootfs.diff.tar',
            gzip: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
            zstd: 'application/vnd.docker.image.rootfs.diff.tar.zstd',
        },
    },
};
function isIndex(mediaType) {
    return mediaType === mediaTypes.oci.index || mediaType === mediaTypes.docker.index;
}
function isManifest(mediaType) {
    return mediaType === mediaTypes.oci.manifest || mediaType === mediaTypes.docker.manifest;
}
function isDocument(mediaType) {
    return isIndex(mediaType) || isManifest(mediaType);
}
function isForeign(mediaType) {
    return mediaType.includes('.nondistributable.') || mediaType.includes('.foreign.');
}
function compressionOf(mediaType) {
    return mediaType.endsWith('gzip') ? 'gzip' : mediaType.endsWith('zstd') ? 'zstd' : 'none';
}


/***/ }),

/***/ 44647:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bq: () => (/* binding */ formatPlatform),
/* harmony export */   FL: () => (/* binding */ parsePlatform),
/* harmony export */   HI: () => (/* binding */ variants),
/* harmony export */   Ng: () => (/* binding */ platformKey),
/* harmony export */   SW: () => (/* binding */ isSamePlatform),
/* harmony export */   UX: () => (/* binding */ comparePlatforms),
/* harmony export */   er: () => (/* binding */ operatingSystems),
/* harmony export */   f2: () => (/* binding */ architectures)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);

const operatingSystems = `aix android darwin dragonfly freebsd illumos ios js linux netbsd openbsd plan9 solaris wasip1 wasi windows`.split(' ');
const architectures = `386 amd64 arm arm64 loong64 mips mips64 mips64le mipsle ppc64 ppc64le riscv64 s390x sparc64 wasm`.split(' ');
const variants = {
    arm: ['v5', 'v6', 'v7', 'v8'],
    arm64: ['v8', 'v9'],
    amd64: ['v1', 'v2', 'v3', 'v4'],
};
const defaultVariant = { arm: 'v7', arm64: 'v8', amd64: 'v1' };
function formatPlatform(platform) {
    const version = platform['os.version'] ? `(${platform['os.version']})` : '';
    const variant = platform.variant ? `/${platform.variant}` : '';
    return `${platform.os}${version}/${platform.architecture}${variant}`;
}
function parsePlatform(text) {
    const match = /^([a-z0-9]+)(?:\(([\w.]+)\))?\/([a-z0-9]+)(?:\/(v\d+))?$/.exec(text);
    const [, os, version, architecture, variant] = match ?? [];
    if (!os || !architecture) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `"${text}" is not a platform: expected <os>/<architecture>[/<variant>], such as linux/arm/v7`);
    }
    return { os, architecture, ...(variant && { variant }), ...(version && { 'os.version': version }) };
}
function platformKey(platform) {
    const variant = platform.variant ?? defaultVariant[platform.architecture];
    return formatPlatform({ ...platform, ...(variant && { variant }) });
}
function isSamePlatform(wanted, found) {
    const { 'os.version': version, ...rest } = found;
    return platformKey(wanted) === platformKey(wanted['os.version'] && version ? found : rest);
}
function comparePlatforms(a, b) {
    const [left, right] = [formatPlatform(a), formatPlatform(b)];
    return left < right ? -1 : left > right ? 1 : 0;
}


/***/ }),

/***/ 20907:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $q: () => (/* binding */ parseName),
/* harmony export */   ED: () => (/* binding */ parseTag),
/* harmony export */   F2: () => (/* binding */ parseReference),
/* harmony export */   FH: () => (/* binding */ formatReference),
/* harmony export */   dz: () => (/* binding */ isTag)
/* harmony export */ });
/* unused harmony exports nameGrammar, tagGrammar, parseRegistry */
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
function parseName(text) {
    if (name.test(text) && text.length <= 255)
        return text;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `"${text}" is not a repository name: it must match ${nameGrammar}, at most 255 characters`);
}
function parseTag(text) {
    if (isTag(text))
        return text;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `"${text}" is not a tag: it must match ${tagGrammar}`);
}
function parseRegistry(text) {
    if (!host.test(text))
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `"${text}" is not a registry host: expected host[:port]`);
    const lower = text.toLowerCase();
    return ['index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com'].includes(lower)
        ? 'docker.io'
        : lower;
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

/***/ 73073:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   z: () => (/* binding */ fileError)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);

const reasons = {
    EACCES: 'no permission',
    EPERM: 'no permission',
    EROFS: 'the file system is read-only',
    ENOSPC: 'the disk is full',
    EDQUOT: 'the disk quota is used up',
    ENAMETOOLONG: 'the name is too long for this file system',
    EEXIST: 'there is a file, expected a directory',
    ENOTDIR: 'a part of the path is a file, expected a directory',
    EMFILE: 'too many files are open',
};
function fileError(verb, path, cause) {
    if (cause instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6)
        return cause;
    const reason = reasons[(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .systemCode */ .xU)(cause) ?? ''] ?? (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(cause);
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('target', `Cannot ${verb} ${path}: ${reason}`, { cause });
}


/***/ }),

/***/ 69943:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CL: () => (/* binding */ statIfThere),
/* harmony export */   GG: () => (/* binding */ walk),
/* harmony export */   Z: () => (/* binding */ findObject)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var p_map__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(606);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(19473);
/* harmony import */ var _key_path_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(99417);





const concurrency = 16;
async function findObject(path) {
    const stats = await statIfThere(path);
    if (stats?.isFile())
        return { path, stats };
    if (!stats?.isDirectory())
        return undefined;
    const self = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(path, _key_path_js__WEBPACK_IMPORTED_MODULE_3__/* .selfName */ .Yh);
    const inside = await statIfThere(self);
    return inside?.isFile() ? { path: self, stats: inside } : undefined;
}
async function statIfThere(path) {
    return ifThere((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(path));
}
async function* walk(path, key, prefix, platform) {
    const entries = (await ifThere((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(path, { withFileTypes: true }))) ?? [];
    const places = entries
        .filter(({ name }) => !(0,_key_path_js__WEBPACK_IMPORTED_MODULE_3__/* .isReserved */ .Bs)(name))
        .flatMap((entry) => placesOf(entry, path, key + (0,_key_path_js__WEBPACK_IMPORTED_MODULE_3__/* .nameOnDisk */ .ah)(entry.name, platform)))
        .filter((place) => place.key.startsWith(prefix) || (place.key.endsWith('/') && prefix.startsWith(place.key)));
    for await (const found of (0,p_map__WEBPACK_IMPORTED_MODULE_4__/* .pMapIterable */ .R_)(inOrder(places), inspect, { concurrency })) {
        if (!('path' in found))
            yield found;
        else
            yield* walk(found.path, found.key, prefix, platform);
    }
}
function placesOf(entry, folder, key) {
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, entry.name);
    return entry.isFile()
        ? [{ key, path }]
        : [
            { key, path },
            { key: `${key}/`, path },
        ];
}
function inOrder(places) {
    return places
        .map((place) => ({ place, bytes: Buffer.from(place.key) }))
        .sort((a, b) => a.bytes.compare(b.bytes))
        .map(({ place }) => place);
}
async function inspect({ key, path }) {
    if (key.endsWith('/')) {
        return (await statIfThere(path))?.isDirectory() ? { key, path } : p_map__WEBPACK_IMPORTED_MODULE_4__/* .pMapSkip */ .QJ;
    }
    const found = await findObject(path);
    return found ? { key, size: found.stats.size, modified: found.stats.mtime } : p_map__WEBPACK_IMPORTED_MODULE_4__/* .pMapSkip */ .QJ;
}
async function ifThere(call) {
    try {
        return await call;
    }
    catch (thrown) {
        if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes((0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(thrown) ?? ''))
            return undefined;
        throw thrown;
    }
}


/***/ }),

/***/ 36120:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  N: () => (/* binding */ FilesystemStorage)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(46466);
// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(73136);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/storage/file-error.js
var file_error = __webpack_require__(73073);
// EXTERNAL MODULE: ./build/storage/file-tree.js
var file_tree = __webpack_require__(69943);
// EXTERNAL MODULE: ./build/storage/key-path.js
var key_path = __webpack_require__(99417);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(58500);
;// CONCATENATED MODULE: ./build/storage/place.js







const attempts = 20;
function temporaryPath(folder) {
    return (0,external_node_path_.join)(folder, `${key_path/* temporaryPrefix */.wd}${(0,external_node_crypto_.randomBytes)(8).toString('hex')}`);
}
function openTemporary(root, folder) {
    return again(['ENOENT'], async () => {
        await makeFolder(root, folder);
        const path = temporaryPath(folder);
        return { path, file: await (0,promises_.open)(path, 'wx') };
    });
}
async function makeFolder(root, folder) {
    await (0,promises_.mkdir)(root, { recursive: true });
    await again(['EEXIST', 'ENOTDIR', 'ENOENT'], async () => {
        try {
            await (0,promises_.mkdir)(folder, { recursive: true });
        }
        catch (thrown) {
            const inTheWay = await fileAbove(root, folder);
            if (inTheWay)
                await turnIntoFolder(inTheWay);
            throw thrown;
        }
    });
}
async function place(temporary, path) {
    await again(['EISDIR', 'EEXIST', 'ENOTEMPTY', 'EPERM', 'EACCES', 'EBUSY'], async () => {
        try {
            await (0,promises_.rename)(temporary, path);
        }
        catch (thrown) {
            await (0,promises_.rename)(temporary, (0,external_node_path_.join)(path, key_path/* selfName */.Yh)).catch(() => {
                throw thrown;
            });
        }
    });
}
async function fileAbove(root, folder) {
    for (let path = folder; path.length > root.length; path = (0,external_node_path_.dirname)(path)) {
        const found = await (0,promises_.stat)(path).catch(() => undefined);
        if (found)
            return found.isFile() ? path : undefined;
    }
    return undefined;
}
async function turnIntoFolder(path) {
    const folder = temporaryPath((0,external_node_path_.dirname)(path));
    const self = (0,external_node_path_.join)(folder, key_path/* selfName */.Yh);
    await (0,promises_.mkdir)(folder);
    await (0,promises_.writeFile)(self, '');
    const isMoved = await (0,promises_.rename)(path, self).then(() => true, () => false);
    if (isMoved)
        await again(['ENOENT'], () => moveFolder(folder, path));
    await (0,promises_.rm)(folder, { recursive: true, force: true });
}
async function moveFolder(folder, path) {
    try {
        await (0,promises_.rename)(folder, path);
    }
    catch {
        await (0,promises_.copyFile)((0,external_node_path_.join)(folder, key_path/* selfName */.Yh), (0,external_node_path_.join)(path, key_path/* selfName */.Yh), external_node_fs_.constants.COPYFILE_EXCL).catch((thrown) => {
            if (!['EEXIST', 'ENOTDIR'].includes((0,errors/* systemCode */.xU)(thrown) ?? ''))
                throw thrown;
        });
    }
}
async function again(codes, step) {
    for (let attempt = 1;; attempt += 1) {
        try {
            return await step();
        }
        catch (thrown) {
            if (attempt === attempts || !codes.includes((0,errors/* systemCode */.xU)(thrown) ?? ''))
                throw thrown;
        }
        await (0,external_node_timers_promises_.setTimeout)(attempt);
    }
}

// EXTERNAL MODULE: ./build/storage/sized.js
var sized = __webpack_require__(2029);
;// CONCATENATED MODULE: ./build/storage/filesystem.js












class FilesystemStorage {
    url;
    #root;
    #platform;
    constructor(directory, platform = process.platform) {
        this.#root = (0,external_node_path_.resolve)(directory);
        this.#platform = platform;
        this.url = (0,external_node_url_.pathToFileURL)(this.#root).href;
    }
    async head(key) {
        const found = await this.#find(key);
        if (!found)
            return undefined;
        return { key, size: key.endsWith('/') ? 0 : found.stats.size, modified: found.stats.mtime };
    }
    async get(key) {
        const found = await this.#find(key);
        if (!found)
            return undefined;
        if (key.endsWith('/'))
            return external_node_stream_.Readable.from([]);
        const file = await this.#told('read', key, () => (0,promises_.open)(found.path));
        return file.createReadStream();
    }
    async put(key, upload) {
        const path = this.#pathOf(key);
        if (key.endsWith('/'))
            return this.#told('make', key, () => makeFolder(this.#root, path));
        await this.#told('write', key, () => this.#write(path, async (_temporary, file) => {
            await (0,external_node_stream_promises_.pipeline)(await (0,sized/* openSized */.U)(upload, key), file.createWriteStream());
        }));
    }
    async *list(prefix) {
        try {
            yield* (0,file_tree/* walk */.GG)(this.#root, '', prefix, this.#platform);
        }
        catch (cause) {
            throw (0,file_error/* fileError */.z)('list', this.#root, cause);
        }
    }
    async copy(from, to) {
        const missing = new errors/* AlbaError */.x6('target', `Cannot copy ${from} in ${this.url}: it is not there`);
        if (!(await this.#find(from)))
            throw missing;
        const path = this.#pathOf(to);
        await this.#told('write', to, () => this.#write(path, async (temporary, file) => {
            await file.close();
            const found = await this.#find(from);
            if (!found)
                throw missing;
            await (0,promises_.copyFile)(found.path, temporary, external_node_fs_.constants.COPYFILE_FICLONE);
        }));
    }
    async delete(key) {
        const found = await this.#find(key);
        if (!found)
            return;
        await this.#told('delete', key, async () => {
            if (!key.endsWith('/'))
                await (0,promises_.rm)(found.path, { force: true });
            await this.#prune(key.endsWith('/') ? found.path : (0,external_node_path_.dirname)(found.path));
        });
    }
    async close() { }
    async #write(path, fill) {
        const temporary = await openTemporary(this.#root, (0,external_node_path_.dirname)(path));
        try {
            await fill(temporary.path, temporary.file);
            await place(temporary.path, path);
        }
        catch (thrown) {
            await temporary.file.close().catch(() => { });
            await (0,promises_.rm)(temporary.path, { force: true });
            throw thrown;
        }
    }
    async #find(key) {
        const path = this.#pathOf(key);
        return this.#told('read', key, async () => {
            if (!key.endsWith('/'))
                return (0,file_tree/* findObject */.Z)(path);
            const stats = await (0,file_tree/* statIfThere */.CL)(path);
            return stats?.isDirectory() ? { path, stats } : undefined;
        });
    }
    async #prune(folder) {
        for (let path = folder; path.length > this.#root.length; path = (0,external_node_path_.dirname)(path)) {
            try {
                await (0,promises_.rmdir)(path);
            }
            catch (thrown) {
                if (['ENOTEMPTY', 'EEXIST', 'ENOENT', 'EPERM', 'ENOTDIR'].includes((0,errors/* systemCode */.xU)(thrown) ?? ''))
                    return;
                throw thrown;
            }
        }
    }
    #pathOf(key) {
        return (0,external_node_path_.join)(this.#root, (0,key_path/* pathOfKey */.Uk)(key, this.#platform));
    }
    async #told(verb, key, call) {
        try {
            return await call();
        }
        catch (cause) {
            throw (0,file_error/* fileError */.z)(verb, this.#pathOf(key), cause);
        }
    }
}


/***/ }),

/***/ 99417:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bs: () => (/* binding */ isReserved),
/* harmony export */   Uk: () => (/* binding */ pathOfKey),
/* harmony export */   Yh: () => (/* binding */ selfName),
/* harmony export */   ah: () => (/* binding */ nameOnDisk),
/* harmony export */   wd: () => (/* binding */ temporaryPrefix)
/* harmony export */ });
/* unused harmony export checkKey */
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);

const selfName = '_self.json';
const temporaryPrefix = '.alba-';
const windowsDevice = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;
function isReserved(name) {
    return name === selfName || name.startsWith(temporaryPrefix);
}
function checkKey(key) {
    const names = key.replace(/\/$/, '').split('/');
    if (names.some((name) => ['', '.', '..'].includes(name)) || key.includes('\0')) {
        const expected = 'expected names between single slashes, none of them empty, "." or ".."';
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('target', `"${key}" cannot be a file: ${expected}`);
    }
    const reserved = names.find(isReserved);
    if (reserved === undefined)
        return;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('target', `"${key}" cannot be a file: the name "${reserved}" is alba's own on disk`);
}
function pathOfKey(key, platform) {
    checkKey(key);
    const names = key.replace(/\/$/, '').split('/');
    return platform === 'win32' ? names.map(escapeName).join('\\') : names.join('/');
}
function nameOnDisk(name, platform) {
    if (platform !== 'win32')
        return name;
    return name.replace(/%([0-9A-F]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
}
function escapeName(name) {
    return (name
        .replace(/[%<>:"|?*\\\u0001-\u001f]/g, escapeCharacter)
        .replace(/[. ]$/, escapeCharacter)
        .replace(windowsDevice, (device) => escapeCharacter(device) + device.slice(1)));
}
function escapeCharacter(text) {
    return `%${text.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}


/***/ }),

/***/ 2029:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ openSized)
/* harmony export */ });
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(57075);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(19473);


async function openSized({ size, open }, key) {
    let seen = 0;
    let held;
    const check = (isWrong) => isWrong ? new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .AlbaError */ .x6('source', `${key}: expected ${size} bytes, found ${told(seen, size)}`) : null;
    const sized = new node_stream__WEBPACK_IMPORTED_MODULE_0__.Transform({
        transform(chunk, _encoding, done) {
            seen += chunk.length;
            const failure = check(seen > size);
            if (failure)
                return done(failure);
            if (held)
                this.push(held);
            held = chunk;
            done();
        },
        flush(done) {
            const failure = check(seen < size);
            if (failure)
                return done(failure);
            if (held)
                this.push(held);
            done();
        },
    });
    return (0,node_stream__WEBPACK_IMPORTED_MODULE_0__.pipeline)(await open(), sized, () => { });
}
function told(seen, size) {
    return seen > size ? 'more' : String(seen);
}


/***/ })

};
