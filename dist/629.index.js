export const id = 629;
export const ids = [629];
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

/***/ 51629:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  readContext: () => (/* binding */ readContext)
});

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:stream/consumers"
var consumers_ = __webpack_require__(38321);
// EXTERNAL MODULE: external "node:process"
var external_node_process_ = __webpack_require__(1708);
;// CONCATENATED MODULE: ./node_modules/is-safe-filename/index.js
const unsafeFilenameFixtures = Object.freeze([
	'',
	'   ',
	'.',
	'..',
	' .',
	'. ',
	' ..',
	'.. ',
	'../',
	'../foo',
	'foo/../bar',
	'foo/bar',
	'foo\\bar',
	'foo\0bar',
]);

function isSafeFilename(filename) {
	if (typeof filename !== 'string') {
		return false;
	}

	const trimmed = filename.trim();

	return trimmed !== ''
		&& trimmed !== '.'
		&& trimmed !== '..'
		&& !filename.includes('/')
		&& !filename.includes('\\')
		&& !filename.includes('\0');
}

function assertSafeFilename(filename) {
	if (typeof filename !== 'string') {
		throw new TypeError('Expected a string');
	}

	if (!isSafeFilename(filename)) {
		throw new Error(`Unsafe filename: ${JSON.stringify(filename)}`);
	}
}

;// CONCATENATED MODULE: ./node_modules/env-paths/index.js





const homedir = external_node_os_.homedir();
const tmpdir = external_node_os_.tmpdir();
const {env} = external_node_process_;

const macos = name => {
	const library = external_node_path_.join(homedir, 'Library');

	return {
		data: external_node_path_.join(library, 'Application Support', name),
		config: external_node_path_.join(library, 'Preferences', name),
		cache: external_node_path_.join(library, 'Caches', name),
		log: external_node_path_.join(library, 'Logs', name),
		temp: external_node_path_.join(tmpdir, name),
	};
};

const windows = name => {
	const appData = env.APPDATA || external_node_path_.join(homedir, 'AppData', 'Roaming');
	const localAppData = env.LOCALAPPDATA || external_node_path_.join(homedir, 'AppData', 'Local');

	return {
		// Data/config/cache/log are invented by me as Windows isn't opinionated about this
		data: external_node_path_.join(localAppData, name, 'Data'),
		config: external_node_path_.join(appData, name, 'Config'),
		cache: external_node_path_.join(localAppData, name, 'Cache'),
		log: external_node_path_.join(localAppData, name, 'Log'),
		temp: external_node_path_.join(tmpdir, name),
	};
};

// https://specifications.freedesktop.org/basedir-spec/basedir-spec-latest.html
const linux = name => {
	const username = external_node_path_.basename(homedir);

	return {
		data: external_node_path_.join(env.XDG_DATA_HOME || external_node_path_.join(homedir, '.local', 'share'), name),
		config: external_node_path_.join(env.XDG_CONFIG_HOME || external_node_path_.join(homedir, '.config'), name),
		cache: external_node_path_.join(env.XDG_CACHE_HOME || external_node_path_.join(homedir, '.cache'), name),
		// https://wiki.debian.org/XDGBaseDirectorySpecification#state
		log: external_node_path_.join(env.XDG_STATE_HOME || external_node_path_.join(homedir, '.local', 'state'), name),
		temp: external_node_path_.join(tmpdir, username, name),
	};
};

function envPaths(name, {suffix = 'nodejs'} = {}) {
	assertSafeFilename(name);

	if (suffix) {
		// Add suffix to prevent possible conflict with native apps
		name += `-${suffix}`;
	}

	assertSafeFilename(name);

	if (external_node_process_.platform === 'darwin') {
		return macos(name);
	}

	if (external_node_process_.platform === 'win32') {
		return windows(name);
	}

	return linux(name);
}

// EXTERNAL MODULE: ./build/cache/folder.js
var folder = __webpack_require__(48593);
// EXTERNAL MODULE: ./build/commands/connect.js + 3 modules
var connect = __webpack_require__(7473);
;// CONCATENATED MODULE: ./build/cli/context.js






