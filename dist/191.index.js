export const id = 191;
export const ids = [191];
export const modules = {

/***/ 14634:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   runStaticPush: () => (/* binding */ runStaticPush)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(33838);
/* harmony import */ var _commands_static_push_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(16172);
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
        immutable: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getInput */ .V4('immutable'),
    }, _context_js__WEBPACK_IMPORTED_MODULE_3__/* .readContext */ .y);
    const progress = (0,_progress_js__WEBPACK_IMPORTED_MODULE_7__/* .actionProgress */ .c)();
    const result = await (0,_commands_static_push_js__WEBPACK_IMPORTED_MODULE_1__.staticPush)(request, progress).finally(progress.end);
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
/* harmony import */ var _target_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3462);
/* harmony import */ var _values_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(34277);







async function parseStaticPush(input, readContext) {
    const { context, parsed } = await (0,_problems_js__WEBPACK_IMPORTED_MODULE_4__/* .parseAllLater */ .Bj)({
        context: readContext,
        parsed: () => parseInput(input),
    });
    return { ...context, ...parsed };
}
function parseInput(input) {
    const { publicUrl, extract, ...settings } = (0,_problems_js__WEBPACK_IMPORTED_MODULE_4__/* .parseAll */ .bg)({
        artifacts: () => (0,_values_js__WEBPACK_IMPORTED_MODULE_6__/* .parseSome */ .qo)(input.artifacts, 'no artifacts: name at least one folder <os>/<architecture>/<files>'),
        targets: () => parseTargets(input.targets),
        release: () => parseOneRelease(input.tags),
        extract: () => parseExtract(input.extract),
        page: () => (0,_values_js__WEBPACK_IMPORTED_MODULE_6__/* .parseBoolean */ .yG)('page', input.page),
        publicUrl: () => parsePublicUrl(input.publicUrl),
        attachment: () => parseAttachment(input.contentDisposition),
        concurrency: () => (0,_values_js__WEBPACK_IMPORTED_MODULE_6__/* .parseInteger */ .cG)('concurrency', input.concurrency, 1, 256),
        dryRun: () => (0,_values_js__WEBPACK_IMPORTED_MODULE_6__/* .parseBoolean */ .yG)('dry-run', input.dryRun),
        immutable: () => (0,_values_js__WEBPACK_IMPORTED_MODULE_6__/* .parseBoolean */ .yG)('immutable', input.immutable),
    });
    return {
        ...settings,
        ...(publicUrl !== undefined && { publicUrl }),
        ...(extract !== undefined && { extract }),
    };
}
function parseTargets(urls) {
    const example = 's3://bucket?region=… or file://./site';
    return (0,_problems_js__WEBPACK_IMPORTED_MODULE_4__/* .parseEach */ .lc)((0,_values_js__WEBPACK_IMPORTED_MODULE_6__/* .parseSome */ .qo)(urls, `no target: name at least one URL, such as ${example}`), parseTarget);
}
function parseTarget(url) {
    if ((0,_storage_url_js__WEBPACK_IMPORTED_MODULE_2__/* .isStorageUrl */ .v)(url))
        return (0,_storage_url_js__WEBPACK_IMPORTED_MODULE_2__/* .parseStorageUrl */ .Yu)(url);
    const meant = (0,_target_js__WEBPACK_IMPORTED_MODULE_5__/* .guessTarget */ .xJ)(url);
    const expected = meant?.startsWith('file:')
        ? `did you mean ${meant}?`
        : 'expected s3://bucket[/prefix]?… or file://./directory';
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `target "${(0,_storage_url_js__WEBPACK_IMPORTED_MODULE_2__/* .redactUrl */ .BO)(url)}" cannot hold plain files: ${expected}`);
}
function parseOneRelease(tags) {
    const [text, ...others] = tags;
    if (text === undefined)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', 'no tag: name the release as name:tag');
    if (others.length > 0)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `one tag is published at a time, not ${tags.length}: run it once for each of ${tags.join(', ')}`);
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
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', 'public-url must be the http or https URL where the target is served, such as https://download.example.org, without credentials or query');
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


/***/ })

};
