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


/***/ })

};