async function readContext(flags) {
    const { username, passwordStdin, caCertificate } = flags;
    const directory = process.cwd();
    const connection = await (0,connect/* readConnection */.d)({
        ...(username && { username }),
        ...(passwordStdin && { password: (await (0,consumers_.text)(process.stdin)).trimEnd() }),
        ...(caCertificate && { caCertificate }),
        ...(process.env.GITHUB_TOKEN && { githubToken: process.env.GITHUB_TOKEN }),
    }, process.env, directory);
    const cacheDir = flags.cacheDir ?? envPaths('alba', { suffix: '' }).cache;
    return {
        connection,
        directory,
        temporaryDirectory: (0,external_node_os_.tmpdir)(),
        parallelism: (0,external_node_os_.availableParallelism)(),
        threads: process.argv[1],
        store: flags.cache ? (0,folder/* folderStore */.s)((0,external_node_path_.resolve)(directory, cacheDir)) : undefined,
        now: new Date(),
        run: undefined,
        annotations: [],
    };
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

/***/ 46937:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $w: () => (/* binding */ platformPart),
/* harmony export */   TM: () => (/* binding */ descriptorSchema),
/* harmony export */   er: () => (/* binding */ digestSchema),
/* harmony export */   vd: () => (/* binding */ platformSchema)
/* harmony export */ });
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(77934);
/* harmony import */ var _digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1564);


