export const id = 260;
export const ids = [260];
export const modules = {

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

/***/ 20907:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $q: () => (/* binding */ parseName),
/* harmony export */   ED: () => (/* binding */ parseTag),
/* harmony export */   F2: () => (/* binding */ parseReference),
/* harmony export */   FH: () => (/* binding */ formatReference),
/* harmony export */   W6: () => (/* binding */ tagGrammar),
/* harmony export */   dz: () => (/* binding */ isTag),
/* harmony export */   fG: () => (/* binding */ nameGrammar),
/* harmony export */   l5: () => (/* binding */ parseRegistry)
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
function parseName(text) {
    if (name.test(text) && text.length <= 255)
        return text;
    const lower = text.toLowerCase();
    const hint = name.test(lower) ? `; in lower case it does: ${lower}` : '';
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `"${text}" is not a repository name: it must match ${nameGrammar}, at most 255 characters${hint}`);
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

/***/ 35568:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BC: () => (/* binding */ parseRelease),
/* harmony export */   Bs: () => (/* binding */ isReserved),
/* harmony export */   E4: () => (/* binding */ tagKey),
/* harmony export */   Lt: () => (/* binding */ pageKey),
/* harmony export */   Ux: () => (/* binding */ listKey),
/* harmony export */   dD: () => (/* binding */ keyProblem),
/* harmony export */   wm: () => (/* binding */ fileKey)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _oci_reference_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(20907);


const root = 'df-dist-v1';
const maxKeyLength = 1024;
function parseRelease(name, tag) {
    (0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseName */ .$q)(name);
    (0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseTag */ .ED)(tag);
    if (isReserved(tag)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `the tag "${tag}" is taken by the page of ${name}: choose another`);
    }
    if (name.split('/').some(isReserved)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `the name "${name}" has a part that pages are called: choose another`);
    }
    return { name, tag };
}
function isReserved(part) {
    return part.toLowerCase() === 'index.html';
}
function listKey(name) {
    return `${root}/${name}`;
}
function tagKey({ name, tag }) {
    return `${root}/${name}/${tag}`;
}
function fileKey(release, path) {
    return `${tagKey(release)}/${path}`;
}
function pageKey(name) {
    return `${root}/${name}/index.html`;
}
function keyProblem(key) {
    const length = Buffer.byteLength(key);
    return length > maxKeyLength
        ? `its key would be ${length} bytes long; buckets take ${maxKeyLength} at most`
        : undefined;
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