const text = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .nonEmpty */ .hq());
const digestSchema = valibot__WEBPACK_IMPORTED_MODULE_1__/* .custom */ .IeY((input) => typeof input === 'string' && (0,_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .isDigest */ .Bc)(input), 'expected sha256: and 64 hexadecimal digits');
const platformPart = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .regex */ .yGV(/^[\w.-]*$/, 'expected letters, digits, ".", "_" or "-"'));
const platformSchema = valibot__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({
    os: platformPart,
    architecture: platformPart,
    variant: valibot__WEBPACK_IMPORTED_MODULE_1__/* .exactOptional */ .yqP(platformPart),
    'os.version': valibot__WEBPACK_IMPORTED_MODULE_1__/* .exactOptional */ .yqP(platformPart),
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
    ENOENT: 'no such file or directory',
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
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('target', `cannot ${verb} ${path}: ${reason}`, { cause });
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
async function* walk(path, key, listing) {
    const { prefix, shallow, platform } = listing;
    const entries = (await ifThere((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(path, { withFileTypes: true }))) ?? [];
    const places = entries
        .filter(({ name }) => !(0,_key_path_js__WEBPACK_IMPORTED_MODULE_3__/* .isReserved */ .Bs)(name))
        .flatMap((entry) => placesOf(entry, path, key + (0,_key_path_js__WEBPACK_IMPORTED_MODULE_3__/* .nameOnDisk */ .ah)(entry.name, platform)))
        .filter((place) => place.key.startsWith(prefix) || (place.key.endsWith('/') && prefix.startsWith(place.key)));
    for await (const found of (0,p_map__WEBPACK_IMPORTED_MODULE_4__/* .pMapIterable */ .R_)(inOrder(places), inspect, { concurrency })) {
        if (!('path' in found))
            yield found;
        else if (!shallow || prefix.startsWith(found.key))
            yield* walk(found.path, found.key, listing);
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

/***/ 99531:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ FilesystemStorage)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(57075);
/* harmony import */ var node_stream_promises__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(46466);
/* harmony import */ var node_url__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(73136);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(19473);
/* harmony import */ var _file_error_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(73073);
/* harmony import */ var _file_tree_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(69943);
/* harmony import */ var _key_path_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(99417);
/* harmony import */ var _place_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(37477);
/* harmony import */ var _sized_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(2029);












class FilesystemStorage {
    url;
    #root;
    #platform;
    constructor(directory, platform = process.platform) {
        this.#root = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.resolve)(directory);
        this.#platform = platform;
        this.url = (0,node_url__WEBPACK_IMPORTED_MODULE_5__.pathToFileURL)(this.#root).href;
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
            return node_stream__WEBPACK_IMPORTED_MODULE_3__.Readable.from([]);
        const file = await this.#told('read', key, () => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(found.path));
        return file.createReadStream();
    }
    async put(key, upload) {
        const path = this.#pathOf(key);
        if (key.endsWith('/'))
            return this.#told('make', key, () => (0,_place_js__WEBPACK_IMPORTED_MODULE_10__/* .makeFolder */ .fc)(this.#root, path));
        await this.#told('write', key, () => this.#write(path, async (_temporary, file) => {
            if (upload.size > _sized_js__WEBPACK_IMPORTED_MODULE_11__/* .smallSize */ .JY) {
                await (0,node_stream_promises__WEBPACK_IMPORTED_MODULE_4__.pipeline)(await (0,_sized_js__WEBPACK_IMPORTED_MODULE_11__/* .openSized */ .UD)(upload, key), file.createWriteStream());
            }
            else {
                await file.writeFile(await (0,_sized_js__WEBPACK_IMPORTED_MODULE_11__/* .readSized */ .Wu)(upload, key));
                await file.close();
            }
        }));
    }
    async *list(prefix, { shallow = false } = {}) {
        try {
            yield* (0,_file_tree_js__WEBPACK_IMPORTED_MODULE_8__/* .walk */ .GG)(this.#root, '', { prefix, shallow, platform: this.#platform });
        }
        catch (cause) {
            throw (0,_file_error_js__WEBPACK_IMPORTED_MODULE_7__/* .fileError */ .z)('list', this.#root, cause);
        }
    }
    async copy(from, to) {
        const missing = new _errors_js__WEBPACK_IMPORTED_MODULE_6__/* .AlbaError */ .x6('target', `cannot copy ${from} in ${this.url}: it is not there`);
        if (!(await this.#find(from)))
            throw missing;
        const path = this.#pathOf(to);
        await this.#told('write', to, () => this.#write(path, async (temporary, file) => {
            await file.close();
            const found = await this.#find(from);
            if (!found)
                throw missing;
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.copyFile)(found.path, temporary, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.COPYFILE_FICLONE);
        }));
    }
    async delete(key) {
        const found = await this.#find(key);
        if (!found)
            return;
        await this.#told('delete', key, async () => {
            if (!key.endsWith('/'))
                await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(found.path, { force: true });
            await this.#prune(key.endsWith('/') ? found.path : (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(found.path));
        });
    }
    async close() { }
    async #write(path, fill) {
        const temporary = await (0,_place_js__WEBPACK_IMPORTED_MODULE_10__/* .openTemporary */ .gd)(this.#root, (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path));
        try {
            await fill(temporary.path, temporary.file);
            await (0,_place_js__WEBPACK_IMPORTED_MODULE_10__/* .place */ .ik)(temporary.path, path);
        }
        catch (thrown) {
            await temporary.file.close().catch(() => { });
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(temporary.path, { force: true });
            throw thrown;
        }
    }
    async #find(key) {
        const path = this.#pathOf(key);
        return this.#told('read', key, async () => {
            if (!key.endsWith('/'))
                return (0,_file_tree_js__WEBPACK_IMPORTED_MODULE_8__/* .findObject */ .Z)(path);
            const stats = await (0,_file_tree_js__WEBPACK_IMPORTED_MODULE_8__/* .statIfThere */ .CL)(path);
            return stats?.isDirectory() ? { path, stats } : undefined;
        });
    }
    async #prune(folder) {
        for (let path = folder; path.length > this.#root.length; path = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path)) {
            try {
                await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rmdir)(path);
            }
            catch (thrown) {
                if (['ENOTEMPTY', 'EEXIST', 'ENOENT', 'EPERM', 'ENOTDIR'].includes((0,_errors_js__WEBPACK_IMPORTED_MODULE_6__/* .systemCode */ .xU)(thrown) ?? ''))
                    return;
                throw thrown;
            }
        }
    }
    #pathOf(key) {
        return (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(this.#root, (0,_key_path_js__WEBPACK_IMPORTED_MODULE_9__/* .pathOfKey */ .Uk)(key, this.#platform));
    }
    async #told(verb, key, call) {
        try {
            return await call();
        }
        catch (cause) {
            throw (0,_file_error_js__WEBPACK_IMPORTED_MODULE_7__/* .fileError */ .z)(verb, this.#pathOf(key), cause);
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

/***/ 77156:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ openStorage)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _filesystem_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(99531);


async function openStorage(location, options, context) {
    if (location.kind === 'file')
        return new _filesystem_js__WEBPACK_IMPORTED_MODULE_1__/* .FilesystemStorage */ .N((0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(options.directory, location.path));
    const { S3Storage } = await Promise.all(/* import() */[__webpack_require__.e(711), __webpack_require__.e(198)]).then(__webpack_require__.bind(__webpack_require__, 75198));
    return new S3Storage(location, options, context);
}


/***/ }),

/***/ 37477:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Oh: () => (/* binding */ makeDirectory),
/* harmony export */   fc: () => (/* binding */ makeFolder),
/* harmony export */   gd: () => (/* binding */ openTemporary),
/* harmony export */   ik: () => (/* binding */ place)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(73024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(76760);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(58500);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(19473);
/* harmony import */ var _key_path_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(99417);







const attempts = 20;
function temporaryPath(folder) {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(folder, `${_key_path_js__WEBPACK_IMPORTED_MODULE_6__/* .temporaryPrefix */ .wd}${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(8).toString('hex')}`);
}
function openTemporary(root, folder) {
    return again(['ENOENT'], async () => {
        await makeFolder(root, folder);
        const path = temporaryPath(folder);
        return { path, file: await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.open)(path, 'wx') };
    });
}
async function makeDirectory(path) {
    try {
        await makeOne(path);
    }
    catch (thrown) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .systemCode */ .xU)(thrown) !== 'ENOENT' || (0,node_path__WEBPACK_IMPORTED_MODULE_3__.dirname)(path) === path)
            throw thrown;
        await makeDirectory((0,node_path__WEBPACK_IMPORTED_MODULE_3__.dirname)(path));
        await makeOne(path);
    }
}
async function makeOne(path) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)(path);
    }
    catch (thrown) {
        if (!(await isDirectory(path)))
            throw thrown;
    }
}
async function isDirectory(path) {
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.stat)(path).then((found) => found.isDirectory(), () => false);
}
async function makeFolder(root, folder) {
    await makeDirectory(root);
    await again(['EEXIST', 'ENOTDIR', 'ENOENT'], async () => {
        try {
            await makeDirectory(folder);
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
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rename)(temporary, path);
        }
        catch (thrown) {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rename)(temporary, (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(path, _key_path_js__WEBPACK_IMPORTED_MODULE_6__/* .selfName */ .Yh)).catch(() => {
                throw thrown;
            });
        }
    });
}
async function fileAbove(root, folder) {
    for (let path = folder; path.length > root.length; path = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.dirname)(path)) {
        const found = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.stat)(path).catch(() => undefined);
        if (found)
            return found.isFile() ? path : undefined;
    }
    return undefined;
}
async function turnIntoFolder(path) {
    const folder = temporaryPath((0,node_path__WEBPACK_IMPORTED_MODULE_3__.dirname)(path));
    const self = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(folder, _key_path_js__WEBPACK_IMPORTED_MODULE_6__/* .selfName */ .Yh);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)(folder);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.writeFile)(self, '');
    const isMoved = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rename)(path, self).then(() => true, () => false);
    if (isMoved)
        await again(['ENOENT'], () => moveFolder(folder, path));
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rm)(folder, { recursive: true, force: true });
}
async function moveFolder(folder, path) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rename)(folder, path);
    }
    catch {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.copyFile)((0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(folder, _key_path_js__WEBPACK_IMPORTED_MODULE_6__/* .selfName */ .Yh), (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(path, _key_path_js__WEBPACK_IMPORTED_MODULE_6__/* .selfName */ .Yh), node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.COPYFILE_EXCL).catch((thrown) => {
            if (!['EEXIST', 'ENOTDIR'].includes((0,_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .systemCode */ .xU)(thrown) ?? ''))
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
            if (attempt === attempts || !codes.includes((0,_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .systemCode */ .xU)(thrown) ?? ''))
                throw thrown;
        }
        await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_4__.setTimeout)(attempt);
    }
}


/***/ }),

/***/ 2029:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JY: () => (/* binding */ smallSize),
/* harmony export */   UD: () => (/* binding */ openSized),
/* harmony export */   Wu: () => (/* binding */ readSized)
/* harmony export */ });
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(57075);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(19473);


const smallSize = 1024 * 1024;
async function openSized({ size, open }, key) {
    let seen = 0;
    let held;
    const sized = new node_stream__WEBPACK_IMPORTED_MODULE_0__.Transform({
        transform(chunk, _encoding, done) {
            seen += chunk.length;
            if (seen > size)
                return done(differs(key, size, seen));
            if (held)
                this.push(held);
            held = chunk;
            done();
        },
        flush(done) {
            if (seen < size)
                return done(differs(key, size, seen));
            if (held)
                this.push(held);
            done();
        },
    });
    return (0,node_stream__WEBPACK_IMPORTED_MODULE_0__.pipeline)(await open(), sized, () => { });
}
async function readSized({ size, open }, key) {
    const chunks = [];
    let seen = 0;
    for await (const chunk of (await open())) {
        seen += chunk.length;
        if (seen > size)
            throw differs(key, size, seen);
        chunks.push(chunk);
    }
    if (seen < size)
        throw differs(key, size, seen);
    return Buffer.concat(chunks);
}
function differs(key, size, seen) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .AlbaError */ .x6('source', `${key}: expected ${size} bytes, found ${seen > size ? 'more' : seen}`);
}


/***/ })

};
